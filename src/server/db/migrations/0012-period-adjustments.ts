import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Keeps the correction that counts in one period apart from the one that counts for good, which it had overwritten. */
export const periodAdjustments: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of ['license', 'license_feature']) {
      await db.schema
        .alterTable(table)
        .addColumn('period_adjustment', 'bigint', column => column.notNull().defaultTo(0))
        .execute();
      await sql`
        update ${sql.table(table)} set period_adjustment = adjustment, adjustment = 0
        where adjustment_period is not null
      `.execute(db);
    }
  },
};
