import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const bytea = sql`bytea`;

/**
 * Device files as they came, and what finds those that are due to be erased, those that were refused, and the devices
 * that were seen last.
 */
export const exchangeLists: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema.alterTable('exchange').addColumn('received', bytea).execute();
    await schema
      .createIndex('exchange_with_received_by_time')
      .on('exchange')
      .column('decided_at_s')
      .where(sql`received`, 'is not', null)
      .execute();
    await schema
      .createIndex('exchange_refused_by_time')
      .on('exchange')
      .column('decided_at_s')
      .where(sql`code`, 'is not', null)
      .execute();
    await schema.createIndex('device_by_last_seen').on('device').column('last_seen_at_s').execute();
  },
};
