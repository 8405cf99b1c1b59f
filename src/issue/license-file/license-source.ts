import type { Period, Total } from '../../format/claims.ts';
import { decideShare, type Pool } from '../decide/share.ts';
import type { ActivationRecord, DeviceRecord } from '../records.ts';
import type { ExchangeRecords } from '../repository.ts';
import { type CountedLicense, type Counter, counterSums, countersOf } from './counters.ts';

/** All that a license file is made from. */
export interface LicenseSource extends CountedLicense {
  readonly productName: string;
  readonly device: DeviceRecord;
  readonly activation: ActivationRecord;
  /** What this activation has counted, as the portal knows it. */
  readonly totals: readonly Total[];
  /** Of this activation, those that go on now. */
  readonly periods: readonly Period[];
  /** The same of all activations. */
  readonly allPeriods: readonly Period[];
  /** By counter: what the device may use of it in all, where a maximum is given out in shares. */
  readonly allotments: ReadonlyMap<string, number>;
}

/** What of it the caller has at hand. */
export type SourceParts = Pick<LicenseSource, 'license' | 'device' | 'activation'>;

/** What a license file is made on. */
export interface SourceOccasion {
  readonly records: ExchangeRecords;
  readonly nowS: number;
  /** What the activation has counted, where it was just read. */
  readonly totals?: readonly Total[];
  /** Whether the device says that it has the newest license file so far. */
  readonly isNewest?: boolean;
}

/** Gathers what a license file is made from, and takes the shares that the device gets with it. */
export async function prepareSource(parts: SourceParts, occasion: SourceOccasion): Promise<LicenseSource> {
  const { license, activation } = parts;
  const { records, nowS } = occasion;
  const product = await records.findProduct(license.product);
  const features = await records.findFeatures(license.id);
  const counters = countersOf({ license, features }, nowS);
  const indexes = counters.flatMap(({ index }) => index ?? []);
  const isTurning = indexes.length > 0;
  const source = {
    ...parts,
    productName: product?.name ?? license.product,
    features,
    totals: occasion.totals ?? (await records.findTotals(activation.id)),
    periods: isTurning ? await records.findPeriods(activation.id, indexes) : [],
    allPeriods: isTurning ? await records.findPeriodsOfLicense(license.id, indexes) : [],
  };
  return { ...source, allotments: await takeShares(counters, source, occasion) };
}

/** An activation that ended takes none: its license is locked. */
async function takeShares(
  counters: readonly Counter[],
  source: Omit<LicenseSource, 'allotments'>,
  { records, isNewest = false }: SourceOccasion,
): Promise<Map<string, number>> {
  const { license, activation } = source;
  const allotments = new Map<string, number>();
  if (activation.endReason !== null) return allotments;
  for (const counter of counters) {
    const { share: most } = counter.meter;
    if (most === null) continue;
    const holdings = await records.findHoldings(license.id, counter);
    const share = decideShare({ ...poolOf(counter, source), holdings, most }, activation.id, isNewest);
    await records.saveShare(activation.id, counter.counter, share);
    allotments.set(counter.counter, share.ceiling);
  }
  return allotments;
}

function poolOf(
  counter: Counter,
  source: Omit<LicenseSource, 'allotments'>,
): Pick<Pool, 'size' | 'total' | 'isTurning'> {
  const { maximum, overageMaximum } = counter.meter;
  const { all, adjustment } = counterSums(counter, source, source.allPeriods);
  const total = all.used - all.givenBack + adjustment;
  return {
    size: maximum === null ? null : maximum + overageMaximum,
    total,
    isTurning: counter.index !== null,
  };
}
