import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Licenses whose end is counted from their first activation. */
export const validity: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema.alterTable('license').addColumn('validity_days', 'integer').execute();
  },
};
