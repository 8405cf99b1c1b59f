import type { Selectable } from 'kysely';
import type { LicenseFeatureRecord, LicenseRecord, Meter } from '../../../issue/records.ts';
import type { FeatureTable, Flag, LicenseFeatureTable, LicenseTable } from '../tables.ts';

type LicenseRow = Selectable<LicenseTable>;
type LicenseFeatureRow = Selectable<LicenseFeatureTable>;

/** true or false for an integer column. */
export function toFlag(value: boolean): Flag {
  return value ? 1 : 0;
}

function toMeter(row: LicenseRow | LicenseFeatureRow): Meter {
  return {
    maximum: row.maximum,
    overageMaximum: row.overage_maximum,
    used: row.used,
    givenBack: row.given_back,
    adjustment: row.adjustment,
    periodAdjustment:
      row.adjustment_period === null ? null : { index: row.adjustment_period, amount: row.period_adjustment },
    resetPeriod: row.reset_period,
    mayBeNegative: row.may_be_negative === 1,
    share: row.share,
  };
}

/** The columns of a counter that an edit may change. */
export function fromCeilings({ maximum, overageMaximum, resetPeriod, mayBeNegative, share }: Meter) {
  return {
    maximum,
    overage_maximum: overageMaximum,
    reset_period: resetPeriod,
    may_be_negative: toFlag(mayBeNegative),
    share,
  };
}

/** A license as its row has it. */
export function toLicense(row: LicenseRow): LicenseRecord {
  const { report_within_days: days, report_grace_days: graceDays } = row;
  return {
    id: row.id,
    product: row.product,
    type: row.type,
    trial: row.trial === 1,
    policyId: row.policy_id,
    enabled: row.enabled === 1,
    keyLookup: row.key_lookup,
    keySealed: row.key_sealed,
    bundledWith: row.bundled_with,
    holder: row.holder,
    customer: row.customer,
    note: row.note,
    startsAtS: row.starts_at_s,
    expiresAtS: row.expires_at_s,
    validityDays: row.validity_days,
    graceHours: row.grace_hours,
    maintenanceUntilS: row.maintenance_until_s,
    maxActivations: row.max_activations,
    maxUsers: row.max_users,
    devicesPerUser: row.devices_per_user,
    maxTransfers: row.max_transfers,
    transfersUsed: row.transfers_used,
    maxRebinds: row.max_rebinds,
    rebindLikeness: row.rebind_likeness,
    rebindsUsed: row.rebinds_used,
    allowOffline: row.allow_offline === 1,
    preventVm: row.prevent_vm === 1,
    reportWithin: days === null ? null : { days, graceDays: graceDays ?? 0 },
    maxOpenPeriods: row.max_open_periods,
    utcOffset: row.utc_offset,
    customFields: JSON.parse(row.custom_fields),
    metadata: JSON.parse(row.metadata),
    meter: toMeter(row),
    seatsTaken: row.seats_taken,
    seatsGranted: row.seats_granted,
    orderId: row.order_id,
    orderReference: row.order_reference,
    version: row.version,
    createdAtS: row.created_at_s,
    updatedAtS: row.updated_at_s,
    deletedAtS: row.deleted_at_s,
  };
}

/** The columns of a license that an edit may change. */
export function fromLicenseTerms(license: LicenseRecord) {
  return {
    trial: toFlag(license.trial),
    enabled: toFlag(license.enabled),
    holder: license.holder,
    customer: license.customer,
    note: license.note,
    starts_at_s: license.startsAtS,
    expires_at_s: license.expiresAtS,
    validity_days: license.validityDays,
    grace_hours: license.graceHours,
    maintenance_until_s: license.maintenanceUntilS,
    max_activations: license.maxActivations,
    max_users: license.maxUsers,
    devices_per_user: license.devicesPerUser,
    max_transfers: license.maxTransfers,
    max_rebinds: license.maxRebinds,
    rebind_likeness: license.rebindLikeness,
    allow_offline: toFlag(license.allowOffline),
    prevent_vm: toFlag(license.preventVm),
    report_within_days: license.reportWithin?.days ?? null,
    report_grace_days: license.reportWithin?.graceDays ?? null,
    custom_fields: JSON.stringify(license.customFields),
    metadata: JSON.stringify(license.metadata),
    max_open_periods: license.maxOpenPeriods,
    utc_offset: license.utcOffset,
    ...fromCeilings(license.meter),
    version: license.version,
    updated_at_s: license.updatedAtS,
    deleted_at_s: license.deletedAtS,
  } satisfies Partial<LicenseRow>;
}

/** The row of a license. */
export function fromLicense(license: LicenseRecord): LicenseRow {
  return {
    ...fromLicenseTerms(license),
    id: license.id,
    product: license.product,
    type: license.type,
    policy_id: license.policyId,
    key_lookup: license.keyLookup,
    key_sealed: license.keySealed,
    bundled_with: license.bundledWith,
    transfers_used: license.transfersUsed,
    rebinds_used: license.rebindsUsed,
    used: license.meter.used,
    given_back: license.meter.givenBack,
    adjustment: license.meter.adjustment,
    period_adjustment: license.meter.periodAdjustment?.amount ?? 0,
    adjustment_period: license.meter.periodAdjustment?.index ?? null,
    seats_taken: license.seatsTaken,
    seats_granted: license.seatsGranted,
    order_id: license.orderId,
    order_reference: license.orderReference,
    created_at_s: license.createdAtS,
  };
}

/** A feature of a license, with what the product says of it. */
export function toLicenseFeature(
  row: LicenseFeatureRow & Pick<FeatureTable, 'name' | 'type'>,
): LicenseFeatureRecord {
  const { code, name, type } = row;
  return { code, name, type, expiresAtS: row.expires_at_s, meter: toMeter(row) };
}
