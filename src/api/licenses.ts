import * as v from 'valibot';
import { code, id16, line, queryCount, unixSeconds } from './fields.ts';
import { licenseTermsSchema, licenseTypes, resetPeriods } from './license-terms.ts';

/** How a license stands at the portal now; disabled outdoes the dates, and deleted all. */
export const licenseStates = ['active', 'not-started', 'grace', 'expired', 'disabled', 'deleted'] as const;

export const licenseSorts = ['created', 'expires', 'customer', 'holder', 'product', 'activations'] as const;

export const maxPageSize = 200;

/** Query of GET `consolePaths.licenses`. */
export const licenseQuerySchema = v.object({
  /**
   * Found in customer, holder, note, custom fields, the number of its order or the name of a user, whatever the case; or a
   * whole license key as people type it; or an id; or the 12 digits by which people name a device that has, or had, a seat, or was refused one.
   */
  q: v.optional(line(200), ''),
  /** How it stands; or those of which a copied device was noticed. */
  state: v.optional(v.picklist([...licenseStates, 'copied'])),
  product: v.optional(code),
  /** Id of the policy that they were issued from. */
  policy: v.optional(id16),
  /** The whole name of a customer. */
  customer: v.optional(line(128)),
  /** Id of the order that they were issued in. */
  inOrder: v.optional(id16),
  sort: v.optional(v.picklist(licenseSorts), 'created'),
  order: v.optional(v.picklist(['asc', 'desc']), 'desc'),
  page: queryCount(1, 1_000_000),
  pageSize: queryCount(50, maxPageSize),
});

/**
 * Body of POST `consolePaths.exportLicenses`: which licenses, as the list has them, and whether their keys are told. The answer
 * is a CSV file with the columns of an import.
 */
export const exportLicensesSchema = v.strictObject({
  filter: v.omit(licenseQuerySchema, ['page', 'pageSize']),
  withKeys: v.boolean(),
});

/** Body of POST `consolePaths.licenses`; the answer is 201 with the license. */
export const createLicenseSchema = v.strictObject({
  product: code,
  type: v.picklist(licenseTypes),
  trial: v.boolean(),
  /** Null: the server makes a license key. Else who may activate it, at least one user; this never changes. */
  users: v.optional(v.nullable(v.pipe(v.array(id16), v.maxLength(1000, 'too-long'))), null),
  /** The policy that it comes from, one of the product; it is noted and says nothing about type and terms. */
  policyId: v.optional(v.nullable(id16), null),
  /** Id of the license whose key it is to be under; of another product, and with a key of its own. */
  bundledWith: v.optional(v.nullable(id16), null),
  terms: licenseTermsSchema,
});

/** Body of PUT `consolePaths.license`; EDIT_CONFLICT when somebody changed the license since it was read. */
export const editLicenseSchema = v.strictObject({
  version: v.pipe(v.number(), v.integer('not-whole')),
  terms: licenseTermsSchema,
});

const summary = {
  /** 32 hexadecimal digits. */
  id: v.string(),
  product: v.string(),
  productName: v.string(),
  type: v.picklist(licenseTypes),
  trial: v.boolean(),
  state: v.picklist(licenseStates),
  /** Devices that hold a seat now. */
  activeActivations: v.number(),
  createdAt: unixSeconds,
};

/** A row of the list. */
export const licenseSummarySchema = v.object({
  ...summary,
  customer: v.string(),
  holder: v.string(),
  startsAt: v.nullable(unixSeconds),
  expiresAt: v.nullable(unixSeconds),
  maxActivations: v.nullable(v.number()),
});

/** Answer of GET `consolePaths.licenses`; `total` counts all pages. */
export const licenseListSchema = v.object({
  items: v.array(licenseSummarySchema),
  total: v.number(),
  page: v.number(),
  pageSize: v.number(),
});

/**
 * A counter as reported so far; counter '' is the license's own, others are feature codes. `used` and `givenBack`
 * are sums that only rise; `total` is what counts against the maximum, the vendor's resets included.
 */
export const totalsSchema = v.object({
  counter: v.string(),
  used: v.number(),
  givenBack: v.number(),
  total: v.number(),
});

/** A counter of a license as it stands: one that begins anew, in its period. */
export const counterSchema = v.object({
  ...totalsSchema.entries,
  /** What devices may use yet before they report; null: it is not given out in shares. */
  outstanding: v.nullable(v.number()),
  /** null: it never begins anew. */
  period: v.nullable(v.object({ startsAt: unixSeconds, endsAt: unixSeconds })),
});

/** What all devices used of one counter in one period. */
export const periodSchema = v.object({
  counter: v.string(),
  resetPeriod: v.picklist(resetPeriods),
  /** Its midnight in UTC stands for the day, wherever the license has its own midnight. */
  firstDay: unixSeconds,
  used: v.number(),
  givenBack: v.number(),
});

/** Body of POST `consolePaths.deleteLicense`; EDIT_CONFLICT when somebody changed the license since it was read. */
export const deleteLicenseSchema = v.strictObject({ version: v.pipe(v.number(), v.integer('not-whole')) });

/** Body of POST `consolePaths.resetUsage`: the counter whose total goes back to 0; NOT_FOUND for another one. */
export const resetUsageSchema = v.strictObject({ counter: v.pipe(v.string(), v.maxLength(32, 'too-long')) });

/** A user of the license. */
export const userOfLicenseSchema = v.object({
  /** 32 hexadecimal digits. */
  id: v.string(),
  name: v.string(),
  assignedAt: unixSeconds,
  /** Devices on which this user has this license active. */
  devices: v.number(),
});

/** Another license under the same key. */
export const bundledLicenseSchema = v.object({
  /** 32 hexadecimal digits. */
  id: v.string(),
  product: v.string(),
  productName: v.string(),
  state: v.picklist(licenseStates),
  /** The key is this license's own. */
  hasKey: v.boolean(),
});

/** Answer of GET, POST and PUT of one license. */
export const licenseSchema = v.object({
  ...summary,
  /** The license key as people type it, its own or the one that it is under; empty for a license for users. */
  key: v.string(),
  /** The order that it was issued in, and its place there; null: in none. */
  order: v.nullable(v.object({ id: v.string(), number: v.string(), reference: v.string() })),
  /** The other licenses under this key, the one that has the key first. */
  bundled: v.array(bundledLicenseSchema),
  /** Who may activate it, by name; null for a license with a key. */
  users: v.nullable(v.array(userOfLicenseSchema)),
  /** What it was issued from; null: from no policy. Its name is null once it is deleted. */
  policy: v.nullable(v.object({ id: v.string(), name: v.nullable(v.string()) })),
  terms: licenseTermsSchema,
  transfersUsed: v.number(),
  /** Seats that devices took again without a person. */
  rebindsUsed: v.number(),
  /** Over all devices. */
  totals: v.array(counterSchema),
  /** Over all devices, the newest first, at most 31 of each counter and reset. */
  periods: v.array(periodSchema),
  version: v.number(),
  updatedAt: unixSeconds,
});

/** Answer of GET `consolePaths.licenseUsage`: what devices reported on each day of the last year, the oldest first. */
export const licenseUsageSchema = v.object({
  days: v.array(
    v.object({
      /** '' is the license's own. */
      counter: v.string(),
      /** Midnight in UTC. */
      startsAt: unixSeconds,
      used: v.number(),
      givenBack: v.number(),
    }),
  ),
  today: unixSeconds,
});

export type LicenseUsage = v.InferOutput<typeof licenseUsageSchema>;
export type LicenseState = (typeof licenseStates)[number];
export type LicenseSort = (typeof licenseSorts)[number];
export type LicenseQuery = v.InferOutput<typeof licenseQuerySchema>;
export type ExportLicenses = v.InferInput<typeof exportLicensesSchema>;
export type CreateLicense = v.InferInput<typeof createLicenseSchema>;
export type EditLicense = v.InferInput<typeof editLicenseSchema>;
export type LicenseSummary = v.InferOutput<typeof licenseSummarySchema>;
export type LicenseList = v.InferOutput<typeof licenseListSchema>;
export type Totals = v.InferOutput<typeof totalsSchema>;
export type Counter = v.InferOutput<typeof counterSchema>;
export type PeriodUsage = v.InferOutput<typeof periodSchema>;
export type ResetUsage = v.InferInput<typeof resetUsageSchema>;
export type UserOfLicense = v.InferOutput<typeof userOfLicenseSchema>;
export type BundledLicense = v.InferOutput<typeof bundledLicenseSchema>;
export type License = v.InferOutput<typeof licenseSchema>;
