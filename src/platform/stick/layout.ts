import type { Bytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { randomBytes } from '../../crypto/platform.ts';

/** Where a file is carried to. */
export type Direction = 'to-portal' | 'to-device';

/** Folder of what devices say of themselves. */
export const OUTCOMES_FOLDER = 'outcomes';
/** What makes a folder a vendor's folder on a stick. */
export const ID_FILE = 'latchkey-stick.json';
/** What a person opens who finds the stick. */
export const START_PAGE = 'START HERE.html';

/** Most files in one folder; a stick's worth for a thousand devices is far below. */
export const MAX_STICK_FILES = 20_000;

const ID_FORMAT = 'latchkey-stick';

/** What the id file says. */
export interface StickId {
  /** 16 random bytes, hex: names the stick, wherever it is plugged in. */
  readonly stick: string;
  /** The vendor's domain id, 32 bytes, hex. */
  readonly domain: string;
}

/** A new id for a vendor's folder on a stick. */
export function newStickId(domainId: Bytes): StickId {
  return { stick: toHex(randomBytes(16)), domain: toHex(domainId) };
}

/** The text of an id file. */
export function encodeStickId({ stick, domain }: StickId): string {
  return `${JSON.stringify({ format: ID_FORMAT, version: 1, stick, domain })}\n`;
}

/** What an id file says; null for anything else, as what a pulled stick leaves. @see FORMAT.md#stick */
export function decodeStickId(text: string): StickId | null {
  const { format, version, stick, domain } = jsonRecord(text);
  if (format !== ID_FORMAT || version !== 1) return null;
  if (!isHex(stick, 16) || !isHex(domain, 32)) return null;
  return { stick, domain };
}

/** The name of a vendor's folder where none is there yet: good on every file system. */
export function folderName(vendor: string): string {
  const words = vendor
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(word => word !== '');
  return `${words.join(' ').slice(0, 40).trim() || 'Latchkey'} license files`;
}

/**
 * Whether a name is of what systems and browsers leave beside people's files: hidden files, what macOS keeps beside
 * each file, thumbnails.
 */
export function isSystemFile(name: string): boolean {
  return name.startsWith('.') || /^(desktop\.ini|thumbs\.db|autorun\.inf)$/i.test(name);
}

/** Whether a browser or program had begun to write this and never ended. */
export function isUnfinished(name: string): boolean {
  return /\.(crswap|crdownload|part|partial|tmp)$/i.test(name);
}

/** The members of a JSON object; none when the text is anything else. */
export function jsonRecord(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Whether a value is so many bytes in lower-case hexadecimal digits. */
export function isHex(value: unknown, byteLength: number): value is string {
  return typeof value === 'string' && value.length === 2 * byteLength && /^[0-9a-f]*$/.test(value);
}
