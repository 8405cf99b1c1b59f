import { LatchkeyError } from '../../errors.ts';
import type { ReportWithin } from '../../format/claims.ts';
import type { LicenseType } from '../../format/license.ts';
import type { LicenseFeatureRecord, LicenseRecord, Meter, ProductFeatureRecord } from '../records.ts';

/** What a counter may reach. Left out: it never begins anew, is never negative, and each device may use all of it. */
export interface Ceilings extends Pick<Meter, 'maximum' | 'overageMaximum'> {
  readonly resetPeriod?: Meter['resetPeriod'];
  readonly mayBeNegative?: boolean;
  readonly share?: number | null;
}

/** A feature to grant; `limits` for consumption features and only for them. */
export interface FeatureTerms {
  readonly code: string;
  readonly expiresAtS: number | null;
  readonly limits: Ceilings | null;
}

/** What of a license may be edited at any time. */
export interface LicenseTerms
  extends Pick<
    LicenseRecord,
    | 'holder'
    | 'customer'
    | 'note'
    | 'startsAtS'
    | 'expiresAtS'
    | 'graceHours'
    | 'maxActivations'
    | 'maxTransfers'
    | 'allowOffline'
    | 'preventVm'
  > {
  /** This and the next ten: left out of an edit, they stay as they are. */
  readonly maxUsers?: number | null;
  readonly devicesPerUser?: number | null;
  readonly maxRebinds?: number | null;
  readonly rebindLikeness?: number;
  readonly validityDays?: number | null;
  readonly maintenanceUntilS?: number | null;
  readonly reportWithin?: ReportWithin | null;
  readonly maxOpenPeriods?: number | null;
  readonly utcOffset?: number;
  readonly customFields?: Readonly<Record<string, string>>;
  readonly metadata?: Readonly<Record<string, string>>;
  /** The license's own counter; for the type consumption and only for it. */
  readonly limits: Ceilings | null;
  readonly features: readonly FeatureTerms[];
}

/** Terms that leave nothing out. */
export type WholeTerms = Required<Omit<LicenseTerms, keyof Grants>> & Grants;

/** What is granted, with nothing left out. */
interface Grants {
  readonly limits: Required<Ceilings> | null;
  readonly features: readonly (FeatureTerms & Pick<Grants, 'limits'>)[];
}

/** What a new license has where its terms say nothing. */
const unsaid = {
  maxUsers: null,
  devicesPerUser: null,
  maxRebinds: 0,
  rebindLikeness: 90,
  validityDays: null,
  maintenanceUntilS: null,
  reportWithin: null,
  maxOpenPeriods: null,
  utcOffset: 0,
  customFields: {},
  metadata: {},
};

/** What an edit may leave out. */
type Unsaid = Pick<LicenseRecord, keyof typeof unsaid>;

const nothingCounted = { used: 0, givenBack: 0, adjustment: 0, periodAdjustment: null };

const plain = { resetPeriod: null, mayBeNegative: false, share: null };

const unlimited = { maximum: null, overageMaximum: 0 };

/** The terms as a license keeps them, without limits and features. */
export function columnsOf({ limits, features, ...terms }: LicenseTerms, before: Unsaid = unsaid) {
  const { maxUsers, devicesPerUser, maxRebinds, rebindLikeness } = before;
  const { validityDays, maintenanceUntilS, reportWithin } = before;
  const { maxOpenPeriods, utcOffset, customFields, metadata } = before;
  const perDevice = { maxUsers, devicesPerUser, maxRebinds, rebindLikeness };
  const kept = { ...perDevice, validityDays, maintenanceUntilS, reportWithin };
  return { ...kept, maxOpenPeriods, utcOffset, customFields, metadata, ...terms };
}

/** What of a counter an edit may change. */
export function ceilingsOf(meter: Meter): Required<Ceilings> {
  const { maximum, overageMaximum, resetPeriod, mayBeNegative, share } = meter;
  return { maximum, overageMaximum, resetPeriod, mayBeNegative, share };
}

/** What a license grants, as terms say it. */
export function grantsOf(
  { type, meter }: Pick<LicenseRecord, 'type' | 'meter'>,
  features: readonly LicenseFeatureRecord[],
): Grants {
  const limitsOf = (counted: boolean, of: Meter) => (counted ? ceilingsOf(of) : null);
  return {
    limits: limitsOf(type === 'consumption', meter),
    features: features.map(({ code, expiresAtS, ...feature }) => {
      return { code, expiresAtS, limits: limitsOf(feature.type === 'consumption', feature.meter) };
    }),
  };
}

/**
 * The terms with nothing left out, once they are looked at.
 *
 * @throws {@link LatchkeyError} FIELD_REFUSED - as {@link meterOf} and {@link featuresOf}.
 */
export function wholeTerms(
  type: LicenseType,
  terms: LicenseTerms,
  known: readonly ProductFeatureRecord[],
): WholeTerms {
  const meter = meterOf(type, terms.limits);
  return { ...columnsOf(terms), ...grantsOf({ type, meter }, featuresOf(terms, known)) };
}

/**
 * Checks what is for licenses for users alone.
 *
 * @param isForUsers - Whether the license is for users, not for a key.
 * @throws {@link LatchkeyError} FIELD_REFUSED - for a license with a key that limits users.
 */
export function checkUserLimits({ maxUsers, devicesPerUser }: LicenseTerms, isForUsers: boolean): void {
  if (isForUsers) return;
  if (maxUsers != null) throw fieldRefused('terms.maxUsers', 'not-allowed');
  if (devicesPerUser != null) throw fieldRefused('terms.devicesPerUser', 'not-allowed');
}

/**
 * The license's own counter at its start.
 *
 * @throws {@link LatchkeyError} FIELD_REFUSED - when only a consumption license has limits, or lacks them.
 */
export function meterOf(type: LicenseType, limits: Ceilings | null): Meter {
  return startMeter(limits, { isCounted: type === 'consumption', field: 'terms.limits' });
}

/**
 * The features at their start.
 *
 * @throws {@link LatchkeyError} FIELD_REFUSED - for one that the product does not have, or limits that do not go with
 * its type.
 */
export function featuresOf(
  { features }: LicenseTerms,
  known: readonly ProductFeatureRecord[],
): LicenseFeatureRecord[] {
  return features.map(({ code, expiresAtS, limits }, index) => {
    const field = `terms.features.${index}`;
    const feature = known.find(candidate => candidate.code === code);
    if (feature === undefined) throw fieldRefused(`${field}.code`, 'not-allowed');
    const isCounted = feature.type === 'consumption';
    return { ...feature, expiresAtS, meter: startMeter(limits, { isCounted, field: `${field}.limits` }) };
  });
}

function startMeter(
  limits: Ceilings | null,
  { isCounted, field }: { isCounted: boolean; field: string },
): Meter {
  if (isCounted && limits === null) throw fieldRefused(field, 'required');
  if (!isCounted && limits !== null) throw fieldRefused(field, 'not-allowed');
  return { ...nothingCounted, ...plain, ...(limits ?? unlimited) };
}

/** What a field can do wrong that only the records tell; of the rules of the console's API. */
type RefusedRule = 'required' | 'not-allowed' | 'repeated' | 'too-small' | 'over-limit';

/** FIELD_REFUSED, naming field and rule as the console's API does. */
export function fieldRefused(field: string, rule: RefusedRule): LatchkeyError {
  return new LatchkeyError('FIELD_REFUSED', `${field}: ${rule}`, { data: { field, rule } });
}
