import { type Kysely, type Selectable, sql } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import type { LicenseFeatureRecord } from '../../../issue/records.ts';
import type { Records, UsageDelta } from '../../../issue/repository.ts';
import { dayOf } from '../days.ts';
import { prepared } from '../prepared.ts';
import type { LicenseTable, Tables } from '../tables.ts';
import { bounded } from './bounded.ts';
import { fromCeilings, fromLicense, fromLicenseTerms, toLicense, toLicenseFeature } from './license-rows.ts';

type LicenseRow = Selectable<LicenseTable>;

type LicenseRecords = Pick<
  Records,
  | 'findLicense'
  | 'findLicenseByKey'
  | 'findBundledLicenses'
  | 'findFeatures'
  | 'saveSeats'
  | 'saveEnd'
  | 'addUsage'
  | 'insertLicense'
  | 'updateLicense'
  | 'replaceFeatures'
  | 'saveAdjustment'
>;

const findLicense = prepared((db, { id }: Pick<LicenseRow, 'id'>) =>
  db.selectFrom('license').selectAll().where('id', '=', id),
);
const findLicenseByKey = prepared((db, { key_lookup }: { key_lookup: Bytes }) =>
  db.selectFrom('license').selectAll().where('key_lookup', '=', key_lookup).where('deleted_at_s', 'is', null),
);
const findBundledLicenses = prepared((db, { bundled_with }: { bundled_with: Bytes }) =>
  db
    .selectFrom('license')
    .selectAll()
    .where('bundled_with', '=', bundled_with)
    .where('deleted_at_s', 'is', null)
    .orderBy('created_at_s')
    .orderBy('id'),
);
const findFeatures = prepared((db, { license_id }: { license_id: Bytes }) =>
  db
    .selectFrom('license_feature as granted')
    .innerJoin('feature', join =>
      join.onRef('feature.product', '=', 'granted.product').onRef('feature.code', '=', 'granted.code'),
    )
    .selectAll('granted')
    .select(['feature.name', 'feature.type'])
    .where('granted.license_id', '=', license_id)
    .orderBy('granted.code'),
);
const saveSeats = prepared(
  (
    db,
    {
      id,
      ...seats
    }: Pick<LicenseRow, 'id' | 'seats_taken' | 'seats_granted' | 'transfers_used' | 'rebinds_used'>,
  ) => db.updateTable('license').set(seats).where('id', '=', id),
);

/** Licenses with their features and what was counted. */
export function licenseRecords(db: Kysely<Tables>): LicenseRecords {
  return {
    async findLicense(id) {
      const [row] = await findLicense(db, { id });
      return row === undefined ? null : toLicense(row);
    },
    async findLicenseByKey(keyLookup) {
      const [row] = await findLicenseByKey(db, { key_lookup: keyLookup });
      return row === undefined ? null : toLicense(row);
    },
    async findBundledLicenses(licenseId) {
      return (await findBundledLicenses(db, { bundled_with: licenseId })).map(toLicense);
    },
    async findFeatures(licenseId) {
      const rows = await findFeatures(db, { license_id: licenseId });
      return rows.map(toLicenseFeature);
    },
    async saveSeats({ id, seatsTaken, seatsGranted, transfersUsed, rebindsUsed }) {
      await saveSeats(db, {
        id,
        seats_taken: seatsTaken,
        seats_granted: seatsGranted,
        transfers_used: transfersUsed,
        rebinds_used: rebindsUsed,
      });
    },
    async saveEnd({ id, expiresAtS, version, updatedAtS }) {
      const end = { expires_at_s: expiresAtS, version, updated_at_s: updatedAtS };
      await db.updateTable('license').set(end).where('id', '=', id).execute();
    },
    async addUsage(licenseId, deltas, atS) {
      for (const delta of deltas.filter(({ used, givenBack }) => used + givenBack > 0)) {
        if (await addDelta(db, licenseId, delta)) await addToDay(db, licenseId, delta, atS);
      }
    },
    async insertLicense(license) {
      await db.insertInto('license').values(fromLicense(license)).execute();
    },
    async updateLicense(license) {
      await db.updateTable('license').set(fromLicenseTerms(license)).where('id', '=', license.id).execute();
    },
    replaceFeatures: (licenseId, features) => replaceFeatures(db, licenseId, features),
    async saveAdjustment(licenseId, counter, { index, amount }) {
      const inPeriod = { period_adjustment: amount, adjustment_period: index };
      const columns = index === null ? { adjustment: amount } : inPeriod;
      if (counter === '') {
        await db.updateTable('license').set(columns).where('id', '=', licenseId).execute();
        return;
      }
      const feature = db.updateTable('license_feature').set(columns);
      await feature.where('license_id', '=', licenseId).where('code', '=', counter).execute();
    },
  };
}

/** Whether the license has such a counter. */
async function addDelta(db: Kysely<Tables>, licenseId: Bytes, delta: UsageDelta): Promise<boolean> {
  const sums = {
    used: bounded(sql<number>`used + ${delta.used}`),
    given_back: bounded(sql<number>`given_back + ${delta.givenBack}`),
  };
  const adding =
    delta.counter === ''
      ? db.updateTable('license').set(sums).where('id', '=', licenseId)
      : db
          .updateTable('license_feature')
          .set(sums)
          .where('license_id', '=', licenseId)
          .where('code', '=', delta.counter);
  const { numUpdatedRows } = await adding.executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

async function addToDay(
  db: Kysely<Tables>,
  license_id: Bytes,
  { counter, used, givenBack }: UsageDelta,
  atS: number,
): Promise<void> {
  const sums = {
    used: bounded(sql<number>`usage_day.used + ${used}`),
    given_back: bounded(sql<number>`usage_day.given_back + ${givenBack}`),
  };
  await db
    .insertInto('usage_day')
    .values({ license_id, day: dayOf(atS), counter, used, given_back: givenBack })
    .onConflict(conflict => conflict.columns(['license_id', 'day', 'counter']).doUpdateSet(sums))
    .execute();
}

/** A feature that is granted again starts from what the activations have counted of it. */
async function replaceFeatures(
  db: Kysely<Tables>,
  licenseId: Bytes,
  features: readonly LicenseFeatureRecord[],
): Promise<void> {
  const { product } = await db
    .selectFrom('license')
    .select('product')
    .where('id', '=', licenseId)
    .executeTakeFirstOrThrow();
  const had = await db
    .selectFrom('license_feature')
    .select('code')
    .where('license_id', '=', licenseId)
    .execute();
  const codes = new Set(features.map(({ code }) => code));
  for (const { code } of had.filter(row => !codes.has(row.code))) {
    await db
      .deleteFrom('license_feature')
      .where('license_id', '=', licenseId)
      .where('code', '=', code)
      .execute();
  }
  for (const { code, expiresAtS, meter } of features) {
    const terms = { expires_at_s: expiresAtS, ...fromCeilings(meter) };
    const counted = await countedOf(db, licenseId, code);
    await db
      .insertInto('license_feature')
      .values({ license_id: licenseId, product, code, adjustment: 0, ...terms, ...counted })
      .onConflict(conflict => conflict.columns(['license_id', 'code']).doUpdateSet(terms))
      .execute();
  }
}

async function countedOf(
  db: Kysely<Tables>,
  licenseId: Bytes,
  counter: string,
): Promise<{ used: number; given_back: number }> {
  const { used, given_back } = await db
    .selectFrom('activation_counter as total')
    .innerJoin('activation', 'activation.id', 'total.activation_id')
    .select([
      bounded(sql<number>`coalesce(sum(total.used), 0)`).as('used'),
      bounded(sql<number>`coalesce(sum(total.given_back), 0)`).as('given_back'),
    ])
    .where('activation.license_id', '=', licenseId)
    .where('total.counter', '=', counter)
    .executeTakeFirstOrThrow();
  return { used: Number(used), given_back: Number(given_back) };
}
