import type { Kysely } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import { toHex } from '../../../bytes/hex.ts';
import type { LicenseFeatureRecord, LicenseRecord } from '../../../issue/records.ts';
import { toLicense, toLicenseFeature } from '../records/license-rows.ts';
import type { Tables } from '../tables.ts';

/** A license with all that its row in an export says. */
export interface ExportedLicense {
  readonly license: LicenseRecord;
  readonly features: readonly LicenseFeatureRecord[];
  /** Number of its order; null: it is in none. */
  readonly orderNumber: string | null;
  /** Name of its policy; null: it has none, or it is deleted. */
  readonly policyName: string | null;
}

/** Licenses by their ids, in this order; those that there are not are left out. At most a few hundred at a time. */
export async function findExported(db: Kysely<Tables>, ids: readonly Bytes[]): Promise<ExportedLicense[]> {
  const rows = await db
    .selectFrom('license')
    .leftJoin('license_order', 'license_order.id', 'license.order_id')
    .leftJoin('policy', 'policy.id', 'license.policy_id')
    .selectAll('license')
    .select(['license_order.number as orderNumber', 'policy.name as policyName'])
    .where('license.id', 'in', ids)
    .execute();
  const features = await featuresOf(db, ids);
  const found = new Map(
    rows.map(({ orderNumber, policyName, ...row }) => {
      const id = toHex(row.id);
      return [id, { license: toLicense(row), features: features.get(id) ?? [], orderNumber, policyName }];
    }),
  );
  return ids.flatMap(id => found.get(toHex(id)) ?? []);
}

async function featuresOf(
  db: Kysely<Tables>,
  ids: readonly Bytes[],
): Promise<Map<string, LicenseFeatureRecord[]>> {
  const rows = await db
    .selectFrom('license_feature as granted')
    .innerJoin('feature', join =>
      join.onRef('feature.product', '=', 'granted.product').onRef('feature.code', '=', 'granted.code'),
    )
    .selectAll('granted')
    .select(['feature.name', 'feature.type'])
    .where('granted.license_id', 'in', ids)
    .orderBy('granted.code')
    .execute();
  const found = new Map<string, LicenseFeatureRecord[]>();
  for (const row of rows) {
    const id = toHex(row.license_id);
    found.set(id, [...(found.get(id) ?? []), toLicenseFeature(row)]);
  }
  return found;
}
