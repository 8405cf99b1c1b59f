import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** When the vendor deleted a license. */
export const deletedLicenses: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema.alterTable('license').addColumn('deleted_at_s', 'bigint').execute();
  },
};
