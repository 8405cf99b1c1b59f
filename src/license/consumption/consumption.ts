import type { Bytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import type { Consumption, Head, Limits, Total } from '../../format/claims.ts';
import { MAX_AMOUNT } from '../../format/codec.ts';
import type { License } from '../../format/license.ts';
import { type ConsumptionEntry, type Direction, firstHead, nextHead } from './chain.ts';

/** The counter of the license itself; features are counted under their code. */
export const LICENSE_COUNTER = '';

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
  /** What may be used in all, overage included; null: unlimited. */
  readonly available: number | null;
}

/** An act to record. */
export interface ConsumptionAct {
  /** A feature's code, or '' for the license's own counter. */
  readonly counter: string;
  readonly direction: Direction;
  readonly amount: number;
  /** 8 random bytes. */
  readonly nonce: Bytes;
}

/** Consumption after an act, and the entry that was added. */
export interface RecordedConsumption {
  readonly consumption: Consumption;
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

/** The two sums of one counter; zero for a counter that was never used. */
export function totalOf(totals: readonly Total[], counter: string): Total {
  return totals.find(total => total.counter === counter) ?? { counter, used: 0, givenBack: 0 };
}

/** The ceilings of one counter, or null when the license does not count it. */
export function limitsOf(license: License, counter: string): Limits | null {
  if (counter === LICENSE_COUNTER) return license.limits ?? null;
  return license.features?.find(({ code }) => code === counter)?.limits ?? null;
}

/**
 * How far a counter is. Maximum and overage are ceilings on the total, so a portal that knows more than the device
 * moves the baseline and nothing is counted twice. An overage without a maximum means nothing.
 *
 * @see FORMAT.md#consumption
 */
export function remaining(limits: Limits, { used, givenBack }: Total): Remaining {
  const total = (limits.baseline ?? 0) + used - givenBack;
  const { maximum, overageMaximum = 0 } = limits;
  if (maximum === undefined) return { total, maximum: null, remaining: null, overage: 0, available: null };
  return {
    total,
    maximum,
    remaining: Math.max(0, maximum - total),
    overage: Math.max(0, total - maximum),
    available: Math.max(0, maximum + overageMaximum - total),
  };
}

/**
 * Adds one act to the consumption of an activation. Does not check whether the license or feature is unlocked.
 *
 * - An amount is a positive safe integer.
 * - What is used must fit under maximum and overage as a whole; nothing is recorded in part.
 * - No more is given back than this activation used and did not give back: what others used is not this device's.
 * - Each of the two sums only rises and stays within MAX_AMOUNT.
 *
 * @throws {@link LatchkeyError} FEATURE_UNKNOWN - when the license does not count this counter.
 * @throws {@link LatchkeyError} CONSUMPTION_RANGE - for an amount that is none, or more back than was used.
 * @throws {@link LatchkeyError} CONSUMPTION_EXCEEDED - past maximum and overage; `available` says what is left.
 * @see FORMAT.md#consumption
 */
export function recordConsumption(
  license: License,
  consumption: Consumption,
  act: ConsumptionAct,
): RecordedConsumption {
  const limits = limitsOf(license, act.counter);
  if (limits === null) {
    const data = { feature: act.counter };
    throw new LatchkeyError('FEATURE_UNKNOWN', `the license does not count '${act.counter}'`, { data });
  }
  const total = addTo(totalOf(consumption.totals, act.counter), act, limits);
  const entry = { ...act, sequence: consumption.sequence + 1 };
  const head = nextHead(headOf(consumption), entry);
  return { consumption: { ...head, totals: replaceTotal(consumption.totals, total) }, entry };
}

function addTo(total: Total, { direction, amount }: ConsumptionAct, limits: Limits): Total {
  if (!Number.isSafeInteger(amount) || amount < 1)
    throw rangeError(`expected a positive integer, got ${amount}`);
  if (direction === 'used') return addUsed(total, amount, limits);
  const net = total.used - total.givenBack;
  if (amount > net) throw rangeError(`expected at most ${net} to give back, got ${amount}`);
  return { ...total, givenBack: total.givenBack + amount };
}

function addUsed(total: Total, amount: number, limits: Limits): Total {
  const { available } = remaining(limits, total);
  if (available !== null && amount > available) {
    const data = { counter: total.counter, amount, available };
    throw new LatchkeyError('CONSUMPTION_EXCEEDED', `expected at most ${available}, got ${amount}`, { data });
  }
  if (total.used + amount > MAX_AMOUNT) throw rangeError(`sum past ${MAX_AMOUNT}`);
  return { ...total, used: total.used + amount };
}

function replaceTotal(totals: readonly Total[], total: Total): readonly Total[] {
  return [...totals.filter(({ counter }) => counter !== total.counter), total];
}

function rangeError(message: string): LatchkeyError {
  return new LatchkeyError('CONSUMPTION_RANGE', message);
}
