import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const bytea = sql`bytea`;

/** Counters that begin anew, totals that may be negative, and what was counted in each period. */
export const periods: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    for (const table of ['license', 'license_feature']) {
      await schema.alterTable(table).addColumn('reset_period', 'text').execute();
      await schema
        .alterTable(table)
        .addColumn('may_be_negative', 'integer', column => column.notNull().defaultTo(0))
        .execute();
      await schema.alterTable(table).addColumn('adjustment_period', 'bigint').execute();
    }
    await schema.alterTable('license').addColumn('max_open_periods', 'integer').execute();
    await schema
      .alterTable('license')
      .addColumn('utc_offset', 'integer', column => column.notNull().defaultTo(0))
      .execute();
    await createPeriods(db, 'activation_period', 'activation');
    await createPeriods(db, 'license_period', 'license');
  },
};

async function createPeriods({ schema }: Kysely<unknown>, table: string, of: string): Promise<void> {
  await schema
    .createTable(table)
    .addColumn(`${of}_id`, bytea, column => column.notNull().references(`${of}.id`))
    .addColumn('counter', 'text', column => column.notNull())
    .addColumn('period', 'bigint', column => column.notNull())
    .addColumn('used', 'bigint', column => column.notNull())
    .addColumn('given_back', 'bigint', column => column.notNull())
    .addPrimaryKeyConstraint(`${table}_key`, [`${of}_id`, 'period', 'counter'])
    .execute();
}
