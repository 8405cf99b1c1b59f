import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What has changed since the file that a device is known to have, and whether a file carries it; found by an index of just these. */
export const dueRefreshes: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema.alterTable('activation').addColumn('changed_at_s', 'bigint').execute();
    await schema.alterTable('activation').addColumn('carried_by_revision', 'bigint').execute();
    await schema
      .createIndex('activation_with_changes')
      .on('activation')
      .columns(['changed_at_s', 'id'])
      .where(sql`changed_at_s`, 'is not', null)
      .where(sql`end_reason`, 'is', null)
      .execute();
  },
};
