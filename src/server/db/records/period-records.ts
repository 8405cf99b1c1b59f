import { type Kysely, sql } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import type { Period } from '../../../format/claims.ts';
import type { Records } from '../../../issue/repository.ts';
import type { Tables } from '../tables.ts';
import { bounded } from './bounded.ts';

type PeriodRecords = Pick<Records, 'findPeriods' | 'findPeriodsOfLicense' | 'addPeriods'>;

interface PeriodRow {
  counter: string;
  period: number;
  used: number;
  given_back: number;
}

/** What was counted in each period, by an activation and by all of a license. */
export function periodRecords(db: Kysely<Tables>): PeriodRecords {
  return {
    async findPeriods(activationId, indexes) {
      const rows = db.selectFrom('activation_period').selectAll().where('activation_id', '=', activationId);
      return (await rows.where('period', 'in', indexes).execute()).map(toPeriod);
    },
    async findPeriodsOfLicense(licenseId, indexes) {
      const rows = db.selectFrom('license_period').selectAll().where('license_id', '=', licenseId);
      return (await rows.where('period', 'in', indexes).execute()).map(toPeriod);
    },
    async addPeriods({ licenseId, activationId }, rises) {
      for (const rise of rises) {
        await addToActivation(db, activationId, rise);
        await addToLicense(db, licenseId, rise);
      }
    },
  };
}

/** A period as its row has it. */
export function toPeriod({ counter, period, used, given_back }: PeriodRow): Period {
  return { counter, index: period, used, givenBack: given_back };
}

async function addToActivation(db: Kysely<Tables>, activation_id: Bytes, rise: Period): Promise<void> {
  const sums = {
    used: bounded(sql<number>`activation_period.used + ${rise.used}`),
    given_back: bounded(sql<number>`activation_period.given_back + ${rise.givenBack}`),
  };
  await db
    .insertInto('activation_period')
    .values({ activation_id, ...toRow(rise) })
    .onConflict(conflict => conflict.columns(['activation_id', 'period', 'counter']).doUpdateSet(sums))
    .execute();
}

async function addToLicense(db: Kysely<Tables>, license_id: Bytes, rise: Period): Promise<void> {
  const sums = {
    used: bounded(sql<number>`license_period.used + ${rise.used}`),
    given_back: bounded(sql<number>`license_period.given_back + ${rise.givenBack}`),
  };
  await db
    .insertInto('license_period')
    .values({ license_id, ...toRow(rise) })
    .onConflict(conflict => conflict.columns(['license_id', 'period', 'counter']).doUpdateSet(sums))
    .execute();
}

function toRow({ counter, index, used, givenBack }: Period): PeriodRow {
  return { counter, period: index, used, given_back: givenBack };
}
