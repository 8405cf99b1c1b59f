import type { Bytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import type { Consumption, Head, Limits, Period, Total } from '../../format/claims.ts';
import { MAX_AMOUNT } from '../../format/codec.ts';
import type { License } from '../../format/license.ts';
import { type ConsumptionEntry, type Direction, firstHead, nextHead } from './chain.ts';
import { periodOf, withPeriod } from './period.ts';
import { type CounterNow, counterAt, remaining, totalOf } from './remaining.ts';

/** An act to record. */
export interface ConsumptionAct {
  /** A feature's code, or '' for the license's own counter. */
  readonly counter: string;
  readonly direction: Direction;
  readonly amount: number;
  /** 8 random bytes. */
  readonly nonce: Bytes;
}

/** What an activation has counted so far. */
export interface Counted {
  readonly consumption: Consumption;
  readonly periods?: readonly Period[] | undefined;
}

/** What it has counted after an act, and the entry that was added. */
export interface RecordedConsumption extends Counted {
  readonly periods: readonly Period[];
  readonly entry: ConsumptionEntry;
}

/** The consumption of a new activation. */
export function noConsumption(activationId: Bytes): Consumption {
  return { ...firstHead(activationId), totals: [] };
}

/** Where the chain of this consumption stands. */
export function headOf({ sequence, head }: Consumption): Head {
  return { sequence, head };
}

/**
 * Adds one act to what an activation has counted. Does not check whether the license or feature is unlocked.
 *
 * - An amount is a positive safe integer.
 * - What is used must fit under maximum, overage and allotment as a whole; nothing is recorded in part.
 * - No more is given back than this activation used and did not give back, unless the license lets a total be negative:
 *   what others used is not this device's.
 * - With a reset period both hold for the period of the moment.
 * - Each of the two sums only rises and stays within MAX_AMOUNT.
 *
 * @param timeMs - Device time.
 * @throws {@link LatchkeyError} FEATURE_UNKNOWN - when the license does not count this counter.
 * @throws {@link LatchkeyError} CONSUMPTION_RANGE - for an amount that is none, or more back than was used.
 * @throws {@link LatchkeyError} CONSUMPTION_EXCEEDED - past what is allowed; `available` says what is left.
 * @see FORMAT.md#consumption
 */
export function recordConsumption(
  license: License,
  { consumption, periods = [] }: Counted,
  act: ConsumptionAct,
  timeMs: number,
): RecordedConsumption {
  const { totals } = consumption;
  const now = counterAt(license, act.counter, { totals, periods }, timeMs);
  if (now === null) {
    const data = { feature: act.counter };
    throw new LatchkeyError('FEATURE_UNKNOWN', `the license does not count '${act.counter}'`, { data });
  }
  checkAct(now, act);
  const entry = { ...act, sequence: consumption.sequence + 1 };
  const head = nextHead(headOf(consumption), entry);
  const total = added(totalOf(totals, act.counter), act);
  return {
    consumption: { ...head, totals: replaceTotal(totals, total) },
    periods: now.period
      ? withPeriod(periods, added(periodOf(periods, act.counter, now.period.index), act))
      : periods,
    entry,
  };
}

function checkAct({ limits, own }: CounterNow, { counter, direction, amount }: ConsumptionAct): void {
  if (!Number.isSafeInteger(amount) || amount < 1)
    throw rangeError(`expected a positive integer, got ${amount}`);
  if (direction === 'given-back') checkGivenBack(limits, own, amount);
  else checkUsed(limits, own, { counter, amount });
}

function checkUsed(
  limits: Limits,
  own: CounterNow['own'],
  { counter, amount }: Pick<ConsumptionAct, 'counter' | 'amount'>,
): void {
  const { available } = remaining(limits, own);
  if (available === null || amount <= available) return;
  const data = { counter, amount, available };
  throw new LatchkeyError('CONSUMPTION_EXCEEDED', `expected at most ${available}, got ${amount}`, { data });
}

function checkGivenBack(
  { mayBeNegative }: Limits,
  { used, givenBack }: CounterNow['own'],
  amount: number,
): void {
  const net = used - givenBack;
  if (mayBeNegative || amount <= net) return;
  throw rangeError(`expected at most ${net} to give back, got ${amount}`);
}

function added<T extends Pick<Total, 'used' | 'givenBack'>>(
  sums: T,
  { direction, amount }: ConsumptionAct,
): T {
  const name = direction === 'used' ? 'used' : 'givenBack';
  const sum = sums[name] + amount;
  if (sum > MAX_AMOUNT) throw rangeError(`sum past ${MAX_AMOUNT}`);
  return { ...sums, [name]: sum };
}

function replaceTotal(totals: readonly Total[], total: Total): readonly Total[] {
  return [...totals.filter(({ counter }) => counter !== total.counter), total];
}

function rangeError(message: string): LatchkeyError {
  return new LatchkeyError('CONSUMPTION_RANGE', message);
}
