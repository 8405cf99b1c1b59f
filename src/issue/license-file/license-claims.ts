import type { Bytes } from '../../bytes/bytes.ts';
import type { Feature, Limits } from '../../format/claims.ts';
import { MAX_AMOUNT } from '../../format/codec.ts';
import type { License, LicenseState } from '../../format/license.ts';
import { LICENSE_COUNTER } from '../../license/consumption/remaining.ts';
import type { ActivationRecord, EndReason, LicenseFeatureRecord } from '../records.ts';
import { type Counter, counterSums, countersOf } from './counters.ts';
import type { LicenseSource } from './license-source.ts';

/** What one answer adds. */
export interface LicenseOccasion {
  readonly nowS: number;
  /** Left out for a refresh. */
  readonly requestId?: Bytes | undefined;
  readonly clockCorrection?: boolean | undefined;
  /** The device forgets its supervisor's PIN. */
  readonly clearPin?: boolean | undefined;
}

/** The claims of the license file for one device, as its license stands now. */
export function licenseClaims(source: LicenseSource, occasion: LicenseOccasion): License {
  const { license, activation, device } = source;
  return {
    ...termsOf(source, occasion.nowS),
    requestId: occasion.requestId,
    issuedAt: occasion.nowS,
    clockCorrection: occasion.clockCorrection || undefined,
    clearPin: occasion.clearPin || undefined,
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

type Terms = Pick<License, 'product' | 'licenseType'> & Partial<License>;

function termsOf(source: LicenseSource, nowS: number): Terms {
  const { license, features } = source;
  const limits = new Map(countersOf(source, nowS).map(each => [each.counter, limitsOf(each, source)]));
  const isTurning = [...limits.values()].some(({ resetPeriod }) => resetPeriod !== undefined);
  return {
    product: license.product,
    productName: source.productName === license.product ? undefined : source.productName,
    licenseType: license.type,
    trial: license.trial || undefined,
    startsAt: license.startsAtS ?? undefined,
    expiresAt: license.expiresAtS ?? undefined,
    graceHours: license.graceHours || undefined,
    maintenanceUntil: license.maintenanceUntilS ?? undefined,
    preventVm: license.preventVm || undefined,
    reportWithin: license.reportWithin ?? undefined,
    maxOpenPeriods: isTurning ? (license.maxOpenPeriods ?? undefined) : undefined,
    utcOffset: isTurning ? license.utcOffset || undefined : undefined,
    holder: license.holder || undefined,
    customFields: Object.keys(license.customFields).length > 0 ? license.customFields : undefined,
    limits: limits.get(LICENSE_COUNTER),
    features: features.length > 0 ? features.map(each => featureOf(each, limits.get(each.code))) : undefined,
  };
}

function featureOf({ code, name, expiresAtS }: LicenseFeatureRecord, limits: Limits | undefined): Feature {
  return { code, name: name === code ? undefined : name, expiresAt: expiresAtS ?? undefined, limits };
}

/**
 * Ceilings are on sums, never on what remains: the device adds its own sums to the baseline, which stands for all
 * other activations and the vendor's corrections.
 */
function limitsOf(counter: Counter, source: LicenseSource): Limits {
  const { meter } = counter;
  const { all, own, adjustment } = counterSums(counter, source, source.allPeriods);
  const total = all.used - all.givenBack + adjustment;
  const baseline = clamp(total - (own.used - own.givenBack));
  return {
    maximum: meter.maximum ?? undefined,
    overageMaximum: meter.overageMaximum || undefined,
    baseline: baseline || undefined,
    resetPeriod: meter.resetPeriod ?? undefined,
    allotment: source.allotments.get(counter.counter),
    mayBeNegative: meter.mayBeNegative || undefined,
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
