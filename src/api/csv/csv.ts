/**
 * Comma-separated values as RFC 4180 has them: what spreadsheets write, and what they open without running any of it.
 *
 * @see docs/adr/0026-customers-and-orders.md
 */

/** A row of a file, numbered as a spreadsheet numbers it, from 1. */
export interface CsvRow {
  readonly number: number;
  readonly cells: readonly string[];
}

/** The rows of a file that are not empty; `brokenAt`: the row in which a quote begins that never ends. */
export interface CsvRows {
  readonly rows: readonly CsvRow[];
  readonly brokenAt: number | null;
}

/** So that spreadsheets take it for UTF-8. */
const BOM = '\uFEFF';

/** A spreadsheet takes a cell that begins so for a formula; one with apostrophes before that could be read as guarded. */
const formula = /^'*[=+\-@\t\r]/;
const guard = /^'(?='*[=+\-@\t\r])/;

const separators = [',', ';', '\t'] as const;

/** Writes rows. A cell that a spreadsheet would take for a formula gets an apostrophe in front, which {@link parseCsv} takes off. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return BOM + writeRows(rows);
}

/** As {@link writeCsv}, without the mark that stands at the beginning of a file. */
export function writeRows(rows: readonly (readonly string[])[]): string {
  return rows.map(cells => `${cells.map(writeCell).join(',')}\r\n`).join('');
}

function writeCell(text: string): string {
  const guarded = formula.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Reads rows that commas, semicolons or tabs separate, whichever is most in the first line. */
export function parseCsv(file: string): CsvRows {
  const text = file.startsWith(BOM) ? file.slice(1) : file;
  const reader = new Reader(text, separatorOf(text));
  const rows: CsvRow[] = [];
  for (let number = 1; !reader.isAtEnd; number += 1) {
    const cells = reader.row();
    if (cells === null) return { rows, brokenAt: number };
    if (cells.some(cell => cell.trim() !== '')) rows.push({ number, cells });
  }
  return { rows, brokenAt: null };
}

function separatorOf(text: string): string {
  const [line = ''] = text.split(/[\r\n]/, 1);
  const counts = separators.map(separator => line.split(separator).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
}

class Reader {
  readonly #text: string;
  readonly #separator: string;
  readonly #end: RegExp;
  #at = 0;

  constructor(text: string, separator: string) {
    this.#text = text;
    this.#separator = separator;
    this.#end = new RegExp(`[${separator}\r\n]`, 'g');
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** The next row; null when a quote never ends. */
  row(): string[] | null {
    const cells: string[] = [];
    do {
      const cell = this.#cell();
      if (cell === null) return null;
      cells.push(cell.replace(guard, ''));
    } while (this.#take(this.#separator));
    this.#take('\r');
    this.#take('\n');
    return cells;
  }

  #cell(): string | null {
    if (!this.#take('"')) return this.#plain();
    let cell = '';
    for (;;) {
      const close = this.#text.indexOf('"', this.#at);
      if (close < 0) return null;
      cell += this.#text.slice(this.#at, close);
      this.#at = close + 1;
      // What stands behind the quote belongs to the cell, though it should not be there.
      if (!this.#take('"')) return cell + this.#plain();
      cell += '"';
    }
  }

  #plain(): string {
    this.#end.lastIndex = this.#at;
    const end = this.#end.exec(this.#text)?.index ?? this.#text.length;
    const cell = this.#text.slice(this.#at, end);
    this.#at = end;
    return cell;
  }

  #take(text: string): boolean {
    const isThere = this.#text.startsWith(text, this.#at);
    if (isThere) this.#at += text.length;
    return isThere;
  }
}
