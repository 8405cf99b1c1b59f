import type { Period, Total } from '../format/claims.ts';
import type { License } from '../format/license.ts';
import type { NodeLockResult } from './node-lock.ts';

/** All that decides whether a verified license may be used now. */
export interface LicenseStatusInput {
  /** Claims of a verified license of this device and product. */
  readonly license: License;
  /** Of `readDeviceTime`. */
  readonly deviceTimeMs: number;
  readonly clockSetBack: boolean;
  readonly totals: readonly Total[];
  readonly periods?: readonly Period[] | undefined;
  readonly nodeLock: NodeLockResult;
  /** Present when the key that signed the license was found compromised: since when, and how long it lives on. */
  readonly issuerCompromised?: { readonly sinceMs: number; readonly graceHours: number } | undefined;
  /** What the device says of itself; matters only where the license says prevent-VM. */
  readonly virtualMachine?: boolean | undefined;
  /** When the version of the app that asks was released; matters only where the license bounds that. */
  readonly appReleasedAtMs?: number | undefined;
}

const dayMs = 24 * 60 * 60 * 1000;
const hourMs = 60 * 60 * 1000;

/** How many days ahead an end is announced. */
export const NOTICE_DAYS = 14;

/** Where a time stands in a span that ends with grace. */
export interface Validity {
  readonly state: 'active' | 'grace' | 'expired';
  /** Milliseconds since the Unix epoch; null: never. */
  readonly expiresAtMs: number | null;
  /** When use ends, grace included; null: never. */
  readonly graceEndsAtMs: number | null;
  /** Days begun until the next of the two ends; 0 once expired; null: no end. */
  readonly daysLeft: number | null;
}

/**
 * Where a time stands: active before `expiresAt`, in grace until `graceHours` later, then expired. Each end is the
 * first moment that no longer counts.
 *
 * @param expiresAt - Unix seconds; undefined: never.
 */
export function validityAt(timeMs: number, expiresAt: number | undefined, graceHours = 0): Validity {
  if (expiresAt === undefined) {
    return { state: 'active', expiresAtMs: null, graceEndsAtMs: null, daysLeft: null };
  }
  const expiresAtMs = expiresAt * 1000;
  const ends = { expiresAtMs, graceEndsAtMs: hoursAfter(expiresAtMs, graceHours) };
  if (timeMs < expiresAtMs) return { state: 'active', ...ends, daysLeft: daysUntil(expiresAtMs, timeMs) };
  if (timeMs < ends.graceEndsAtMs) {
    return { state: 'grace', ...ends, daysLeft: daysUntil(ends.graceEndsAtMs, timeMs) };
  }
  return { state: 'expired', ...ends, daysLeft: 0 };
}

/**
 * Whether the maintenance period covers a version of the app: one that was released until its end, whenever it is
 * run. An app that does not say when it was released is covered.
 */
export function isVersionCovered(
  { maintenanceUntil }: License,
  appReleasedAtMs: number | undefined,
): boolean {
  if (maintenanceUntil === undefined || appReleasedAtMs === undefined) return true;
  return appReleasedAtMs <= maintenanceUntil * 1000;
}

/** Days begun until a moment: an hour ahead is 1, the moment itself and all after it 0. */
export function daysUntil(endMs: number, timeMs: number): number {
  return Math.max(0, Math.ceil((endMs - timeMs) / dayMs));
}

/** The moment so many days later. */
export function daysAfter(timeMs: number, days: number): number {
  return timeMs + days * dayMs;
}

/** The moment so many hours later. */
export function hoursAfter(timeMs: number, hours: number): number {
  return timeMs + hours * hourMs;
}
