import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import type { OrderRecord } from '../../../issue/order-records.ts';
import { toOrder } from '../records/order-records.ts';
import type { Tables } from '../tables.ts';
import { likeText } from './like-text.ts';

/** What to order orders by. */
export type OrderOrder = 'created' | 'number' | 'customer' | 'licenses';

/** An order with the number of its licenses. */
export interface ListedOrder extends OrderRecord {
  readonly licenses: number;
  /** Of its licenses. */
  readonly disabled: number;
}

/** Which orders to list. All that is given must hold. */
export interface OrderFilter {
  /** Stands in number, customer or note, whatever the case of ASCII letters. */
  readonly text: string;
  readonly customer?: string | undefined;
}

const columns = {
  created: sql`license_order.created_at_s`,
  number: sql`lower(license_order.number)`,
  customer: sql`lower(license_order.customer)`,
  licenses: sql`licenses`,
} as const;

const counts = [
  sql<number>`(select count(*) from license where license.order_id = license_order.id and license.deleted_at_s is null)`.as(
    'licenses',
  ),
  sql<number>`(
    select count(*) from license where license.order_id = license_order.id and license.enabled = 0 and license.deleted_at_s is null
  )`.as('disabled'),
] as const;

/** Lists orders page by page. */
export async function listOrders(
  db: Kysely<Tables>,
  filter: OrderFilter,
  page: { sort: OrderOrder; order: 'asc' | 'desc'; offset: number; limit: number },
): Promise<{ items: readonly ListedOrder[]; total: number }> {
  const matching = db.selectFrom('license_order').where(conditionOf(filter));
  const { total } = await matching
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await matching
    .selectAll('license_order')
    .select(counts)
    .orderBy(columns[page.sort], page.order)
    .orderBy('license_order.id', page.order)
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  return { items: rows.map(toListed), total: Number(total) };
}

/** One order with the number of its licenses; null when there is none. */
export async function findListedOrder(db: Kysely<Tables>, id: Bytes): Promise<ListedOrder | null> {
  const one = db.selectFrom('license_order').selectAll('license_order').select(counts).where('id', '=', id);
  const row = await one.executeTakeFirst();
  return row === undefined ? null : toListed(row);
}

function conditionOf({ text, customer }: OrderFilter) {
  const isOf = customer === undefined ? sql<SqlBool>`1 = 1` : sql<SqlBool>`customer = ${customer}`;
  if (text === '') return isOf;
  const found = ['number', 'customer', 'note'].map(name => likeText(`license_order.${name}`, text));
  return sql<SqlBool>`${isOf} and (${sql.join(found, sql` or `)})`;
}

type Row = Parameters<typeof toOrder>[0] & { licenses: number; disabled: number };

function toListed(row: Row): ListedOrder {
  return { ...toOrder(row), licenses: Number(row.licenses), disabled: Number(row.disabled) };
}
