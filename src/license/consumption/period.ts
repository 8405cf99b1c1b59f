import type { Limits, Period } from '../../format/claims.ts';
import type { License } from '../../format/license.ts';

/** How often a counter begins anew. */
export type ResetPeriod = NonNullable<Limits['resetPeriod']>;

/** Sums of periods that one device file states. A device keeps more: none that may go on is ever dropped. */
export const MAX_STATED_PERIODS = 64;

const secondsPerDay = 86_400;
const firstYear = 1970;

/**
 * Number of the period that a moment lies in: days, weeks from Monday, months or years since 1970, at midnight of the
 * license's own offset from UTC. Numbers of different resets do not meet from 2024 to 2200.
 *
 * @param timeS - Unix seconds.
 * @param utcOffset - Minutes; the same all year.
 * @see FORMAT.md#periods
 */
export function periodIndex(reset: ResetPeriod, timeS: number, utcOffset = 0): number {
  const localS = timeS + utcOffset * 60;
  const day = Math.floor(localS / secondsPerDay);
  if (reset === 'daily') return Math.max(0, day);
  if (reset === 'weekly') return Math.max(0, Math.floor((day + 3) / 7));
  const date = new Date(localS * 1000);
  const year = date.getUTCFullYear() - firstYear;
  return Math.max(0, reset === 'annually' ? year : year * 12 + date.getUTCMonth());
}

/** By what a number is known: that of 1 January 2200 of each reset is below that of 2024 of the one before. */
const firstNumbers: readonly (readonly [ResetPeriod, number])[] = [
  ['daily', 15_000],
  ['weekly', 2_800],
  ['monthly', 400],
  ['annually', 0],
];

/** Of which reset the number of a period is, from 2024 to 2200. */
export function resetOf(index: number): ResetPeriod {
  return firstNumbers.find(([, first]) => index >= first)?.[0] ?? 'annually';
}

/** Numbers of the periods of one reset, both ends included. */
export interface PeriodRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Numbers of all periods, by reset, that a device may have counted in by a moment: up to the one after that of the
 * moment, since clocks and offsets differ. A number past them is of a clock that was set ahead, or made up.
 */
export function periodsBy(timeS: number, utcOffset: number): readonly PeriodRange[] {
  return firstNumbers.map(([reset, first]) => ({ first, last: periodIndex(reset, timeS, utcOffset) + 1 }));
}

/** The first moment of a period, in Unix seconds; of the next one, the end of this. */
export function periodStart(reset: ResetPeriod, index: number, utcOffset = 0): number {
  return firstDay(reset, index) * secondsPerDay - utcOffset * 60;
}

/** The first day of a period: days since 1970, wherever its midnight is. */
export function firstDay(reset: ResetPeriod, index: number): number {
  if (reset === 'daily') return index;
  if (reset === 'weekly') return index * 7 - 3;
  const months = reset === 'annually' ? index * 12 : index;
  return Date.UTC(firstYear, months, 1) / 1000 / secondsPerDay;
}

/** The period that a counter is in on a device. */
export interface OpenPeriod {
  readonly index: number;
  /** Whether the license was issued in it: only then does its baseline count. */
  readonly isOfIssue: boolean;
  /** When the next one opens, in milliseconds since the Unix epoch; null: not before a newer license is loaded. */
  readonly endsAtMs: number | null;
}

/**
 * The period that a counter is in: that of the device time, unless the license lets fewer periods open; then the last
 * that it does.
 */
export function openPeriod(
  { issuedAt, maxOpenPeriods, utcOffset = 0 }: Pick<License, 'issuedAt' | 'maxOpenPeriods' | 'utcOffset'>,
  reset: ResetPeriod,
  timeMs: number,
): OpenPeriod {
  const issued = periodIndex(reset, issuedAt, utcOffset);
  const now = Math.max(issued, periodIndex(reset, Math.floor(timeMs / 1000), utcOffset));
  const last = issued + (maxOpenPeriods ?? Number.POSITIVE_INFINITY);
  const index = Math.min(now, last);
  const endsAtMs = index < last ? periodStart(reset, index + 1, utcOffset) * 1000 : null;
  return { index, isOfIssue: index === issued, endsAtMs };
}

/** The two sums of a counter in one period; zero where nothing was counted. */
export function periodOf(periods: readonly Period[], counter: string, index: number): Period {
  const found = periods.find(period => period.counter === counter && period.index === index);
  return found ?? { counter, index, used: 0, givenBack: 0 };
}

/** The periods with one put in front, in the order in which they changed last. */
export function withPeriod(periods: readonly Period[], period: Period): readonly Period[] {
  const others = periods.filter(({ counter, index }) => counter !== period.counter || index !== period.index);
  return [period, ...others];
}

/**
 * The periods to keep once the portal has counted everything: those that can still go on under this license.
 *
 * @param resetOfCounter - What a counter's reset is now; undefined: it has none.
 */
export function periodsAfterAcknowledgement(
  periods: readonly Period[],
  { issuedAt, utcOffset }: Pick<License, 'issuedAt' | 'utcOffset'>,
  resetOfCounter: (counter: string) => ResetPeriod | undefined,
): readonly Period[] {
  return periods.filter(({ counter, index }) => {
    const reset = resetOfCounter(counter);
    return reset === resetOf(index) && index >= periodIndex(reset, issuedAt, utcOffset);
  });
}
