import type { Bytes } from '../bytes/bytes.ts';
import type { Consumption, Head, Period } from '../format/claims.ts';
import type { VerifiedLicense } from '../verify/license.ts';

/** What an activation has come to on this device. */
export interface ActivationState {
  /** The installed license. */
  readonly license: VerifiedLicense;
  readonly consumption: Consumption;
  /** The chain's heads to state: the acknowledged one, then each reported one. */
  readonly heads: readonly Head[];
  readonly periods?: readonly Period[] | undefined;
}

/**
 * Past this length a license file is left out, so that the sealed file stays within 8 KiB. It only serves a portal
 * that was restored from an old backup.
 */
const maxCarriedLicenseBytes = 4096;

/** What each period that is stated takes of that. */
const bytesOfPeriod = 48;

/** The claims that a usage report and a deactivation share. */
export function activationClaims({ license, consumption, heads, periods = [] }: ActivationState) {
  const { licenseId, activationId, revision } = license.claims;
  const file = carried(license.file, periods.length);
  return { licenseId, activationId, revision, consumption, heads, ...periodClaims(periods), license: file };
}

/** The sums by period, where there are any. */
export function periodClaims(periods: readonly Period[] = []) {
  return { periods: periods.length > 0 ? periods : undefined };
}

function carried(file: Bytes, periods: number): Bytes | undefined {
  return file.length > maxCarriedLicenseBytes - bytesOfPeriod * periods ? undefined : file;
}
