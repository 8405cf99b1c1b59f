import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const bytea = sql`bytea`;

/** Seats that a device takes again after it lost its storage: by the license's terms, or by a person's word. */
export const rebinds: Migration = {
  async up({ schema }: Kysely<unknown>) {
    const license = () => schema.alterTable('license');
    // Without a person: none, unless the vendor says so.
    await license()
      .addColumn('max_rebinds', 'integer', column => column.defaultTo(0))
      .execute();
    await license()
      .addColumn('rebind_likeness', 'integer', column => column.notNull().defaultTo(90))
      .execute();
    await license()
      .addColumn('rebinds_used', 'integer', column => column.notNull().defaultTo(0))
      .execute();
    await schema.alterTable('activation').addColumn('replaces', bytea).execute();
    await schema
      .createTable('seat_request')
      .addColumn('license_id', bytea, column => column.notNull().references('license.id').onDelete('cascade'))
      .addColumn('device_id', bytea, column => column.notNull().references('device.id').onDelete('cascade'))
      .addColumn('fingerprint', bytea)
      .addColumn('asked_at_s', 'bigint', column => column.notNull())
      .addColumn('approved_id', bytea)
      .addColumn('approved_at_s', 'bigint')
      .addPrimaryKeyConstraint('seat_request_key', ['license_id', 'device_id'])
      .execute();
  },
};
