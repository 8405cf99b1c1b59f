import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The vendor's number has a name of its own: an allotment is the ceiling that a license file states. */
export const shareOfDevice: Migration = {
  async up({ schema }: Kysely<unknown>) {
    for (const table of ['license', 'license_feature']) {
      await schema.alterTable(table).renameColumn('allotment', 'share').execute();
    }
  },
};
