import { type Kysely, type SqlBool, sql } from 'kysely';
import type { ProductFeatureRecord, ProductRecord } from '../../../issue/records.ts';
import { toProduct } from '../records/product-records.ts';
import type { Tables } from '../tables.ts';

const SECONDS_PER_DAY = 86_400;

/** A product with its features and the number of its licenses. */
export interface ListedProduct extends ProductRecord {
  readonly features: readonly ProductFeatureRecord[];
  readonly licenseCount: number;
}

/** Products in the order of their codes. */
export async function listProducts(db: Kysely<Tables>): Promise<ListedProduct[]> {
  const products = await db
    .selectFrom('product')
    .selectAll()
    .select(eb =>
      eb
        .selectFrom('license')
        .whereRef('license.product', '=', 'product.code')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('count'),
    )
    .orderBy('code')
    .execute();
  const features = await db.selectFrom('feature').selectAll().orderBy('code').execute();
  return products.map(({ count, ...row }) => ({
    ...toProduct(row),
    licenseCount: Number(count ?? 0),
    features: features
      .filter(({ product }) => product === row.code)
      .map(feature => ({ code: feature.code, name: feature.name, type: feature.type })),
  }));
}

/** Numbers for the first page. */
export interface Overview {
  readonly products: number;
  readonly licenses: Readonly<Record<'total' | 'active' | 'disabled' | 'expired' | 'expiringSoon', number>>;
  readonly devices: Readonly<Record<'active' | 'blocked' | 'forked', number>>;
  readonly exchanges: Readonly<Record<'total' | 'refused', number>>;
}

/** Counts over everything; expired means past the grace, soon means within 30 days, exchanges are of 24 hours. */
export async function overview(db: Kysely<Tables>, nowS: number): Promise<Overview> {
  const isOver = sql<SqlBool>`expires_at_s is not null and expires_at_s + grace_hours * 3600 <= ${nowS}`;
  const isActive = sql<SqlBool>`enabled = 1 and not (${isOver}) and coalesce(starts_at_s, 0) <= ${nowS}`;
  const isSoon = sql<SqlBool>`${isActive} and expires_at_s <= ${nowS + 30 * SECONDS_PER_DAY}`;
  const count = (condition: ReturnType<typeof sql<SqlBool>>) =>
    sql<number>`coalesce(sum(case when ${condition} then 1 else 0 end), 0)`;
  const all = sql<number>`count(*)`;
  const products = await db.selectFrom('product').select(all.as('total')).executeTakeFirstOrThrow();
  const licenses = await db
    .selectFrom('license')
    .select([
      all.as('total'),
      count(isActive).as('active'),
      count(sql`enabled = 0`).as('disabled'),
      count(sql`enabled = 1 and ${isOver}`).as('expired'),
      count(isSoon).as('expiringSoon'),
    ])
    .where('deleted_at_s', 'is', null)
    .executeTakeFirstOrThrow();
  const activations = await db
    .selectFrom('activation')
    .select([count(sql`end_reason is null`).as('active'), count(sql`copied_at_s is not null`).as('forked')])
    .executeTakeFirstOrThrow();
  const devices = await db
    .selectFrom('device')
    .select(count(sql`blocked = 1`).as('blocked'))
    .executeTakeFirstOrThrow();
  const exchanges = await db
    .selectFrom('exchange')
    .select([all.as('total'), count(sql`code is not null`).as('refused')])
    .where('decided_at_s', '>', nowS - SECONDS_PER_DAY)
    .where('kind', '!=', 'refresh')
    .executeTakeFirstOrThrow();
  return {
    products: products.total,
    licenses: { ...licenses },
    devices: { ...activations, ...devices },
    exchanges: { ...exchanges },
  };
}
