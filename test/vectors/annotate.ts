import type { Bytes } from '../../src/bytes/bytes.ts';
import { type CborMap, type CborValue, decodeCbor, encodeCbor } from '../../src/bytes/cbor.ts';
import { toHex } from '../../src/bytes/hex.ts';

/** Names of labels, by which a dump says what a number stands for. */
export type Names = ReadonlyMap<number | string, string>;

const commentColumn = 76;
const bytesPerLine = 24;

/** A dump of encoded CBOR, one line for each item, with what it means behind it. */
export function annotate(encoded: Bytes, names: Names): string[] {
  return dump(decodeCbor(encoded), { depth: 0, note: '', names });
}

/** A line of hex with a comment. Long hex goes on in further lines. */
export function line(hex: string, note: string, depth = 0): string[] {
  const indent = '  '.repeat(depth);
  const chunks = hex.match(new RegExp(`.{1,${bytesPerLine * 2}}`, 'g')) ?? [''];
  return chunks.map((chunk, index) => {
    const text = `${indent}${index === 0 ? '' : '  '}${chunk}`;
    return index === 0 && note !== '' ? `${text.padEnd(commentColumn)}  ${note}` : text;
  });
}

interface Place {
  readonly depth: number;
  readonly note: string;
  readonly names: Names;
}

function dump(value: CborValue, { depth, note, names }: Place): string[] {
  const hex = toHex(encodeCbor(value));
  if (value instanceof Map) return dumpMap(value, { depth, note, names });
  if (Array.isArray(value)) {
    if (value.every(isNumber)) return line(hex, described(note, `[${value.join(', ')}]`), depth);
    const items = value.flatMap(item => dump(item, { depth: depth + 1, note: '', names: new Map() }));
    return [...line(headOf(value, hex), described(note, `array of ${value.length}`), depth), ...items];
  }
  return line(hex, described(note, textOf(value)), depth);
}

function dumpMap(map: CborMap, { depth, note, names }: Place): string[] {
  const hex = toHex(encodeCbor(map));
  const sorted = decodeCbor(encodeCbor(map));
  if (!(sorted instanceof Map)) return [];
  const pairs = [...sorted].flatMap(([key, item]) =>
    dumpPair(key, item, { depth: depth + 1, note: '', names }),
  );
  return [...line(headOf(map, hex), described(note, `map of ${map.size}`), depth), ...pairs];
}

/** The key and, where it is short, its value on one line. */
function dumpPair(key: number | string, item: CborValue, { depth, names }: Place): string[] {
  const keyHex = toHex(encodeCbor(key));
  const note = `${key}${names.has(key) ? ` ${names.get(key)}` : ''}`;
  const [first = '', ...rest] = dump(item, { depth, note, names: new Map() });
  const joined = `${'  '.repeat(depth)}${keyHex} ${first.trimStart()}`;
  return [realigned(joined), ...rest];
}

function realigned(text: string): string {
  const match = /^(\s*\S+ \S+)\s+(\S.*)$/.exec(text);
  return match ? `${(match[1] ?? '').padEnd(commentColumn)}  ${match[2]}` : text;
}

function headOf(value: CborValue[] | CborMap, hex: string): string {
  const count = Array.isArray(value) ? value.length : value.size;
  return hex.slice(0, count < 24 ? 2 : 4);
}

function isNumber(value: CborValue): value is number {
  return typeof value === 'number';
}

function described(note: string, text: string): string {
  return note === '' ? text : `${note}: ${text}`;
}

function textOf(value: CborValue): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  return JSON.stringify(value);
}
