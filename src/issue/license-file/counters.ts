import type { Period, Total } from '../../format/claims.ts';
import { periodIndex, periodOf } from '../../license/consumption/period.ts';
import { LICENSE_COUNTER, totalOf } from '../../license/consumption/remaining.ts';
import type { LicenseFeatureRecord, LicenseRecord, Meter } from '../records.ts';

/** A license with what it counts. */
export interface CountedLicense {
  readonly license: LicenseRecord;
  readonly features: readonly LicenseFeatureRecord[];
}

/** A counter of a license at a moment. */
export interface Counter {
  /** Empty for the license's own, else the code of a feature. */
  readonly counter: string;
  readonly meter: Meter;
  /** Number of the period that it is in at the portal; null: it never begins anew. */
  readonly index: number | null;
}

/** What was counted, of one activation or of all. */
export interface KnownSums {
  readonly totals: readonly Total[];
  readonly periods: readonly Period[];
}

/** What counts against the ceilings of one counter now: in its period, if it begins anew. */
export interface CounterSums {
  /** Of all activations. */
  readonly all: Pick<Total, 'used' | 'givenBack'>;
  /** Of the one activation. */
  readonly own: Pick<Total, 'used' | 'givenBack'>;
  /** The vendor's correction, as far as it counts now. */
  readonly adjustment: number;
}

/** The counters of a license, its own first. */
export function countersOf({ license, features }: CountedLicense, nowS: number): Counter[] {
  const own = license.type === 'consumption' ? [{ counter: LICENSE_COUNTER, meter: license.meter }] : [];
  const counted = features.filter(({ type }) => type === 'consumption');
  return [...own, ...counted.map(({ code, meter }) => ({ counter: code, meter }))].map(each => {
    const { resetPeriod } = each.meter;
    const index = resetPeriod === null ? null : periodIndex(resetPeriod, nowS, license.utcOffset);
    return { ...each, index };
  });
}

/** What counts against the ceilings of a counter in its period, or in all. */
export function counterSums(
  { counter, meter, index }: Counter,
  own: KnownSums,
  allPeriods: readonly Period[],
): CounterSums {
  if (index === null) {
    return { all: meter, own: totalOf(own.totals, counter), adjustment: meter.adjustment };
  }
  return {
    all: periodOf(allPeriods, counter, index),
    own: periodOf(own.periods, counter, index),
    adjustment: meter.periodAdjustment?.index === index ? meter.periodAdjustment.amount : 0,
  };
}
