import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Licenses under the key of another one. */
export const licenseBundles: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema
      .alterTable('license')
      .addColumn('bundled_with', sql`bytea`, column => column.references('license.id'))
      .execute();
    await schema
      .createIndex('license_by_bundle')
      .on('license')
      .column('bundled_with')
      .where(sql`bundled_with`, 'is not', null)
      .execute();
  },
};
