import { type CsvColumn, cellsOf, type HeadProblem, readHead } from '../../api/csv/columns.ts';
import { parseCsv } from '../../api/csv/csv.ts';
import { type CellProblem, type Cells, licenseOfRow, problemOf } from '../../api/csv/license-rows.ts';
import { type Issued, maxLicensesAtOnce, type OrderedLicense } from '../../api/orders.ts';
import type { Policy } from '../../api/policies.ts';

/** A file of licenses, read; its first row says which column is which. */
export interface ImportFile {
  readonly rows: readonly { readonly row: number; readonly cells: Cells }[];
}

/** Why nothing of a file can be imported. */
export type FileFault =
  | { readonly kind: 'not-utf8' | 'empty' | 'too-many' }
  | { readonly kind: 'quote'; readonly row: number }
  | { readonly kind: 'head'; readonly problems: readonly HeadProblem[] };

/** A row that can be imported, as far as it was looked at. */
export interface GoodRow {
  readonly row: number;
  readonly cells: Cells;
  readonly license: OrderedLicense;
}

/** A row that cannot be imported, with the cell that is wrong. */
export interface BadRow extends CellProblem {
  readonly row: number;
  /** What the cell says. */
  readonly text: string;
}

/** What a look at the rows came to. */
export interface CheckedRows {
  readonly good: readonly GoodRow[];
  /** In the order of the file. */
  readonly bad: readonly BadRow[];
  /** Rows that were imported before. */
  readonly present: number;
}

/** Rows that are looked at before the page may do something else. */
const sliceRows = 100;

/** Reads a file, and no row of it yet. */
export function readImport(bytes: Uint8Array): { file: ImportFile } | { fault: FileFault } {
  const text = decode(bytes);
  if (text === null) return { fault: { kind: 'not-utf8' } };
  const { rows, brokenAt } = parseCsv(text);
  if (brokenAt !== null) return { fault: { kind: 'quote', row: brokenAt } };
  const [head, ...rest] = rows;
  if (!head || rest.length === 0) return { fault: { kind: 'empty' } };
  if (rest.length > maxLicensesAtOnce) return { fault: { kind: 'too-many' } };
  const { at, problems } = readHead(head.cells);
  if (problems.length > 0) return { fault: { kind: 'head', problems } };
  return { file: { rows: rest.map(({ number, cells }) => ({ row: number, cells: cellsOf(at, cells) })) } };
}

/** Looks at the rows in slices, between which the page goes on. */
export async function checkRows(
  { rows }: ImportFile,
  context: { order: string; policies: readonly Policy[] },
  onRows: (done: number) => void,
): Promise<CheckedRows> {
  const good: GoodRow[] = [];
  const bad: BadRow[] = [];
  const places = new Set<string>();
  const nowS = Math.floor(Date.now() / 1000);
  for (let start = 0; start < rows.length; start += sliceRows) {
    for (const { row, cells } of rows.slice(start, start + sliceRows)) {
      const read = licenseOfRow(cells, { ...context, row, nowS });
      const checked = 'license' in read ? inNewPlace(read.license, places) : read;
      if ('license' in checked) good.push({ row, cells, license: checked.license });
      else bad.push(badRow({ row, cells }, checked.problem));
    }
    onRows(Math.min(start + sliceRows, rows.length));
    await new Promise(resolve => setTimeout(resolve));
  }
  return { good, bad, present: 0 };
}

/** Puts what the server said of the good rows beside what was seen of them here. */
export function withAnswers({ good, bad }: CheckedRows, outcomes: readonly Issued[]): CheckedRows {
  const refused = good.flatMap((each, index) => {
    const outcome = outcomes[index];
    return outcome?.outcome === 'refused' ? [badRow(each, problemOf(outcome))] : [];
  });
  const all = [...bad, ...refused].toSorted((one, other) => one.row - other.row);
  return {
    good: good.filter((_, index) => outcomes[index]?.outcome === 'good'),
    bad: all,
    present: outcomes.filter(({ outcome }) => outcome === 'present').length,
  };
}

/** Number of the order for rows that name none: the file's name, so that the same file is known again. */
export function orderOfFile(name: string): string {
  const bare = name.replace(/\.[^.]*$/, '').replaceAll(/[\p{Cc}\p{Cs}]/gu, '');
  return bare.trim().slice(0, 40) || 'import';
}

function inNewPlace(license: OrderedLicense, places: Set<string>) {
  const place = JSON.stringify([license.order, license.reference]);
  if (places.has(place)) return { problem: { column: 'reference', rule: 'repeated' } as const };
  places.add(place);
  return { license };
}

function badRow({ row, cells }: { row: number; cells: Cells }, problem: CellProblem): BadRow {
  return { row, ...problem, text: textOf(cells, problem.column) };
}

function textOf(cells: Cells, column: CsvColumn): string {
  const text = cells[column];
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
