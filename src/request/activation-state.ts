import type { Bytes } from '../bytes/bytes.ts';
import type { Consumption, Head, Period } from '../format/claims.ts';
import { MAX_STATED_PERIODS } from '../license/consumption/period.ts';
import type { VerifiedLicense } from '../verify/license.ts';

/** What an activation has come to on this device. */
export interface ActivationState {
  /** The installed license. */
  readonly license: VerifiedLicense;
  readonly consumption: Consumption;
  /** The chain's heads to state: the acknowledged one, then each reported one. */
  readonly heads: readonly Head[];
  /** Those that changed last first. */
  readonly periods?: readonly Period[] | undefined;
}

/**
 * Past this length a license file is left out, so that the sealed file stays within 8 KiB. It only serves a portal
 * that was restored from an old backup.
 */
const maxCarriedLicenseBytes = 4096;

/** What each period that is stated takes of that: 58 with a code of 32 bytes and sums of 9. */
const bytesOfPeriod = 58;

/** The claims that a usage report and a deactivation share. */
export function activationClaims({ license, consumption, heads, periods = [] }: ActivationState) {
  const { licenseId, activationId, revision } = license.claims;
  const stated = periodClaims(periods);
  const file = carried(license.file, stated.periods?.length ?? 0);
  return { licenseId, activationId, revision, consumption, heads, ...stated, license: file };
}

/** The sums by period, where there are any; of too many, those that changed last. */
export function periodClaims(periods: readonly Period[] = []) {
  return { periods: periods.length > 0 ? periods.slice(0, MAX_STATED_PERIODS) : undefined };
}

function carried(file: Bytes, periods: number): Bytes | undefined {
  return file.length > maxCarriedLicenseBytes - bytesOfPeriod * periods ? undefined : file;
}
