import type { Limits, Period, Total } from '../../format/claims.ts';
import type { License } from '../../format/license.ts';
import { type OpenPeriod, openPeriod, periodOf } from './period.ts';

/** The counter of the license itself; features are counted under their code. */
export const LICENSE_COUNTER = '';

/** What an activation has counted: in all, and by period where its counters begin anew. */
export interface Sums {
  readonly totals: readonly Total[];
  readonly periods?: readonly Period[] | undefined;
}

/** What one counter allows and how far it is. Amounts are in the vendor's own units. */
export interface Remaining {
  /** baseline + used - given back: what counts against the ceilings. Negative after a reset in the console. */
  readonly total: number;
  /** null: unlimited. */
  readonly maximum: number | null;
  /** What may be used up to the maximum; null: unlimited. */
  readonly remaining: number | null;
  /** How much of the overage is used. */
  readonly overage: number;
  /** What may be used here in all, overage included; null: unlimited. */
  readonly available: number | null;
  /** What is left of the share that this device may take of the maximum; null: it has no share of its own. */
  readonly share: number | null;
}

/** A counter at a moment: in its period, if it has one. */
export interface CounterStatus extends Remaining {
  readonly period: OpenPeriod | null;
}

/** What the ceilings of a counter hold for at a moment. */
export interface CounterNow {
  /** With the baseline that counts now. */
  readonly limits: Limits;
  /** The sums of this activation, of the period if there is one. */
  readonly own: Pick<Total, 'used' | 'givenBack'>;
  readonly period: OpenPeriod | null;
}

/** The two sums of one counter; zero for a counter that was never used. */
export function totalOf(totals: readonly Total[], counter: string): Total {
  return totals.find(total => total.counter === counter) ?? { counter, used: 0, givenBack: 0 };
}

/** The ceilings of one counter, or null when the license does not count it. */
export function limitsOf(
  { limits, features }: Pick<License, 'limits' | 'features'>,
  counter: string,
): Limits | null {
  if (counter === LICENSE_COUNTER) return limits ?? null;
  return features?.find(({ code }) => code === counter)?.limits ?? null;
}

/**
 * What the ceilings of a counter hold for at a moment: all that was counted, or the period that the moment lies in.
 * null when the license does not count it.
 *
 * @see FORMAT.md#periods
 */
export function counterAt(
  license: License,
  counter: string,
  { totals, periods = [] }: Sums,
  timeMs: number,
): CounterNow | null {
  const limits = limitsOf(license, counter);
  if (limits === null) return null;
  const { resetPeriod } = limits;
  if (resetPeriod === undefined) return { limits, own: totalOf(totals, counter), period: null };
  const period = openPeriod(license, resetPeriod, timeMs);
  const baseline = period.isOfIssue ? limits.baseline : undefined;
  return { limits: { ...limits, baseline }, own: periodOf(periods, counter, period.index), period };
}

/** How far a counter is at a moment; null when the license does not count it. */
export function counterStatus(
  license: License,
  counter: string,
  sums: Sums,
  timeMs: number,
): CounterStatus | null {
  const now = counterAt(license, counter, sums, timeMs);
  return now && { ...remaining(now.limits, now.own), period: now.period };
}

/**
 * How far a counter is. Maximum, overage and allotment are ceilings on sums, so a portal that knows more than the
 * device moves the baseline and nothing is counted twice. An overage without a maximum means nothing.
 *
 * @see FORMAT.md#ceilings
 */
export function remaining(limits: Limits, { used, givenBack }: Pick<Total, 'used' | 'givenBack'>): Remaining {
  const own = used - givenBack;
  const total = (limits.baseline ?? 0) + own;
  const { maximum, overageMaximum = 0, allotment } = limits;
  const share = allotment === undefined ? null : Math.max(0, allotment - own);
  if (maximum === undefined) {
    return { total, maximum: null, remaining: null, overage: 0, available: share, share };
  }
  const available = Math.max(0, maximum + overageMaximum - total);
  return {
    total,
    maximum,
    remaining: Math.max(0, maximum - total),
    overage: Math.max(0, total - maximum),
    available: share === null ? available : Math.min(available, share),
    share,
  };
}
