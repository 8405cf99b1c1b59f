import type { ErrorCode } from '../errors.ts';
import type { Feature } from '../format/claims.ts';
import type { License, LicenseState } from '../format/license.ts';
import { type CounterStatus, counterStatus } from './consumption/remaining.ts';
import { licenseNotices, type Notice, reportDue } from './notices.ts';
import {
  hoursAfter,
  isVersionCovered,
  type LicenseStatusInput,
  type Validity,
  validityAt,
} from './validity.ts';

/** What a license is in now. Only `active` and `grace` unlock. */
export type LicenseStatusState =
  | 'active'
  | 'grace'
  | 'expired'
  | 'not-started'
  | LicenseState
  | 'clock-set-back'
  | 'device-changed'
  | 'report-overdue'
  | 'issuer-compromised'
  | 'virtual-machine'
  | 'version-not-covered';

/** Whether a license unlocks, why not, until when, and what to tell a person ahead of time. */
export interface LicenseStatus {
  readonly state: LicenseStatusState;
  readonly unlocked: boolean;
  /** Why it is locked; null while it unlocks. */
  readonly reason: ErrorCode | null;
  /** Milliseconds since the Unix epoch; null: never. */
  readonly expiresAtMs: number | null;
  /** When use ends, grace included; null: never. */
  readonly graceEndsAtMs: number | null;
  /** Days begun until expiry, or in grace until its end; null: no end. */
  readonly daysLeft: number | null;
  readonly notices: readonly Notice[];
}

/** Whether one feature unlocks, and how far its consumption is. */
export interface FeatureStatus {
  readonly code: string;
  /** The name for people; null when the license gives none. */
  readonly name: string | null;
  /** `locked`: the license is; `missing`: the license has no such feature. */
  readonly state: Validity['state'] | 'locked' | 'missing' | 'clock-set-back';
  readonly unlocked: boolean;
  readonly reason: ErrorCode | null;
  readonly expiresAtMs: number | null;
  readonly daysLeft: number | null;
  /** null unless it is a consumption feature. */
  readonly consumption: CounterStatus | null;
}

const reasons: Readonly<Record<LicenseStatusState, ErrorCode | null>> = {
  active: null,
  grace: null,
  expired: 'LICENSE_EXPIRED',
  'not-started': 'LICENSE_LOCKED',
  disabled: 'LICENSE_DISABLED',
  released: 'ACTIVATION_ENDED',
  blocked: 'DEVICE_BLOCKED',
  replaced: 'ACTIVATION_ENDED',
  ended: 'ACTIVATION_ENDED',
  'clock-set-back': 'CLOCK_SET_BACK',
  'device-changed': 'DEVICE_CHANGED',
  'report-overdue': 'LICENSE_LOCKED',
  'issuer-compromised': 'ISSUER_KEY_COMPROMISED',
  'virtual-machine': 'VIRTUAL_MACHINE_REFUSED',
  'version-not-covered': 'VERSION_NOT_COVERED',
};

/**
 * Whether a license may be used now. Every outcome is a value. Does not verify the license.
 *
 * @see FORMAT.md#status
 */
export function licenseStatus(input: LicenseStatusInput): LicenseStatus {
  const { license, deviceTimeMs } = input;
  const validity = validityAt(deviceTimeMs, license.expiresAt, license.graceHours);
  const state = lockOf(input) ?? validity.state;
  const { expiresAtMs, graceEndsAtMs, daysLeft } = validity;
  const notices = licenseNotices(input, validity);
  const reason = reasons[state];
  return { state, unlocked: reason === null, reason, expiresAtMs, graceEndsAtMs, daysLeft, notices };
}

/**
 * Whether one feature may be used now. A feature needs an unlocked license; its own expiry gets the license's grace.
 * A consumption feature that is used up stays unlocked: what is left is in `consumption`.
 *
 * @see FORMAT.md#status
 */
export function featureStatus(input: LicenseStatusInput, code: string): FeatureStatus {
  const feature = input.license.features?.find(candidate => candidate.code === code);
  if (feature === undefined) return missingFeature(code);
  const validity = validityAt(input.deviceTimeMs, feature.expiresAt, input.license.graceHours);
  const { expiresAtMs, daysLeft } = validity;
  const { state, reason } = featureState(input, feature, validity);
  const { name = null } = feature;
  const consumption = counterStatus(input.license, code, input, input.deviceTimeMs);
  return { code, name, state, unlocked: reason === null, reason, expiresAtMs, daysLeft, consumption };
}

function missingFeature(code: string): FeatureStatus {
  const none = { name: null, expiresAtMs: null, daysLeft: null, consumption: null };
  return { code, ...none, state: 'missing', unlocked: false, reason: 'FEATURE_UNKNOWN' };
}

function featureState(
  input: LicenseStatusInput,
  { expiresAt }: Feature,
  { state }: Validity,
): Pick<FeatureStatus, 'state' | 'reason'> {
  const license = licenseStatus(input);
  if (!license.unlocked) return { state: 'locked', reason: license.reason };
  if (input.clockSetBack && expiresAt !== undefined) {
    return { state: 'clock-set-back', reason: 'CLOCK_SET_BACK' };
  }
  return { state, reason: state === 'expired' ? 'LICENSE_EXPIRED' : null };
}

/** The first of the causes that lock a license whatever its dates: what ended it, then what a person can mend. */
function lockOf(input: LicenseStatusInput): LicenseStatusState | null {
  const { license, deviceTimeMs, issuerCompromised } = input;
  if (license.licenseState !== undefined) return license.licenseState;
  if (issuerCompromised !== undefined && isIssuerGraceOver(issuerCompromised, deviceTimeMs)) {
    return 'issuer-compromised';
  }
  if (input.clockSetBack && isTimed(license)) return 'clock-set-back';
  if (!input.nodeLock.matches) return 'device-changed';
  if (license.preventVm === true && input.virtualMachine === true) return 'virtual-machine';
  if (!isVersionCovered(license, input.appReleasedAtMs)) return 'version-not-covered';
  return timeLockOf(input);
}

/** Whether the license ends by itself: on any other a clock set back is only told. */
function isTimed({ expiresAt, reportWithin }: License): boolean {
  return expiresAt !== undefined || reportWithin !== undefined;
}

function timeLockOf({ license, deviceTimeMs }: LicenseStatusInput): LicenseStatusState | null {
  const due = reportDue(license);
  if (license.startsAt !== undefined && deviceTimeMs < license.startsAt * 1000) return 'not-started';
  if (due !== null && deviceTimeMs >= due.locksAtMs) return 'report-overdue';
  return null;
}

function isIssuerGraceOver(
  { sinceMs, graceHours }: { readonly sinceMs: number; readonly graceHours: number },
  timeMs: number,
): boolean {
  return timeMs >= hoursAfter(sinceMs, graceHours);
}
