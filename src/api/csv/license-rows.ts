import { LatchkeyError } from '../../errors.ts';
import { secondOf } from '../days.ts';
import {
  type CustomField,
  defaultLimits,
  defaultTerms,
  issueProblem,
  type LicenseFeature,
  type LicenseTerms,
  type LicenseType,
  licenseTypes,
  type ResetPeriod,
  resetPeriods,
} from '../license-terms.ts';
import { type OrderedLicense, orderedLicenseSchema } from '../orders.ts';
import type { Policy } from '../policies.ts';
import { type FieldRule, parseFields } from '../problem.ts';
import { type CsvColumn, columnOf } from './columns.ts';

/** The cells of a row by their columns; those that the file does not have are empty. */
export type Cells = Readonly<Record<CsvColumn, string>>;

/** What is wrong with a row. */
export interface CellProblem {
  readonly column: CsvColumn;
  readonly rule: FieldRule;
}

/** What a row takes from elsewhere. */
export interface RowContext {
  /** Number of the order for a row that names none. */
  readonly order: string;
  /** Number of the row in its file: its reference when it names none. */
  readonly row: number;
  readonly policies: readonly Policy[];
  /** Now, Unix seconds. */
  readonly nowS: number;
}

/** Reads the license of a row, or says which cell is wrong. What only the server knows is not looked at. */
export function licenseOfRow(
  cells: Cells,
  context: RowContext,
): { license: OrderedLicense } | { problem: CellProblem } {
  try {
    const checked = parseFields(orderedLicenseSchema, readRow(cells, context));
    if ('problem' in checked) return { problem: problemOf(checked.problem) };
    const { type, terms } = checked.fields;
    const problem = issueProblem(type, terms, context.nowS);
    return problem ? { problem: problemOf(problem) } : { license: checked.fields };
  } catch (error) {
    if (!(error instanceof WrongCell)) throw error;
    return { problem: error.problem };
  }
}

/** The column of a field that was refused. */
export function problemOf({ field, rule }: { field: string; rule: FieldRule }): CellProblem {
  return { column: columnOf(field), rule };
}

class WrongCell extends LatchkeyError {
  readonly problem: CellProblem;

  constructor(column: CsvColumn, rule: FieldRule) {
    super('FIELD_REFUSED', `${column}: ${rule}`);
    this.problem = { column, rule };
  }
}

function readRow(cells: Cells, { order, row, policies }: RowContext): OrderedLicense {
  const policy = policyOf(cells, policies);
  const type = typeOf(cells.type) ?? policy?.type;
  if (type === undefined) throw new WrongCell('type', 'required');
  if (policy && type !== policy.type) throw new WrongCell('type', 'not-allowed');
  return {
    order: cells.order || order,
    reference: cells.reference || String(row),
    product: cells.product,
    type,
    trial: flagOf(cells, 'trial') ?? policy?.trial ?? false,
    policyId: policy?.id ?? null,
    terms: termsOf(cells, type, { ...defaultTerms(), ...policy?.terms }),
  };
}

function policyOf({ product, policy }: Cells, policies: readonly Policy[]): Policy | undefined {
  if (policy === '') return undefined;
  const found = policies.find(each => each.product === product && each.name === policy);
  if (!found) throw new WrongCell('policy', 'not-allowed');
  return found;
}

function typeOf(text: string): LicenseType | undefined {
  if (text === '') return undefined;
  const type = licenseTypes.find(each => each === text.toLowerCase());
  if (!type) throw new WrongCell('type', 'format');
  return type;
}

/** What a cell does not say is as the policy has it, or as a new license has it. */
function termsOf(cells: Cells, type: LicenseType, base: LicenseTerms): LicenseTerms {
  const { customer, holder, note } = cells;
  const { days, ...others } = {
    days: numberOf(cells, 'days'),
    seats: limitOf(cells, 'seats'),
    transfers: limitOf(cells, 'transfers'),
  };
  return {
    ...base,
    customer,
    holder,
    note,
    startsAt: dayOf(cells, 'start', 'start'),
    expiresAt: dayOf(cells, 'end', 'end'),
    validityDays: days ?? (cells.end === '' ? base.validityDays : null),
    graceHours: numberOf(cells, 'grace hours') ?? base.graceHours,
    maintenanceUntil: dayOf(cells, 'updates until', 'end') ?? base.maintenanceUntil,
    maxActivations: others.seats === undefined ? base.maxActivations : others.seats,
    maxTransfers: others.transfers === undefined ? base.maxTransfers : others.transfers,
    limits: limitsOf(cells, type, base),
    features: cells.features === '' ? base.features : featuresOf(cells.features),
    fields: fieldsOf(cells, base),
  };
}

function limitsOf(cells: Cells, type: LicenseType, { limits }: LicenseTerms): LicenseTerms['limits'] {
  const maximum = limitOf(cells, 'maximum');
  const overage = numberOf(cells, 'overage');
  const resets = resetsOf(cells);
  const share = limitOf(cells, 'share');
  const said = [maximum, overage, resets, share].some(value => value !== undefined);
  if (type !== 'consumption' && !said) return limits;
  if (limits === null && maximum === undefined) throw new WrongCell('maximum', 'required');
  const base = limits ?? defaultLimits();
  return {
    ...base,
    maximum: maximum === undefined ? base.maximum : maximum,
    overageMaximum: overage ?? base.overageMaximum,
    resetPeriod: resets === undefined ? base.resetPeriod : resets,
    share: share === undefined ? base.share : share,
  };
}

function resetsOf(cells: Cells): ResetPeriod | null | undefined {
  const text = cells.resets.toLowerCase();
  if (text === '') return undefined;
  if (text === 'never') return null;
  const period = resetPeriods.find(each => each === text);
  if (!period) throw new WrongCell('resets', 'format');
  return period;
}

/** For example "export; plates=500+50/monthly": what is counted has its maximum, what may be used past it, and how often it begins anew. */
function featuresOf(text: string): LicenseFeature[] {
  return text.split(/[;\s]+/).flatMap((part): LicenseFeature[] => {
    if (part === '') return [];
    const [, code, maximum, overage, resets] =
      /^([a-z0-9-]+)(?:=(\d+|unlimited)(?:\+(\d+))?(?:\/([a-z]+))?)?$/.exec(part.toLowerCase()) ?? [];
    if (code === undefined) throw new WrongCell('features', 'format');
    if (maximum === undefined) return [{ code, expiresAt: null, limits: null }];
    const resetPeriod = resetPeriods.find(each => each === resets) ?? null;
    if (resets !== undefined && resetPeriod === null) throw new WrongCell('features', 'format');
    const limits = defaultLimits(maximum === 'unlimited' ? null : Number(maximum));
    return [
      { code, expiresAt: null, limits: { ...limits, overageMaximum: Number(overage ?? 0), resetPeriod } },
    ];
  });
}

/** A row that names fields has these alone, and none of its policy. */
function fieldsOf(cells: Cells, { fields }: LicenseTerms): CustomField[] {
  const said = [...readFields(cells, 'fields', false), ...readFields(cells, 'device fields', true)];
  return said.length > 0 ? said : fields;
}

/** One a line, as `Line=7`. */
function readFields(cells: Cells, column: 'fields' | 'device fields', onDevice: boolean): CustomField[] {
  return cells[column].split('\n').flatMap((line): CustomField[] => {
    if (line.trim() === '') return [];
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(line.trim()) ?? [];
    if (name.trim() === '') throw new WrongCell(column, 'format');
    return [{ name: name.trim(), value: value.trim(), onDevice }];
  });
}

function numberOf(cells: Cells, column: CsvColumn): number | undefined {
  if (cells[column] === '') return undefined;
  if (!/^\d{1,15}$/.test(cells[column])) throw new WrongCell(column, 'not-whole');
  return Number(cells[column]);
}

function limitOf(cells: Cells, column: CsvColumn): number | null | undefined {
  return cells[column].toLowerCase() === 'unlimited' ? null : numberOf(cells, column);
}

function dayOf(cells: Cells, column: CsvColumn, edge: 'start' | 'end'): number | null {
  if (cells[column] === '') return null;
  const second = secondOf(cells[column], edge);
  if (second === null) throw new WrongCell(column, 'format');
  return second;
}

function flagOf(cells: Cells, column: CsvColumn): boolean | undefined {
  const text = cells[column].toLowerCase();
  if (text === '') return undefined;
  if (text !== 'yes' && text !== 'no') throw new WrongCell(column, 'format');
  return text === 'yes';
}
