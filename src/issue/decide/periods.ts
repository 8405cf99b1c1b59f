import type { Period } from '../../format/claims.ts';
import { periodsBy } from '../../license/consumption/period.ts';

/**
 * Those of the stated periods that a portal counts: of counters that the license may have, and no further than the
 * period after that of the portal's own time. Others are the word of a clock that was set ahead, or of no device at all.
 *
 * @see FORMAT.md#periods
 */
export function countablePeriods(
  stated: readonly Period[],
  counters: ReadonlySet<string>,
  { nowS, utcOffset }: { nowS: number; utcOffset: number },
): Period[] {
  const ranges = periodsBy(nowS, utcOffset);
  return stated.filter(
    ({ counter, index }) =>
      counters.has(counter) && ranges.some(({ first, last }) => first <= index && index <= last),
  );
}

/**
 * What the sums by period rose by: to add to those of the activation and of its license. What is stated lower than it
 * is known adds nothing, since periods of a report that comes late were counted already.
 *
 * @see FORMAT.md#periods
 */
export function periodRises(known: readonly Period[], stated: readonly Period[]): Period[] {
  const before = new Map(known.map(period => [keyOf(period), period]));
  return stated
    .map(period => {
      const { used = 0, givenBack = 0 } = before.get(keyOf(period)) ?? {};
      return {
        ...period,
        used: Math.max(0, period.used - used),
        givenBack: Math.max(0, period.givenBack - givenBack),
      };
    })
    .filter(({ used, givenBack }) => used > 0 || givenBack > 0);
}

function keyOf({ counter, index }: Period): string {
  return `${index} ${counter}`;
}
