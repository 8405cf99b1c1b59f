import type { CustomField, LicenseTerms as TermsFields } from '../../../api/license-terms.ts';
import type { License, LicenseSummary, UserOfLicense } from '../../../api/licenses.ts';
import type { Bytes } from '../../../bytes/bytes.ts';
import { toHex } from '../../../bytes/hex.ts';
import { ceilingsOf, type LicenseTerms } from '../../../issue/administer/license-terms.ts';
import { requireLicense } from '../../../issue/administer/required.ts';
import type { LicenseFeatureRecord, LicenseRecord } from '../../../issue/records.ts';
import { openLicenseKey } from '../../../issue/secrets/license-secret.ts';
import { formatLicenseKey } from '../../../license/license-key.ts';
import { standingOf } from '../../db/console/license-queries.ts';
import { listUsersOfLicense } from '../../db/console/user-queries.ts';
import { recordsOf } from '../../db/repository.ts';
import { type ConsolePortal, nowOf } from './console-env.ts';
import { viewCounters } from './counter-view.ts';

/** The license as the console shows it. @throws LatchkeyError NOT_FOUND */
export async function viewLicense(portal: ConsolePortal, id: Bytes): Promise<License> {
  const records = recordsOf(portal.database.db);
  const license = await requireLicense(id, records);
  const features = await records.findFeatures(id);
  const product = await records.findProduct(license.product);
  const key = openLicenseKey(license, portal.portal);
  return {
    id: toHex(license.id),
    product: license.product,
    productName: product?.name ?? license.product,
    type: license.type,
    trial: license.trial,
    state: standingOf(license, nowOf(portal)),
    activeActivations: license.seatsTaken,
    createdAt: license.createdAtS,
    key: key ? formatLicenseKey(key) : '',
    users: license.keyLookup === null ? await viewUsers(portal, id) : null,
    terms: termsFields(license, features),
    transfersUsed: license.transfersUsed,
    ...(await viewCounters(portal, { license, features })),
    version: license.version,
    updatedAt: license.updatedAtS,
  };
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

function termsFields(license: LicenseRecord, features: LicenseFeatureRecord[]): TermsFields {
  return {
    startsAt: license.startsAtS,
    expiresAt: license.expiresAtS,
    validityDays: license.validityDays,
    graceHours: license.graceHours,
    maintenanceUntil: license.maintenanceUntilS,
    reportWithin: license.reportWithin,
    maxActivations: license.maxActivations,
    maxUsers: license.maxUsers,
    devicesPerUser: license.devicesPerUser,
    maxTransfers: license.maxTransfers,
    allowOffline: license.allowOffline,
    preventVm: license.preventVm,
    maxOpenPeriods: license.maxOpenPeriods,
    utcOffset: license.utcOffset,
    limits: license.type === 'consumption' ? ceilingsOf(license.meter) : null,
    features: features.map(({ code, type, expiresAtS, meter }) => ({
      code,
      expiresAt: expiresAtS,
      limits: type === 'consumption' ? ceilingsOf(meter) : null,
    })),
    customer: license.customer,
    holder: license.holder,
    note: license.note,
    fields: [...fieldsOf(license.customFields, true), ...fieldsOf(license.metadata, false)],
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
