import { parseCsv } from '../../api/csv/csv.ts';
import { mistypedGroups, parseLicenseKey } from '../../license/license-key.ts';
import type { Typed } from './named-for.ts';

/** What a list names for devices. */
export interface NamedDevices {
  /** By the device's number, as twelve digits. */
  readonly byNumber: ReadonlyMap<string, Typed>;
  /** Rows that say nothing that can be used, numbered as a spreadsheet does. */
  readonly unread: readonly number[];
}

const deviceNumberDigits = 12;

/** The digits of a device's number, by which lists name it. */
export function digitsOf(deviceNumber: string): string {
  return deviceNumber.replaceAll(/\D/g, '');
}

/**
 * Reads a list of devices: in each row the number of one, and behind it its license key, or user name and password. Further
 * columns are passed over, and so is a first row of headings.
 */
export function keysFromCsv(text: string): NamedDevices {
  const { rows, brokenAt } = parseCsv(text);
  const byNumber = new Map<string, Typed>();
  const unread: number[] = [];
  for (const [index, { number, cells }] of rows.entries()) {
    const place = cells.findIndex(isDeviceNumber);
    const typed = place < 0 ? null : typedIn(cells.slice(place + 1));
    if (typed) byNumber.set(digitsOf(cells[place] ?? ''), typed);
    else if (index > 0 || place >= 0) unread.push(number);
  }
  return { byNumber, unread: brokenAt === null ? unread : [...unread, brokenAt] };
}

function isDeviceNumber(cell: string): boolean {
  return /^[\d\s-]+$/.test(cell.trim()) && digitsOf(cell).length === deviceNumberDigits;
}

function typedIn(cells: readonly string[]): Typed | null {
  const [first = '', second = ''] = cells.map(cell => cell.trim());
  const key = cells.find(isLicenseKey);
  if (key !== undefined) return { key: parseLicenseKey(key) };
  return first !== '' && second !== '' && !looksLikeKey(first) ? { user: first, password: second } : null;
}

function isLicenseKey(cell: string): boolean {
  return looksLikeKey(cell) && mistypedGroups(cell).length === 0;
}

/** One with a typing error is no user's name. */
function looksLikeKey(cell: string): boolean {
  return /^([0-9a-z]{5}[\s-]*){5}$/i.test(cell.trim());
}
