import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the vendor notes of a license by name, for the console alone. */
export const metadata: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema
      .alterTable('license')
      .addColumn('metadata', 'text', column => column.notNull().defaultTo('{}'))
      .execute();
  },
};
