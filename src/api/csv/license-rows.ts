import { LatchkeyError } from '../../errors.ts';
import { secondOf } from '../days.ts';
import {
  defaultLimits,
  defaultTerms,
  issueProblem,
  type LicenseFeature,
  type LicenseTerms,
  type LicenseType,
  licenseTypes,
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
  };
}

function limitsOf(cells: Cells, type: LicenseType, { limits }: LicenseTerms): LicenseTerms['limits'] {
  const maximum = limitOf(cells, 'maximum');
  const overage = numberOf(cells, 'overage');
  if (type !== 'consumption' && maximum === undefined && overage === undefined) return limits;
  if (limits === null && maximum === undefined) throw new WrongCell('maximum', 'required');
  const base = limits ?? defaultLimits();
  return {
    ...base,
    maximum: maximum === undefined ? base.maximum : maximum,
    overageMaximum: overage ?? base.overageMaximum,
  };
}

/** For example "export; plates=500+50": what is counted has its maximum, and what may be used past it. */
function featuresOf(text: string): LicenseFeature[] {
  return text.split(/[;\s]+/).flatMap((part): LicenseFeature[] => {
    if (part === '') return [];
    const [, code, maximum, overage] =
      /^([a-z0-9-]+)(?:=(\d+|unlimited)(?:\+(\d+))?)?$/.exec(part.toLowerCase()) ?? [];
    if (code === undefined) throw new WrongCell('features', 'format');
    if (maximum === undefined) return [{ code, expiresAt: null, limits: null }];
    const limits = defaultLimits(maximum === 'unlimited' ? null : Number(maximum));
    return [{ code, expiresAt: null, limits: { ...limits, overageMaximum: Number(overage ?? 0) } }];
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
