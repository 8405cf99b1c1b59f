import * as v from 'valibot';
import { code, count, line, name, paragraph, positiveCount, unixSeconds } from './fields.ts';
import type { FieldProblem } from './problem.ts';

/** What a license is; it never changes after issue. */
export const licenseTypes = ['perpetual', 'time-limited', 'subscription', 'consumption'] as const;

export type LicenseType = (typeof licenseTypes)[number];

/** A field of the vendor's own; on the device only where it says so. */
export const customFieldSchema = v.strictObject({
  name: name(48),
  value: line(256),
  /** Written into the license file; else it is for the vendor's eyes. */
  onDevice: v.boolean(),
});

/** Custom fields that a license file carries at most. */
const maxOnDevice = 16;

const days = (least: number) => v.pipe(count(36_500), v.minValue(least, 'too-small'));

/** How often a counter can begin anew. */
export const resetPeriods = ['daily', 'weekly', 'monthly', 'annually'] as const;

/** A counter's ceiling: `maximum` null = unlimited, `overageMaximum` 0 = nothing past the maximum. */
export const limitsSchema = v.strictObject({
  maximum: v.nullable(count()),
  overageMaximum: count(),
  /** How often it begins anew; null: never. */
  resetPeriod: v.optional(v.nullable(v.picklist(resetPeriods)), null),
  /** More may be given back than was used. */
  mayBeNegative: v.optional(v.boolean(), false),
  /** Most that one device may have unused with it; null: each may use all that is left. */
  share: v.optional(v.nullable(positiveCount()), null),
});

/** A feature that the license grants; `limits` belongs to consumption features and only to them. */
export const licenseFeatureSchema = v.strictObject({
  code,
  expiresAt: v.nullable(unixSeconds),
  limits: v.nullable(limitsSchema),
});

/** What of a license may be edited at any time. Times are Unix seconds. */
export const licenseTermsSchema = v.strictObject({
  startsAt: v.nullable(unixSeconds),
  /** Null when the license is perpetual, or before its validity begins; may be null for a consumption license. */
  expiresAt: v.nullable(unixSeconds),
  /** Instead of a day: its end is so many days after the first activation, which then writes it. */
  validityDays: v.nullable(days(1)),
  graceHours: count(24 * 366),
  /** Versions of the app that were released later are not covered; null: all are. */
  maintenanceUntil: v.nullable(unixSeconds),
  /** How often a device has to report, and how long it may be late; null: never. */
  reportWithin: v.nullable(v.strictObject({ days: days(1), graceDays: days(0) })),
  /** Devices at one time; null = unlimited. */
  maxActivations: v.nullable(positiveCount(1_000_000)),
  /** Of a license for users, else null; null = unlimited. */
  maxUsers: v.nullable(positiveCount(1_000_000)),
  /** Of a license for users, else null: devices of each user at one time; null = unlimited. */
  devicesPerUser: v.nullable(positiveCount(1_000_000)),
  /** Moves to another device; 0 = none, null = unlimited. */
  maxTransfers: v.nullable(count(1_000_000)),
  /** Times that a device that lost its storage takes its seat again without a person; 0 = none, null = unlimited. */
  maxRebinds: v.optional(v.nullable(count(1_000_000)), 0),
  /** How alike its fingerprint must be for that, in percent of what both devices sent. */
  rebindLikeness: v.optional(v.pipe(count(100), v.minValue(60, 'too-small')), 90),
  allowOffline: v.boolean(),
  preventVm: v.boolean(),
  /** Periods that may open on a device without a newer license; null = unlimited. */
  maxOpenPeriods: v.nullable(positiveCount(10_000)),
  /** Minutes from UTC at which periods begin, the same all year. */
  utcOffset: v.pipe(
    v.number(),
    v.integer('not-whole'),
    v.minValue(-720, 'too-small'),
    v.maxValue(840, 'too-large'),
  ),
  /** The license's own counter; null unless it is a consumption license. */
  limits: v.nullable(limitsSchema),
  features: v.pipe(
    v.array(licenseFeatureSchema),
    v.maxLength(64, 'too-long'),
    v.check(list => new Set(list.map(feature => feature.code)).size === list.length, 'repeated'),
  ),
  /** For the vendor's eyes. */
  customer: line(128),
  /** Written into the license file and shown on the device; at most 64 bytes. */
  holder: line(64),
  /** For the vendor's eyes. */
  note: paragraph(4000),
  /** No name twice; at most 16 of them on the device. */
  fields: v.pipe(v.array(customFieldSchema), v.maxLength(48, 'too-long')),
});

/** What many licenses may have in common: the terms of one without what belongs to a single customer; an end is counted in days. */
export const policyTermsSchema = v.omit(licenseTermsSchema, [
  'startsAt',
  'expiresAt',
  'customer',
  'holder',
  'note',
]);

export type ResetPeriod = (typeof resetPeriods)[number];
export type Limits = v.InferOutput<typeof limitsSchema>;
export type CustomField = v.InferOutput<typeof customFieldSchema>;
export type ReportWithin = NonNullable<LicenseTerms['reportWithin']>;
export type LicenseFeature = v.InferOutput<typeof licenseFeatureSchema>;
export type LicenseTerms = v.InferOutput<typeof licenseTermsSchema>;
export type PolicyTerms = v.InferOutput<typeof policyTermsSchema>;

/** Limits to start a form from. */
export function defaultLimits(maximum: number | null = 100): Limits {
  return { maximum, overageMaximum: 0, resetPeriod: null, mayBeNegative: false, share: null };
}

/** Terms to start a form from. */
export function defaultTerms(): LicenseTerms {
  return {
    startsAt: null,
    expiresAt: null,
    validityDays: null,
    graceHours: 0,
    maintenanceUntil: null,
    reportWithin: null,
    maxActivations: 1,
    maxUsers: null,
    devicesPerUser: null,
    maxTransfers: null,
    maxRebinds: 0,
    rebindLikeness: 90,
    allowOffline: true,
    preventVm: false,
    maxOpenPeriods: null,
    utcOffset: 0,
    limits: null,
    features: [],
    customer: '',
    holder: '',
    note: '',
    fields: [],
  };
}

const endingTypes: ReadonlySet<LicenseType> = new Set<LicenseType>(['time-limited', 'subscription']);

/**
 * Says what in the terms does not go with the license's type, or null. The schema has looked at each field by
 * itself before; whether the features are the product's is for the server.
 */
export function termsProblem(type: LicenseType, terms: LicenseTerms): FieldProblem | null {
  const { startsAt, expiresAt, validityDays, limits } = terms;
  if (type === 'perpetual' && expiresAt !== null) return { field: 'terms.expiresAt', rule: 'not-allowed' };
  if (type === 'perpetual' && validityDays !== null)
    return { field: 'terms.validityDays', rule: 'not-allowed' };
  if (endingTypes.has(type) && expiresAt === null && validityDays === null)
    return { field: 'terms.expiresAt', rule: 'required' };
  if (type === 'consumption' && limits === null) return { field: 'terms.limits', rule: 'required' };
  if (type !== 'consumption' && limits !== null) return { field: 'terms.limits', rule: 'not-allowed' };
  if (startsAt !== null && expiresAt !== null && expiresAt <= startsAt) {
    return { field: 'terms.expiresAt', rule: 'before-start' };
  }
  return fieldsProblem(terms.fields);
}

function fieldsProblem(fields: readonly CustomField[]): FieldProblem | null {
  const twice = fields.findIndex(({ name }, index) => fields.findIndex(each => each.name === name) < index);
  if (twice >= 0) return { field: `terms.fields.${twice}.name`, rule: 'repeated' };
  const onDevice = fields.flatMap((field, index) => (field.onDevice ? [index] : []));
  const past = onDevice[maxOnDevice];
  return past === undefined ? null : { field: `terms.fields.${past}.name`, rule: 'too-many' };
}

/** As {@link termsProblem}, for a license that is about to be issued: its end may not be past already. */
export function issueProblem(type: LicenseType, terms: LicenseTerms, nowS: number): FieldProblem | null {
  const isPast = terms.expiresAt !== null && terms.expiresAt <= nowS;
  return termsProblem(type, terms) ?? (isPast ? { field: 'terms.expiresAt', rule: 'past' } : null);
}

/** As {@link termsProblem}, for a policy: licenses of a type that ends need an end, which here is a number of days. */
export function policyProblem(type: LicenseType, terms: PolicyTerms): FieldProblem | null {
  const problem = termsProblem(type, { ...defaultTerms(), ...terms });
  return problem?.field === 'terms.expiresAt' ? { ...problem, field: 'terms.validityDays' } : problem;
}
