import type { Period, Total } from '../../format/claims.ts';
import type { ActivationRecord, DeviceRecord } from '../records.ts';
import type { ExchangeRecords } from '../repository.ts';
import { type CountedLicense, currentPeriod, metersOf } from './counters.ts';

/** All that a license file is made from. */
export interface LicenseSource extends CountedLicense {
  readonly device: DeviceRecord;
  readonly activation: ActivationRecord;
  /** What this activation has counted, as the portal knows it. */
  readonly totals: readonly Total[];
  /** Of this activation, those that go on now. */
  readonly periods: readonly Period[];
  /** The same of all activations. */
  readonly allPeriods: readonly Period[];
}

/** What of it the caller has at hand. */
export type SourceParts = Pick<LicenseSource, 'license' | 'device' | 'activation'>;

/**
 * Gathers what a license file is made from.
 *
 * @param totals - What the activation has counted, where it was just read.
 */
export async function gatherSource(
  parts: SourceParts,
  { records, nowS, totals }: { records: ExchangeRecords; nowS: number; totals?: readonly Total[] },
): Promise<LicenseSource> {
  const { license, activation } = parts;
  const features = await records.findFeatures(license.id);
  const indexes = openIndexes({ license, features }, nowS);
  const isTurning = indexes.length > 0;
  return {
    ...parts,
    features,
    totals: totals ?? (await records.findTotals(activation.id)),
    periods: isTurning ? await records.findPeriods(activation.id, indexes) : [],
    allPeriods: isTurning ? await records.findPeriodsOfLicense(license.id, indexes) : [],
  };
}

/** Numbers of the periods that the counters of a license are in. */
export function openIndexes(counted: CountedLicense, nowS: number): number[] {
  return metersOf(counted).flatMap(({ meter }) => currentPeriod(meter, counted.license, nowS) ?? []);
}
