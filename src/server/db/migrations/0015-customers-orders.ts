import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Tables } from '../tables.ts';

const bytea = sql`bytea`;

/** Customers, one for each name that licenses have, and orders that licenses belong to. */
export const customersAndOrders: Migration = {
  async up(db: Kysely<Tables>) {
    await db.schema
      .createTable('customer')
      .addColumn('id', bytea, column => column.primaryKey())
      .addColumn('name', 'text', column => column.notNull().unique())
      .addColumn('email', 'text', column => column.notNull())
      .addColumn('note', 'text', column => column.notNull())
      .addColumn('version', 'integer', column => column.notNull())
      .addColumn('created_at_s', 'bigint', column => column.notNull())
      .addColumn('updated_at_s', 'bigint', column => column.notNull())
      .execute();
    await db.schema
      .createTable('license_order')
      .addColumn('id', bytea, column => column.primaryKey())
      .addColumn('number', 'text', column => column.notNull().unique())
      .addColumn('customer', 'text', column => column.notNull())
      .addColumn('note', 'text', column => column.notNull())
      .addColumn('version', 'integer', column => column.notNull())
      .addColumn('created_at_s', 'bigint', column => column.notNull())
      .execute();
    await db.schema.createIndex('order_by_customer').on('license_order').column('customer').execute();
    await addPlaces(db);
    await db.schema.alterTable('audit').addColumn('subject_id', bytea).execute();
    await makeCustomers(db);
  },
};

async function addPlaces({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .alterTable('license')
    .addColumn('order_id', bytea, column => column.references('license_order.id'))
    .execute();
  await schema.alterTable('license').addColumn('order_reference', 'text').execute();
  await schema
    .createIndex('license_by_place')
    .on('license')
    .columns(['order_id', 'order_reference'])
    .unique()
    .where(sql`order_id`, 'is not', null)
    .execute();
  await schema.createIndex('license_by_customer').on('license').column('customer').execute();
}

/** A customer for each name that licenses have. */
export async function makeCustomers(db: Kysely<Tables>): Promise<void> {
  const named = await db
    .selectFrom('license')
    .select(['customer as name', ({ fn }) => fn.min<number>('created_at_s').as('at')])
    .where('customer', '!=', '')
    .groupBy('customer')
    .execute();
  for (const { name, at } of named) {
    const id = new Uint8Array(randomBytes(16));
    const times = { created_at_s: at, updated_at_s: at };
    await db
      .insertInto('customer')
      .values({ id, name, email: '', note: '', version: 1, ...times })
      .execute();
  }
}
