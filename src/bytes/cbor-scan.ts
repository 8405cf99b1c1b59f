import { LatchkeyError } from '../errors.ts';
import { type Bytes, fromUtf8 } from './bytes.ts';

const MAX_DEPTH = 8;

const MAJOR = { uint: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6, simple: 7 } as const;
const FALSE = 20;
const NULL = 22;
const INDEFINITE = 31;

interface Head {
  major: number;
  argument: number;
  /** Where the head ends. */
  end: number;
}

/** An open array or map. */
interface Level {
  /** Items still to come: two for each pair of a map. */
  remaining: number;
  isMap: boolean;
}

/**
 * Walks over CBOR without decoding or recursing, and refuses all that a decoder might take differently from another:
 * what passes holds only integers, byte strings, text, arrays, maps, booleans and null, in their shortest heads.
 * Does not check the order of map keys, nor that each stands once.
 */
export function scanCbor(bytes: Bytes): void {
  const open: Level[] = [];
  let offset = 0;
  do {
    const head = readHead(bytes, offset);
    const level = open.at(-1);
    if (level) countItem(level, head);
    offset = head.end + contentLength(bytes, head);
    if (head.major === MAJOR.array || head.major === MAJOR.map) openLevel(open, head, bytes.length - offset);
    while (open.at(-1)?.remaining === 0) open.pop();
  } while (open.length > 0);
  if (offset < bytes.length) {
    throw new LatchkeyError('TRAILING_BYTES', `${bytes.length - offset} bytes after the end`);
  }
}

function readHead(bytes: Bytes, offset: number): Head {
  const first = bytes[offset];
  if (first === undefined) throw cutShort();
  const major = first >> 5;
  const info = first & 31;
  if (major === MAJOR.tag) throw malformed('a tag');
  if (major === MAJOR.simple) return simpleHead(info, offset);
  if (info < 24) return { major, argument: info, end: offset + 1 };
  if (info === INDEFINITE && major >= MAJOR.bytes) {
    throw new LatchkeyError('CBOR_NOT_DETERMINISTIC', 'an indefinite length');
  }
  if (info > 27) throw malformed('a reserved head');
  return longHead(bytes, offset, major, 2 ** (info - 24));
}

function simpleHead(info: number, offset: number): Head {
  if (info < FALSE || info > NULL) throw malformed('a float, undefined or unassigned simple value');
  return { major: MAJOR.simple, argument: info, end: offset + 1 };
}

function longHead(bytes: Bytes, offset: number, major: number, size: number): Head {
  const end = offset + 1 + size;
  if (end > bytes.length) throw cutShort();
  let argument = 0;
  for (const byte of bytes.subarray(offset + 1, end)) argument = argument * 256 + byte;
  const shorterSize = size / 2;
  const smallest = size === 1 ? 24 : 256 ** shorterSize;
  if (argument < smallest) throw new LatchkeyError('CBOR_NOT_DETERMINISTIC', 'a head longer than need be');
  const largest = major === MAJOR.negative ? Number.MAX_SAFE_INTEGER - 1 : Number.MAX_SAFE_INTEGER;
  if (argument > largest) throw malformed('a number past 2^53-1');
  return { major, argument, end };
}

/** A key is an integer or text. Keys are the items that leave an even number with their own. */
function countItem(level: Level, head: Head): void {
  const isKey = level.isMap && level.remaining % 2 === 0;
  level.remaining -= 1;
  if (isKey && head.major > MAJOR.negative && head.major !== MAJOR.text) {
    throw malformed('a map key that is neither integer nor text');
  }
}

function contentLength(bytes: Bytes, head: Head): number {
  if (head.major !== MAJOR.bytes && head.major !== MAJOR.text) return 0;
  const end = head.end + head.argument;
  if (end > bytes.length) throw cutShort();
  if (head.major === MAJOR.text) checkText(bytes.subarray(head.end, end));
  return head.argument;
}

function checkText(bytes: Bytes): void {
  if (fromUtf8(bytes).startsWith('\ufeff')) throw malformed('text with a byte order mark');
}

function openLevel(open: Level[], head: Head, bytesLeft: number): void {
  if (open.length === MAX_DEPTH) throw new LatchkeyError('CBOR_TOO_DEEP', `more than ${MAX_DEPTH} levels`);
  const isMap = head.major === MAJOR.map;
  const remaining = isMap ? head.argument * 2 : head.argument;
  if (remaining > bytesLeft) throw cutShort();
  open.push({ remaining, isMap });
}

function cutShort(): LatchkeyError {
  return new LatchkeyError('FILE_CUT_SHORT', 'the bytes end before the value does');
}

function malformed(what: string): LatchkeyError {
  return new LatchkeyError('CBOR_MALFORMED', `expected none of ${what}`);
}
