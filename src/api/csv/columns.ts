/** The columns of a file of licenses, in the order in which it is exported. */
export const csvColumns = [
  'order',
  'reference',
  'product',
  'policy',
  'type',
  'trial',
  'customer',
  'holder',
  'seats',
  'start',
  'end',
  'days',
  'grace hours',
  'updates until',
  'transfers',
  'maximum',
  'overage',
  'resets',
  'share',
  'features',
  'fields',
  'device fields',
  'note',
] as const;

/** What an export says besides; an import leaves it out. */
export const statedColumns = ['id', 'state', 'devices', 'issued', 'key'] as const;

export type CsvColumn = (typeof csvColumns)[number];
export type StatedColumn = (typeof statedColumns)[number];

const columnsByField: Readonly<Record<string, CsvColumn>> = {
  policyId: 'policy',
  'terms.startsAt': 'start',
  'terms.expiresAt': 'end',
  'terms.validityDays': 'days',
  'terms.graceHours': 'grace hours',
  'terms.maintenanceUntil': 'updates until',
  'terms.maxActivations': 'seats',
  'terms.maxTransfers': 'transfers',
  'terms.limits': 'maximum',
  'terms.limits.maximum': 'maximum',
  'terms.limits.overageMaximum': 'overage',
  'terms.limits.resetPeriod': 'resets',
  'terms.limits.share': 'share',
};

/** The column that a field of a license is written in; what has none of its own comes from the policy. */
export function columnOf(field: string): CsvColumn {
  const named = columnsByField[field] ?? csvColumns.find(each => field === each || field === `terms.${each}`);
  if (named) return named;
  if (field.startsWith('terms.fields')) return 'fields';
  return field.startsWith('terms.features') ? 'features' : 'policy';
}

/** A head of a file that cannot be read. */
export interface HeadProblem {
  /** Of the column as it stands in the file. */
  readonly name: string;
  readonly rule: 'required' | 'unknown' | 'repeated';
}

/** Where each column stands in a file, by its first row. Names count without capitals and spaces around them. */
export function readHead(cells: readonly string[]): { at: Map<CsvColumn, number>; problems: HeadProblem[] } {
  const at = new Map<CsvColumn, number>();
  const problems: HeadProblem[] = [];
  cells.forEach((cell, index) => {
    const name = cell.trim().toLowerCase().replaceAll('_', ' ');
    const column = csvColumns.find(each => each === name);
    if (column && at.has(column)) problems.push({ name: cell, rule: 'repeated' });
    else if (column) at.set(column, index);
    else if (name !== '' && !statedColumns.some(each => each === name))
      problems.push({ name: cell, rule: 'unknown' });
  });
  if (!at.has('product')) problems.push({ name: 'product', rule: 'required' });
  return { at, problems };
}

/** The cells of a row by their columns, without spaces around them. */
export function cellsOf(
  at: ReadonlyMap<CsvColumn, number>,
  cells: readonly string[],
): Record<CsvColumn, string> {
  const read = (column: CsvColumn) => cells[at.get(column) ?? -1]?.trim() ?? '';
  return {
    order: read('order'),
    reference: read('reference'),
    product: read('product'),
    policy: read('policy'),
    type: read('type'),
    trial: read('trial'),
    customer: read('customer'),
    holder: read('holder'),
    seats: read('seats'),
    start: read('start'),
    end: read('end'),
    days: read('days'),
    'grace hours': read('grace hours'),
    'updates until': read('updates until'),
    transfers: read('transfers'),
    maximum: read('maximum'),
    overage: read('overage'),
    resets: read('resets'),
    share: read('share'),
    features: read('features'),
    fields: read('fields'),
    'device fields': read('device fields'),
    note: read('note'),
  };
}
