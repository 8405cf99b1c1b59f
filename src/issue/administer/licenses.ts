import type { Bytes } from '../../bytes/bytes.ts';
import type { LicenseType } from '../../format/license.ts';
import type { LicenseKey } from '../../license/license-key.ts';
import { type Actor, audit, changedNames } from '../audit.ts';
import { changedForDevices } from '../license-file/changes.ts';
import { counterSums, countersOf } from '../license-file/counters.ts';
import type { Place } from '../order-records.ts';
import type { IssueContext } from '../portal.ts';
import type { LicenseFeatureRecord, LicenseRecord, Meter } from '../records.ts';
import type { Records } from '../repository.ts';
import { makeLicenseKey } from '../secrets/license-secret.ts';
import { keepCustomer } from './customers.ts';
import {
  ceilingsOf,
  checkUserLimits,
  columnsOf,
  featuresOf,
  fieldRefused,
  type LicenseTerms,
  meterOf,
} from './license-terms.ts';
import { notFound, requireUndeleted, requireVersion } from './required.ts';
import { assignUser, isForUsers } from './users.ts';

/** What is settled when a license is issued. */
export interface NewLicense {
  readonly product: string;
  readonly type: LicenseType;
  readonly trial: boolean;
  /** The policy that it comes from, which is noted and no more; null or left out: none. */
  readonly policyId?: Bytes | null;
  readonly terms: LicenseTerms;
  /** Where it stands in an order; left out: it is of none. */
  readonly place?: Place;
}

type InsertedLicense = NewLicense &
  Pick<LicenseRecord, 'id' | 'keyLookup' | 'keySealed'> &
  Partial<Pick<LicenseRecord, 'bundledWith'>>;

/**
 * Issues a license with a key of its own.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for a product that there is not.
 * @throws {@link LatchkeyError} FIELD_REFUSED - for features that the product does not have, limits where none belong, or
 * a policy that is none of the product.
 */
export async function createLicense(
  license: NewLicense,
  records: Records,
  context: Actor & IssueContext,
): Promise<{ license: LicenseRecord; key: LicenseKey }> {
  checkUserLimits(license.terms, false);
  const id = context.crypto.randomBytes(16);
  const { key, ...kept } = makeLicenseKey(id, context);
  return { license: await insertLicense({ ...license, id, ...kept }, records, context), key };
}

/**
 * Issues a license to users in the place of a key; this never changes.
 *
 * @param users - Their ids, at least one.
 * @throws {@link LatchkeyError} NOT_FOUND - for a product or user that there is not.
 * @throws {@link LatchkeyError} FIELD_REFUSED - as {@link createLicense}, and for no user, or more than it allows.
 */
export async function createLicenseForUsers(
  { users, ...fixed }: NewLicense & { readonly users: readonly Bytes[] },
  records: Records,
  context: Actor & IssueContext,
): Promise<LicenseRecord> {
  if (users.length === 0) throw fieldRefused('users', 'required');
  const id = context.crypto.randomBytes(16);
  const license = await insertLicense({ ...fixed, id, ...noKey }, records, context);
  for (const userId of users) await assignUser({ license, userId }, records, context);
  return license;
}

/**
 * Says whether a license can be issued, and with what, as far as the records tell. Writes nothing.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for a product that there is not.
 * @throws {@link LatchkeyError} FIELD_REFUSED - for features that the product does not have, limits where none belong, or
 * a policy that is none of the product.
 */
export async function checkNewLicense(
  { product, type, policyId = null, terms }: NewLicense,
  records: Records,
): Promise<{ features: LicenseFeatureRecord[]; meter: Meter }> {
  if ((await records.findProduct(product)) === null) throw notFound(`product ${product}`);
  if (policyId !== null) await requirePolicyOf(product, policyId, records);
  const features = featuresOf(terms, await records.findProductFeatures(product));
  return { features, meter: meterOf(type, terms.limits) };
}

/** What stands in the place of a license key. */
export const noKey = { keyLookup: null, keySealed: null };

/** Writes a new license down, under whatever key. @throws as {@link createLicense} */
export async function insertLicense(
  own: InsertedLicense,
  records: Records,
  { actor, nowS, crypto }: Actor & Pick<IssueContext, 'nowS' | 'crypto'>,
): Promise<LicenseRecord> {
  const { id, product, type, trial, policyId = null, terms, place } = own;
  const { keyLookup, keySealed, bundledWith = null } = own;
  const { features, meter } = await checkNewLicense(own, records);
  await keepCustomer(terms.customer, records, { actor, nowS, crypto });
  const counted = { seatsTaken: 0, seatsGranted: 0, transfersUsed: 0, rebindsUsed: 0 };
  const made = { createdAtS: nowS, updatedAtS: nowS, deletedAtS: null, version: 1 };
  const fixed = {
    id,
    product,
    type,
    trial,
    policyId,
    keyLookup,
    keySealed,
    bundledWith,
    enabled: true,
    meter,
  };
  const placed = { orderId: place?.orderId ?? null, orderReference: place?.reference ?? null };
  const license = { ...fixed, ...placed, ...counted, ...made, ...columnsOf(terms) };
  await records.insertLicense(license);
  await records.replaceFeatures(license.id, features);
  await records.appendAudit(audit('license.create', { actor, nowS, licenseId: license.id, product }));
  return license;
}

async function requirePolicyOf(product: string, policyId: Bytes, records: Records): Promise<void> {
  const policy = await records.findPolicy(policyId);
  if (policy?.product !== product) throw fieldRefused('policyId', 'not-allowed');
}

/**
 * Gives a license other terms. Devices learn of them by a refresh file or their next report.
 *
 * @param version - The one that the edit was made from.
 * @throws {@link LatchkeyError} NOT_FOUND - for a license that there is not.
 * @throws {@link LatchkeyError} EDIT_CONFLICT - when somebody changed it since.
 * @throws {@link LatchkeyError} FIELD_REFUSED - for features that the product does not have, limits where none belong,
 * or fewer users than it has.
 */
export async function editLicense(
  { licenseId, version, terms }: { licenseId: Bytes; version: number; terms: LicenseTerms },
  records: Records,
  { actor, nowS, crypto }: Actor & Pick<IssueContext, 'nowS' | 'crypto'>,
): Promise<LicenseRecord> {
  const before = await requireUndeleted(licenseId, records);
  requireVersion(before, version);
  checkUserLimits(terms, isForUsers(before));
  const { maxUsers } = terms;
  if (maxUsers != null && (await records.countUsersOfLicense(licenseId)) > maxUsers) {
    throw fieldRefused('terms.maxUsers', 'too-small');
  }
  // Days count from the first activation, which has been.
  if (before.seatsGranted > 0 && terms.validityDays != null && terms.expiresAtS === null) {
    throw fieldRefused('terms.expiresAt', 'required');
  }
  const features = featuresOf(terms, await records.findProductFeatures(before.product));
  const meter = { ...before.meter, ...ceilingsOf(meterOf(before.type, terms.limits)) };
  const license = { ...before, ...columnsOf(terms, before), meter, version: version + 1, updatedAtS: nowS };
  const granted = await records.findFeatures(licenseId);
  const changed = changedFields({ ...before, features: granted }, { ...license, features });
  await keepCustomer(terms.customer, records, { actor, nowS, crypto });
  await records.updateLicense(license);
  await records.replaceFeatures(licenseId, features);
  if (changedForDevices(changed).length > 0) await records.markChanged([licenseId], nowS);
  await records.appendAudit(audit('license.edit', { actor, nowS, licenseId, changed }));
  return license;
}

/**
 * Disables or enables a license. It is disabled on a device with the next file that the device loads.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for a license that there is not.
 */
export async function setLicenseEnabled(
  { licenseId, enabled }: { licenseId: Bytes; enabled: boolean },
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<LicenseRecord> {
  const before = await requireUndeleted(licenseId, records);
  if (before.enabled === enabled) return before;
  const license = { ...before, enabled, version: before.version + 1, updatedAtS: nowS };
  await records.updateLicense(license);
  await records.markChanged([licenseId], nowS);
  await records.appendAudit(
    audit(enabled ? 'license.enable' : 'license.disable', { actor, nowS, licenseId }),
  );
  return license;
}

/**
 * Deletes a license for good, and those that are under its key. No key or user finds it any more; devices that have it go on
 * until they load their next file, which says that it is disabled. Their reports and deactivations are answered as ever.
 *
 * @param version - The one that was seen when it was decided.
 * @throws {@link LatchkeyError} NOT_FOUND - for a license that there is not, or that was deleted before.
 * @throws {@link LatchkeyError} EDIT_CONFLICT - when somebody changed it since.
 */
export async function deleteLicense(
  { licenseId, version }: { licenseId: Bytes; version: number },
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<void> {
  const license = await requireUndeleted(licenseId, records);
  requireVersion(license, version);
  for (const each of [license, ...(await records.findBundledLicenses(licenseId))]) {
    const end = { enabled: false, deletedAtS: nowS, updatedAtS: nowS, version: each.version + 1 };
    await records.updateLicense({ ...each, ...end });
    await records.markChanged([each.id], nowS);
    await records.appendAudit(audit('license.delete', { actor, nowS, licenseId: each.id }));
  }
}

const nothingOwn = { totals: [], periods: [] };

/**
 * Sets the total of a counter to 0, in its period if it has one. The sums stay; a signed correction goes out with the next license file.
 *
 * @param counter - Empty for the license's own.
 * @throws {@link LatchkeyError} NOT_FOUND - for a license or counter that there is not.
 */
export async function resetUsage(
  { licenseId, counter }: { licenseId: Bytes; counter: string },
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<void> {
  const license = await requireUndeleted(licenseId, records);
  const features = await records.findFeatures(licenseId);
  const found = countersOf({ license, features }, nowS).find(each => each.counter === counter);
  if (found === undefined) throw notFound(`counter ${counter}`);
  const { index } = found;
  const all = index === null ? [] : await records.findPeriodsOfLicense(licenseId, [index]);
  const { used, givenBack } = counterSums(found, nothingOwn, all).all;
  await records.saveAdjustment(licenseId, counter, { index, amount: givenBack - used });
  await records.markChanged([licenseId], nowS);
  await records.appendAudit(audit('license.reset-usage', { actor, nowS, licenseId, changed: [counter] }));
}

type Terms = LicenseRecord & { readonly features: readonly LicenseFeatureRecord[] };

const uncompared: ReadonlySet<string> = new Set(['version', 'updatedAtS', 'meter', 'features']);

/** Names of the terms that differ. */
function changedFields(before: Terms, after: Terms): string[] {
  const plain = changedNames(before, after).filter(name => !uncompared.has(name));
  const limits = ceilings(before) === ceilings(after) ? [] : ['limits'];
  return [...plain, ...limits, ...(granted(before) === granted(after) ? [] : ['features'])];
}

function ceilings({ meter }: Pick<Terms, 'meter'>): string {
  return JSON.stringify(ceilingsOf(meter));
}

function granted({ features }: Terms): string {
  const lines = features.map(feature =>
    JSON.stringify([feature.code, feature.expiresAtS, ceilings(feature)]),
  );
  return lines.sort().join();
}
