import { countDay, type DayCounts } from './db/console/activity-queries.ts';
import type { Database } from './db/database.ts';
import { dayOf } from './db/days.ts';

/** Days that are counted: twelve weeks. */
export const DAYS_SHOWN = 84;

/**
 * What happened on each of the last days. A day that is over never changes, so it is counted once and kept; only today is
 * counted anew.
 */
export function createActivity({ db }: Pick<Database, 'db'>) {
  const past = new Map<number, DayCounts>();
  return async (nowS: number): Promise<DayCounts[]> => {
    const today = dayOf(nowS);
    const days: DayCounts[] = [];
    for (let day = today - DAYS_SHOWN + 1; day <= today; day += 1) {
      const counts = past.get(day) ?? (await countDay(db, day));
      if (day < today) past.set(day, counts);
      days.push(counts);
    }
    for (const day of past.keys()) if (day <= today - DAYS_SHOWN) past.delete(day);
    return days;
  };
}
