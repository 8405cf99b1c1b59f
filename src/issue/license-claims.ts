import type { Bytes } from '../bytes/bytes.ts';
import type { Feature, Limits, Total } from '../format/claims.ts';
import { MAX_AMOUNT } from '../format/codec.ts';
import type { License, LicenseState } from '../format/license.ts';
import { LICENSE_COUNTER, totalOf } from '../license/consumption/remaining.ts';
import type {
  ActivationRecord,
  DeviceRecord,
  EndReason,
  LicenseFeatureRecord,
  LicenseRecord,
  Meter,
} from './records.ts';

/** All that a license file is made from. */
export interface LicenseSource {
  readonly license: LicenseRecord;
  readonly features: readonly LicenseFeatureRecord[];
  readonly device: DeviceRecord;
  readonly activation: ActivationRecord;
  /** What this activation has counted, as the portal knows it. */
  readonly totals: readonly Total[];
}

/** What one answer adds. */
export interface LicenseOccasion {
  readonly nowS: number;
  /** Left out for a refresh. */
  readonly requestId?: Bytes | undefined;
  readonly clockCorrection?: boolean | undefined;
}

/** The claims of the license file for one device, as its license stands now. */
export function licenseClaims(source: LicenseSource, occasion: LicenseOccasion): License {
  const { license, activation, device } = source;
  return {
    ...termsOf(source),
    requestId: occasion.requestId,
    issuedAt: occasion.nowS,
    clockCorrection: occasion.clockCorrection || undefined,
    deviceId: device.id,
    deviceName: device.name || undefined,
    licenseId: license.id,
    activationId: activation.id,
    revision: activation.revision,
    fingerprint: activation.fingerprint ?? undefined,
    licenseState: stateOf(source),
    acknowledged: acknowledgedOf(activation),
  };
}

function termsOf({
  license,
  features,
  totals,
}: LicenseSource): Pick<License, 'product' | 'licenseType'> & Partial<License> {
  return {
    product: license.product,
    licenseType: license.type,
    trial: license.trial || undefined,
    startsAt: license.startsAtS ?? undefined,
    expiresAt: license.expiresAtS ?? undefined,
    graceHours: license.graceHours || undefined,
    maintenanceUntil: license.maintenanceUntilS ?? undefined,
    preventVm: license.preventVm || undefined,
    reportWithin: license.reportWithin ?? undefined,
    holder: license.holder || undefined,
    customFields: Object.keys(license.customFields).length > 0 ? license.customFields : undefined,
    limits: license.type === 'consumption' ? limitsOf(LICENSE_COUNTER, license.meter, totals) : undefined,
    features: features.length > 0 ? features.map(feature => featureOf(feature, totals)) : undefined,
  };
}

function featureOf(
  { code, name, type, expiresAtS, meter }: LicenseFeatureRecord,
  totals: readonly Total[],
): Feature {
  return {
    code,
    name: name === code ? undefined : name,
    expiresAt: expiresAtS ?? undefined,
    limits: type === 'consumption' ? limitsOf(code, meter, totals) : undefined,
  };
}

/**
 * Ceilings are on sums, never on what remains: the device adds its own sums to the baseline, which stands for all
 * other activations and the vendor's corrections.
 */
function limitsOf(counter: string, meter: Meter, totals: readonly Total[]): Limits {
  const own = totalOf(totals, counter);
  const total = meter.used - meter.givenBack + meter.adjustment;
  const baseline = clamp(total - (own.used - own.givenBack));
  return {
    maximum: meter.maximum ?? undefined,
    overageMaximum: meter.overageMaximum || undefined,
    baseline: baseline || undefined,
  };
}

/** Sums of devices are their own word: several that lie must not keep others from a license. */
function clamp(sum: number): number {
  return Math.min(Math.max(sum, -MAX_AMOUNT), MAX_AMOUNT);
}

const endStates: Readonly<Record<EndReason, LicenseState>> = {
  deactivated: 'ended',
  released: 'released',
  replaced: 'replaced',
};

function stateOf({ license, activation, device }: LicenseSource): LicenseState | undefined {
  if (activation.endReason !== null) return endStates[activation.endReason];
  if (device.blocked) return 'blocked';
  return license.enabled ? undefined : 'disabled';
}

/** Absent, the first head counts, which the device knows by itself. */
function acknowledgedOf({ reportedSequence, reportedHead }: ActivationRecord): License['acknowledged'] {
  return reportedSequence === 0 ? undefined : { sequence: reportedSequence, head: reportedHead };
}
