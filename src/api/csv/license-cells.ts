import { dayOf } from '../days.ts';
import type { CustomField, LicenseFeature, LicenseTerms, LicenseType } from '../license-terms.ts';
import type { LicenseState } from '../licenses.ts';
import type { CsvColumn, StatedColumn } from './columns.ts';

/** A license as an export states it. */
export interface StatedLicense {
  readonly id: string;
  readonly product: string;
  readonly type: LicenseType;
  readonly trial: boolean;
  readonly state: LicenseState;
  readonly activeActivations: number;
  readonly createdAt: number;
  readonly order: { readonly number: string; readonly reference: string } | null;
  /** Name of its policy; empty: it has none. */
  readonly policy: string;
  readonly terms: LicenseTerms;
  /** Null: keys are left out. */
  readonly key: string | null;
}

/** The cells of a license; an import of them makes the same license, as far as there are columns for it. */
export function cellsOfLicense(license: StatedLicense): Record<CsvColumn | StatedColumn, string> {
  const { id, product, policy, type, trial, state, activeActivations, createdAt, order, terms } = license;
  return {
    order: order?.number ?? '',
    reference: order?.reference ?? '',
    product,
    policy,
    type,
    trial: trial ? 'yes' : 'no',
    ...cellsOfTerms(terms),
    id,
    state,
    devices: String(activeActivations),
    issued: dayOf(createdAt),
    key: license.key ?? '',
  };
}

function cellsOfTerms(terms: LicenseTerms) {
  const { customer, holder, note, limits, fields } = terms;
  return {
    customer,
    holder,
    seats: limitCell(terms.maxActivations),
    start: dayCell(terms.startsAt),
    end: dayCell(terms.expiresAt),
    days: terms.validityDays === null ? '' : String(terms.validityDays),
    'grace hours': String(terms.graceHours),
    'updates until': dayCell(terms.maintenanceUntil),
    transfers: limitCell(terms.maxTransfers),
    maximum: limits ? limitCell(limits.maximum) : '',
    overage: limits ? String(limits.overageMaximum) : '',
    resets: limits ? (limits.resetPeriod ?? 'never') : '',
    share: limits ? limitCell(limits.share) : '',
    features: terms.features.map(featureText).join('; '),
    fields: fieldsCell(fields.filter(({ onDevice }) => !onDevice)),
    'device fields': fieldsCell(fields.filter(({ onDevice }) => onDevice)),
    note,
  };
}

function featureText({ code, limits }: LicenseFeature): string {
  if (!limits) return code;
  const overage = limits.overageMaximum > 0 ? `+${limits.overageMaximum}` : '';
  const resets = limits.resetPeriod === null ? '' : `/${limits.resetPeriod}`;
  return `${code}=${limitCell(limits.maximum)}${overage}${resets}`;
}

/** One a line: neither names nor values hold line breaks. */
function fieldsCell(fields: readonly CustomField[]): string {
  return fields.map(({ name, value }) => `${name}=${value}`).join('\n');
}

function limitCell(limit: number | null): string {
  return limit === null ? 'unlimited' : String(limit);
}

function dayCell(seconds: number | null): string {
  return seconds === null ? '' : dayOf(seconds);
}
