import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import type { CustomerRecord } from '../../../issue/order-records.ts';
import { toCustomer } from '../records/order-records.ts';
import type { Tables } from '../tables.ts';
import { likeText } from './like-text.ts';

/** What to order customers by. */
export type CustomerOrder = 'name' | 'created' | 'licenses' | 'orders';

/** A customer with how much belongs to them. */
export interface ListedCustomer extends CustomerRecord {
  readonly licenses: number;
  readonly orders: number;
}

const columns = {
  name: sql`lower(customer.name)`,
  created: sql`customer.created_at_s`,
  licenses: sql`licenses`,
  orders: sql`orders`,
} as const;

const counts = [
  sql<number>`(select count(*) from license where license.customer = customer.name and license.deleted_at_s is null)`.as(
    'licenses',
  ),
  sql<number>`(select count(*) from license_order where license_order.customer = customer.name)`.as('orders'),
] as const;

/** Lists customers page by page. */
export async function listCustomers(
  db: Kysely<Tables>,
  text: string,
  page: { sort: CustomerOrder; order: 'asc' | 'desc'; offset: number; limit: number },
): Promise<{ items: readonly ListedCustomer[]; total: number }> {
  const matching = db.selectFrom('customer').where(holds(text));
  const { total } = await matching
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await matching
    .selectAll('customer')
    .select(counts)
    .orderBy(columns[page.sort], page.order)
    .orderBy('customer.id', page.order)
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  return { items: rows.map(toListed), total: Number(total) };
}

/** One customer with how much belongs to them; null when there is none. */
export async function findListedCustomer(db: Kysely<Tables>, id: Bytes): Promise<ListedCustomer | null> {
  const one = db.selectFrom('customer').selectAll('customer').select(counts).where('id', '=', id);
  const row = await one.executeTakeFirst();
  return row === undefined ? null : toListed(row);
}

function holds(text: string) {
  if (text === '') return sql<SqlBool>`1 = 1`;
  const found = ['customer.name', 'customer.email', 'customer.note'].map(column => likeText(column, text));
  return sql<SqlBool>`(${sql.join(found, sql` or `)})`;
}

type Row = Parameters<typeof toCustomer>[0] & { licenses: number; orders: number };

function toListed(row: Row): ListedCustomer {
  return { ...toCustomer(row), licenses: Number(row.licenses), orders: Number(row.orders) };
}
