import { type ExpressionBuilder, type Kysely, type Selectable, sql } from 'kysely';
import type { CustomerRecord, OrderRecord, OrderRecords } from '../../../issue/order-records.ts';
import { prepared } from '../prepared.ts';
import type { CustomerTable, OrderTable, Tables } from '../tables.ts';
import { toFlag, toLicense } from './license-rows.ts';

const findLicenseAt = prepared((db, { number, reference }: { number: string; reference: string }) =>
  db
    .selectFrom('license')
    .innerJoin('license_order', 'license_order.id', 'license.order_id')
    .selectAll('license')
    .where('license_order.number', '=', number)
    .where('license.order_reference', '=', reference),
);

/** Customers, and the orders of their licenses. */
export function orderRecords(db: Kysely<Tables>): OrderRecords {
  const customers = db.selectFrom('customer').selectAll();
  const orders = db.selectFrom('license_order').selectAll();
  return {
    async findCustomer(id) {
      const row = await customers.where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toCustomer(row);
    },
    async findCustomerByName(name) {
      const row = await customers.where('name', '=', name).executeTakeFirst();
      return row === undefined ? null : toCustomer(row);
    },
    async saveCustomer({ id, name, email, note, version, createdAtS, updatedAtS }) {
      const set = { name, email, note, version, updated_at_s: updatedAtS };
      await db
        .insertInto('customer')
        .values({ id, created_at_s: createdAtS, ...set })
        .onConflict(conflict => conflict.column('id').doUpdateSet(set))
        .execute();
    },
    async renameCustomer({ before, after: customer, nowS }) {
      await db
        .updateTable('license')
        .set({ customer, version: sql`version + 1`, updated_at_s: nowS })
        .where('customer', '=', before)
        .execute();
      await db.updateTable('license_order').set({ customer }).where('customer', '=', before).execute();
    },
    async findOrder(id) {
      const row = await orders.where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toOrder(row);
    },
    async findOrderByNumber(number) {
      const row = await orders.where('number', '=', number).executeTakeFirst();
      return row === undefined ? null : toOrder(row);
    },
    async saveOrder({ id, number, customer, note, version, createdAtS }) {
      const set = { customer, note, version };
      await db
        .insertInto('license_order')
        .values({ id, number, created_at_s: createdAtS, ...set })
        .onConflict(conflict => conflict.column('id').doUpdateSet(set))
        .execute();
    },
    async findLicenseAt(number, reference) {
      const [row] = await findLicenseAt(db, { number, reference });
      return row === undefined ? null : toLicense(row);
    },
    async setOrderEnabled(orderId, enabled, nowS) {
      const inOrder = db
        .selectFrom('license')
        .select('id')
        .where('order_id', '=', orderId)
        .where('deleted_at_s', 'is', null);
      const changed = (eb: ExpressionBuilder<Tables, 'license'>) =>
        eb.and([
          eb('enabled', '=', toFlag(!enabled)),
          eb.or([eb('order_id', '=', orderId), eb('bundled_with', 'in', inOrder)]),
        ]);
      const licenses = await db.selectFrom('license').select('id').where(changed).execute();
      const set = { enabled: toFlag(enabled), version: sql<number>`version + 1`, updated_at_s: nowS };
      await db.updateTable('license').set(set).where(changed).execute();
      return licenses.map(({ id }) => id);
    },
  };
}

/** A customer as its row has it. */
export function toCustomer(row: Selectable<CustomerTable>): CustomerRecord {
  const { id, name, email, note, version, created_at_s: createdAtS, updated_at_s: updatedAtS } = row;
  return { id, name, email, note, version, createdAtS, updatedAtS };
}

/** An order as its row has it. */
export function toOrder(row: Selectable<OrderTable>): OrderRecord {
  const { id, number, customer, note, version, created_at_s: createdAtS } = row;
  return { id, number, customer, note, version, createdAtS };
}
