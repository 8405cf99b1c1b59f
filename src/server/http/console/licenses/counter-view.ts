import type { Counter, License, PeriodUsage } from '../../../../api/licenses.ts';
import type { Period } from '../../../../format/claims.ts';
import { outstanding } from '../../../../issue/decide/share.ts';
import {
  type CountedLicense,
  counterSums,
  countersOf,
  type Counter as KnownCounter,
} from '../../../../issue/license-file/counters.ts';
import type { LicenseRecord } from '../../../../issue/records.ts';
import {
  firstDay,
  periodStart,
  periodsBy,
  type ResetPeriod,
  resetOf,
} from '../../../../license/consumption/period.ts';
import { listPeriods } from '../../../db/console/period-queries.ts';
import { recordsOf } from '../../../db/repository.ts';
import { type ConsolePortal, nowOf } from '../console-env.ts';

const noSums = { totals: [], periods: [] };

/** The counters of a license as the console shows them, and what was used in each period. */
export async function viewCounters(
  portal: ConsolePortal,
  counted: CountedLicense,
): Promise<Pick<License, 'totals' | 'periods'>> {
  const { db } = portal.database;
  const { id, utcOffset } = counted.license;
  const nowS = nowOf(portal);
  const all = countersOf(counted, nowS);
  const totals: Counter[] = [];
  for (const counter of all) totals.push(await viewCounter(portal, counted.license, counter));
  const periods = (await listPeriods(db, id, periodsBy(nowS, utcOffset))).map(viewPeriod);
  return { totals, periods: periods.toSorted(newestFirst) };
}

async function viewCounter(
  { database }: ConsolePortal,
  { id, utcOffset }: LicenseRecord,
  known: KnownCounter,
): Promise<Counter> {
  const { counter, meter, index } = known;
  const records = recordsOf(database.db);
  const open = index === null ? [] : await records.findPeriodsOfLicense(id, [index]);
  const { all, adjustment } = counterSums(known, noSums, open);
  const { used, givenBack } = all;
  const isShared = meter.share !== null;
  return {
    counter,
    used,
    givenBack,
    total: used - givenBack + adjustment,
    outstanding: isShared ? outstanding(await records.findHoldings(id, known)) : null,
    period: index === null || meter.resetPeriod === null ? null : bounds(meter.resetPeriod, index, utcOffset),
  };
}

function bounds(reset: ResetPeriod, index: number, utcOffset: number) {
  return {
    startsAt: periodStart(reset, index, utcOffset),
    endsAt: periodStart(reset, index + 1, utcOffset),
  };
}

function viewPeriod({ counter, index, used, givenBack }: Period): PeriodUsage {
  const resetPeriod = resetOf(index);
  return { counter, resetPeriod, firstDay: firstDay(resetPeriod, index) * 86_400, used, givenBack };
}

function newestFirst(one: PeriodUsage, other: PeriodUsage): number {
  return other.firstDay - one.firstDay || (one.counter < other.counter ? -1 : 1);
}
