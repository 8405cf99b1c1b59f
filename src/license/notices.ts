import type { License } from '../format/license.ts';
import { type CounterStatus, counterStatus, LICENSE_COUNTER, limitsOf } from './consumption/remaining.ts';
import type { SignalName } from './node-lock.ts';
import {
  daysAfter,
  daysUntil,
  hoursAfter,
  type LicenseStatusInput,
  NOTICE_DAYS,
  type Validity,
} from './validity.ts';

/** What to tell a person although the license unlocks, ahead of time where there is one. */
export type Notice =
  | { readonly kind: 'expires-soon' | 'in-grace'; readonly daysLeft: number; readonly atMs: number }
  | { readonly kind: 'report-due' | 'issuer-compromised'; readonly daysLeft: number; readonly atMs: number }
  | { readonly kind: 'maintenance-ended'; readonly atMs: number }
  | { readonly kind: 'clock-set-back' }
  | { readonly kind: 'signals-changed'; readonly changed: readonly SignalName[] }
  | {
      /** `share-used-up`: others may have some left; `period-held`: no further period opens without a newer license. */
      readonly kind: 'overage' | 'used-up' | 'share-used-up' | 'period-held';
      readonly counter: string;
    };

/** When a license that demands reports wants the next one, and when it locks without. */
export interface ReportDue {
  /** From when a person is told. */
  readonly announcedAtMs: number;
  readonly dueAtMs: number;
  readonly locksAtMs: number;
}

/**
 * When the next report is due, counted from the issue time of the license, which each report renews;
 * null when the license demands none.
 */
export function reportDue({ reportWithin, issuedAt }: License): ReportDue | null {
  if (reportWithin === undefined) return null;
  const dueAtMs = daysAfter(issuedAt * 1000, reportWithin.days);
  const announcedAtMs = daysAfter(dueAtMs, -reportWithin.days / 4);
  return { announcedAtMs, dueAtMs, locksAtMs: daysAfter(dueAtMs, reportWithin.graceDays) };
}

/** Everything worth telling about a license, most urgent first. */
export function licenseNotices(input: LicenseStatusInput, validity: Validity): readonly Notice[] {
  return [
    ...clockNotices(input),
    ...validityNotices(validity),
    ...issuerNotices(input),
    ...reportNotices(input),
    ...consumptionNotices(input),
    ...signalNotices(input),
    ...maintenanceNotices(input),
  ];
}

function clockNotices({ clockSetBack }: LicenseStatusInput): Notice[] {
  return clockSetBack ? [{ kind: 'clock-set-back' }] : [];
}

function validityNotices({ state, expiresAtMs, graceEndsAtMs, daysLeft }: Validity): Notice[] {
  if (daysLeft === null || expiresAtMs === null || graceEndsAtMs === null) return [];
  if (state === 'grace') return [{ kind: 'in-grace', daysLeft, atMs: graceEndsAtMs }];
  if (state === 'active' && daysLeft <= NOTICE_DAYS) {
    return [{ kind: 'expires-soon', daysLeft, atMs: expiresAtMs }];
  }
  return [];
}

function issuerNotices({ issuerCompromised, deviceTimeMs }: LicenseStatusInput): Notice[] {
  if (issuerCompromised === undefined) return [];
  const atMs = hoursAfter(issuerCompromised.sinceMs, issuerCompromised.graceHours);
  return [{ kind: 'issuer-compromised', daysLeft: daysUntil(atMs, deviceTimeMs), atMs }];
}

/** Announced from the last quarter of the time that the vendor gives. */
function reportNotices({ license, deviceTimeMs }: LicenseStatusInput): Notice[] {
  const due = reportDue(license);
  if (due === null || deviceTimeMs < due.announcedAtMs) return [];
  return [{ kind: 'report-due', daysLeft: daysUntil(due.locksAtMs, deviceTimeMs), atMs: due.locksAtMs }];
}

function consumptionNotices(input: LicenseStatusInput): Notice[] {
  const { license, deviceTimeMs } = input;
  const counters = [LICENSE_COUNTER, ...(license.features ?? []).map(({ code }) => code)];
  return counters.flatMap((counter): Notice[] => {
    const status = counterStatus(license, counter, input, deviceTimeMs);
    if (status === null) return [];
    const overageMaximum = limitsOf(license, counter)?.overageMaximum ?? 0;
    const kinds = [ceilingNotice(status, overageMaximum), heldNotice(status)];
    return kinds.flatMap(kind => (kind === null ? [] : [{ kind, counter }]));
  });
}

type CounterNotice = Extract<Notice, { readonly counter: string }>['kind'];

function ceilingNotice(
  { available, overage, share, maximum, total }: CounterStatus,
  overageMaximum: number,
): CounterNotice | null {
  if (available === 0) {
    const isPoolLeft = share === 0 && (maximum === null || total < maximum + overageMaximum);
    return isPoolLeft ? 'share-used-up' : 'used-up';
  }
  return overage > 0 ? 'overage' : null;
}

/** Not while nothing of the last period is used: there is no hurry then. */
function heldNotice({ period, total }: CounterStatus): CounterNotice | null {
  return period?.endsAtMs === null && total > 0 ? 'period-held' : null;
}

function signalNotices({ nodeLock: { changed } }: LicenseStatusInput): Notice[] {
  return changed.length > 0 ? [{ kind: 'signals-changed', changed }] : [];
}

function maintenanceNotices({ license, deviceTimeMs }: LicenseStatusInput): Notice[] {
  const { maintenanceUntil } = license;
  if (maintenanceUntil === undefined || deviceTimeMs < maintenanceUntil * 1000) return [];
  return [{ kind: 'maintenance-ended', atMs: maintenanceUntil * 1000 }];
}
