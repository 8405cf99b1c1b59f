import type { CustomField, LicenseTerms as TermsFields } from '../../../../api/license-terms.ts';
import type { License, LicenseSummary, UserOfLicense } from '../../../../api/licenses.ts';
import type { Bytes } from '../../../../bytes/bytes.ts';
import { toHex } from '../../../../bytes/hex.ts';
import { grantsOf, type LicenseTerms, type WholeTerms } from '../../../../issue/administer/license-terms.ts';
import { requireLicense } from '../../../../issue/administer/required.ts';
import { isForUsers } from '../../../../issue/administer/users.ts';
import type { LicenseRecord } from '../../../../issue/records.ts';
import type { Records } from '../../../../issue/repository.ts';
import { standingOf } from '../../../db/console/license-queries.ts';
import { listUsersOfLicense } from '../../../db/console/user-queries.ts';
import { recordsOf } from '../../../db/repository.ts';
import { type ConsolePortal, nowOf } from '../console-env.ts';
import { viewCounters } from './counter-view.ts';
import { viewLicenseBundle } from './license-bundle-view.ts';

/** The license as the console shows it. @throws LatchkeyError NOT_FOUND */
export async function viewLicense(portal: ConsolePortal, id: Bytes): Promise<License> {
  const records = recordsOf(portal.database.db);
  const license = await requireLicense(id, records);
  const features = await records.findFeatures(id);
  const product = await records.findProduct(license.product);
  return {
    id: toHex(license.id),
    product: license.product,
    productName: product?.name ?? license.product,
    type: license.type,
    trial: license.trial,
    state: standingOf(license, nowOf(portal)),
    activeActivations: license.seatsTaken,
    createdAt: license.createdAtS,
    ...(await viewLicenseBundle(license, portal, records)),
    users: isForUsers(license) ? await viewUsers(portal, id) : null,
    order: await viewPlace(license, records),
    policy: await viewOrigin(license, records),
    terms: termsFields({ ...license, ...grantsOf(license, features) }),
    transfersUsed: license.transfersUsed,
    rebindsUsed: license.rebindsUsed,
    ...(await viewCounters(portal, { license, features })),
    version: license.version,
    updatedAt: license.updatedAtS,
  };
}

async function viewOrigin({ policyId }: LicenseRecord, records: Records): Promise<License['policy']> {
  if (policyId === null) return null;
  return { id: toHex(policyId), name: (await records.findPolicy(policyId))?.name ?? null };
}

async function viewPlace(
  { orderId, orderReference }: LicenseRecord,
  records: Records,
): Promise<License['order']> {
  const order = orderId && (await records.findOrder(orderId));
  return order && { id: toHex(order.id), number: order.number, reference: orderReference ?? '' };
}

async function viewUsers({ database }: ConsolePortal, licenseId: Bytes): Promise<UserOfLicense[]> {
  const users = await listUsersOfLicense(database.db, licenseId);
  return users.map(({ id, name, assignedAtS, devices }) => {
    return { id: toHex(id), name, assignedAt: assignedAtS, devices };
  });
}

/** A license as a row of the list. */
export function summarizeLicense(license: LicenseRecord, productName: string, nowS: number): LicenseSummary {
  return {
    id: toHex(license.id),
    product: license.product,
    productName,
    type: license.type,
    trial: license.trial,
    state: standingOf(license, nowS),
    activeActivations: license.seatsTaken,
    createdAt: license.createdAtS,
    customer: license.customer,
    holder: license.holder,
    startsAt: license.startsAtS,
    expiresAt: license.expiresAtS,
    maxActivations: license.maxActivations,
  };
}

/** The fields of a form as the rules take them. */
export function termsOf({
  startsAt,
  expiresAt,
  maintenanceUntil,
  fields,
  features,
  ...terms
}: TermsFields): LicenseTerms {
  return {
    ...terms,
    startsAtS: startsAt,
    expiresAtS: expiresAt,
    maintenanceUntilS: maintenanceUntil,
    customFields: fieldsWith(fields, true),
    metadata: fieldsWith(fields, false),
    features: features.map(feature => ({
      code: feature.code,
      expiresAtS: feature.expiresAt,
      limits: feature.limits,
    })),
  };
}

/** The terms as the fields of a form. */
export function termsFields(terms: WholeTerms): TermsFields {
  return {
    startsAt: terms.startsAtS,
    expiresAt: terms.expiresAtS,
    validityDays: terms.validityDays,
    graceHours: terms.graceHours,
    maintenanceUntil: terms.maintenanceUntilS,
    reportWithin: terms.reportWithin,
    maxActivations: terms.maxActivations,
    maxUsers: terms.maxUsers,
    devicesPerUser: terms.devicesPerUser,
    maxTransfers: terms.maxTransfers,
    maxRebinds: terms.maxRebinds,
    rebindLikeness: terms.rebindLikeness,
    allowOffline: terms.allowOffline,
    preventVm: terms.preventVm,
    maxOpenPeriods: terms.maxOpenPeriods,
    utcOffset: terms.utcOffset,
    limits: terms.limits,
    features: terms.features.map(({ code, expiresAtS, limits }) => ({ code, expiresAt: expiresAtS, limits })),
    customer: terms.customer,
    holder: terms.holder,
    note: terms.note,
    fields: [...fieldsOf(terms.customFields, true), ...fieldsOf(terms.metadata, false)],
  };
}

/** Those that are, or are not, for the device, by name. */
function fieldsWith(fields: readonly CustomField[], onDevice: boolean): Record<string, string> {
  const chosen = fields.filter(field => field.onDevice === onDevice);
  return Object.fromEntries(chosen.map(({ name, value }) => [name, value]));
}

function fieldsOf(values: Readonly<Record<string, string>>, onDevice: boolean): CustomField[] {
  return Object.entries(values).map(([name, value]) => ({ name, value, onDevice }));
}
