import type { Kysely } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import type { PolicyRecord } from '../../../issue/policy-record.ts';
import { toPolicy } from '../records/policy-records.ts';
import type { Tables } from '../tables.ts';

/** A policy with the number of licenses that were issued from it. */
export interface ListedPolicy extends PolicyRecord {
  readonly licenseCount: number;
}

/** The policies of all products, or of one, or the one of an id; by product and name. */
export async function listPolicies(
  db: Kysely<Tables>,
  { product, id }: { readonly product?: string; readonly id?: Bytes } = {},
): Promise<ListedPolicy[]> {
  const rows = await db
    .selectFrom('policy')
    .selectAll()
    .select(eb =>
      eb
        .selectFrom('license')
        .whereRef('license.policy_id', '=', 'policy.id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('count'),
    )
    .where(eb =>
      eb.and([
        ...(id ? [eb('policy.id', '=', id)] : []),
        ...(product === undefined ? [] : [eb('policy.product', '=', product)]),
      ]),
    )
    .orderBy('product')
    .orderBy('name')
    .execute();
  return rows.map(({ count, ...row }) => ({ ...toPolicy(row), licenseCount: Number(count ?? 0) }));
}
