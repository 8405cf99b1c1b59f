import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const bytea = sql`bytea`;

/**
 * What the devices of a license reported on each day, by the portal's own day in UTC; and what finds the licenses that end
 * within some time, those that are over their maximum, and those that want reports.
 */
export const usageDays: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema
      .createTable('usage_day')
      .addColumn('license_id', bytea, column => column.notNull().references('license.id'))
      .addColumn('day', 'bigint', column => column.notNull())
      .addColumn('counter', 'text', column => column.notNull())
      .addColumn('used', 'bigint', column => column.notNull())
      .addColumn('given_back', 'bigint', column => column.notNull())
      .addPrimaryKeyConstraint('usage_day_key', ['license_id', 'day', 'counter'])
      .execute();
    await schema
      .createIndex('usage_day_by_day')
      .on('usage_day')
      .columns(['day', 'used', 'given_back'])
      .execute();
    await schema
      .createIndex('license_by_end')
      .on('license')
      .columns(['expires_at_s', 'enabled'])
      .where(sql`expires_at_s`, 'is not', null)
      .execute();
    for (const table of ['license', 'license_feature']) {
      await schema
        .createIndex(`${table}_over_maximum`)
        .on(table)
        .column(table === 'license' ? 'id' : 'license_id')
        .where(sql`maximum`, 'is not', null)
        .where(sql`reset_period`, 'is', null)
        // The column first: SQLite turns the comparison of a query round, and then no longer knows that of an index.
        .where(sql`maximum`, '<', sql`used - given_back + adjustment`)
        .execute();
    }
    await schema
      .createIndex('license_with_reports')
      .on('license')
      .columns(['report_within_days', 'report_grace_days', 'id'])
      .where(sql`report_within_days`, 'is not', null)
      .execute();
  },
};
