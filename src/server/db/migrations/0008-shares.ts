import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const bytea = sql`bytea`;

/** Maxima that are given out in shares, and what each activation may use of them. */
export const shares: Migration = {
  async up({ schema }: Kysely<unknown>) {
    for (const table of ['license', 'license_feature']) {
      await schema.alterTable(table).addColumn('allotment', 'bigint').execute();
    }
    await schema
      .createTable('share')
      .addColumn('activation_id', bytea, column => column.notNull().references('activation.id'))
      .addColumn('counter', 'text', column => column.notNull())
      .addColumn('ceiling', 'bigint', column => column.notNull())
      .addColumn('held', 'bigint', column => column.notNull())
      .addPrimaryKeyConstraint('share_key', ['activation_id', 'counter'])
      .execute();
  },
};
