import type { Counter, License, PeriodUsage } from '../../../api/licenses.ts';
import type { Period } from '../../../format/claims.ts';
import {
  type CountedLicense,
  counterSums,
  currentPeriod,
  metersOf,
} from '../../../issue/license-file/counters.ts';
import { openIndexes } from '../../../issue/license-file/license-source.ts';
import { periodStart, type ResetPeriod, resetOf } from '../../../license/consumption/period.ts';
import { listPeriods } from '../../db/console/period-queries.ts';
import { recordsOf } from '../../db/repository.ts';
import { type ConsolePortal, nowOf } from './console-env.ts';

const noSums = { totals: [], periods: [] };

/** The counters of a license as the console shows them, and what was used in each period. */
export async function viewCounters(
  portal: ConsolePortal,
  counted: CountedLicense,
): Promise<Pick<License, 'totals' | 'periods'>> {
  const { db } = portal.database;
  const { id, utcOffset } = counted.license;
  const indexes = openIndexes(counted, nowOf(portal));
  const open = indexes.length > 0 ? await recordsOf(db).findPeriodsOfLicense(id, indexes) : [];
  const periods = await listPeriods(db, id);
  return {
    totals: counters(counted, open, nowOf(portal)),
    periods: periods.map(period => viewPeriod(period, utcOffset)),
  };
}

function counters(counted: CountedLicense, open: readonly Period[], nowS: number): Counter[] {
  const { license } = counted;
  return metersOf(counted).map(({ counter, meter }) => {
    const index = currentPeriod(meter, license, nowS);
    const { all, adjustment } = counterSums({ counter, meter, index }, noSums, open);
    const { used, givenBack } = all;
    const reset = meter.resetPeriod;
    const period = index === null || reset === null ? null : bounds(reset, index, license.utcOffset);
    return { counter, used, givenBack, total: used - givenBack + adjustment, period };
  });
}

function bounds(reset: ResetPeriod, index: number, utcOffset: number) {
  return {
    startsAt: periodStart(reset, index, utcOffset),
    endsAt: periodStart(reset, index + 1, utcOffset),
  };
}

function viewPeriod({ counter, index, used, givenBack }: Period, utcOffset: number): PeriodUsage {
  const resetPeriod = resetOf(index);
  return {
    counter,
    resetPeriod,
    startsAt: Math.max(0, periodStart(resetPeriod, index, utcOffset)),
    used,
    givenBack,
  };
}
