import { LatchkeyError } from '../errors.ts';
import { type Bytes, fromUtf8 } from './bytes.ts';
import { type CborMap, type CborValue, FALSE, MAJOR, NULL, TRUE } from './cbor-types.ts';

const MAX_DEPTH = 8;

const INDEFINITE = 31;

const MAX_SHORT_TEXT = 24;

/** What a data item begins with. */
interface Head {
  readonly major: number;
  readonly argument: number;
}

/** Reads CBOR from front to end in one pass, and refuses at the first byte what is not deterministic. */
export class CborReader {
  readonly #bytes: Bytes;
  #offset = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  /** The next value. @param depth - Arrays and maps that it is in. */
  read(depth = 0): CborValue {
    return this.#content(this.#head(), depth);
  }

  /** Bytes that were read. */
  get length(): number {
    return this.#offset;
  }

  /** Refuses bytes that follow. */
  end(): void {
    const rest = this.#bytes.length - this.#offset;
    if (rest > 0) throw new LatchkeyError('TRAILING_BYTES', `${rest} bytes after the end`);
  }

  #content({ major, argument }: Head, depth: number): CborValue {
    switch (major) {
      case MAJOR.uint:
        return argument;
      case MAJOR.negative:
        return -1 - argument;
      case MAJOR.bytes:
        return this.#bytes.slice(this.#offset, this.#skip(argument));
      case MAJOR.text:
        return this.#text(argument);
      case MAJOR.array:
        return this.#array(argument, depth);
      case MAJOR.map:
        return this.#map(argument, depth);
      default:
        return argument === NULL ? null : argument === TRUE;
    }
  }

  #array(length: number, depth: number): CborValue[] {
    this.#enter(length, depth);
    const items: CborValue[] = [];
    for (let index = 0; index < length; index += 1) items.push(this.read(depth + 1));
    return items;
  }

  /** Keys stand in the order of their bytes, so each is greater than the one before. */
  #map(size: number, depth: number): CborMap {
    this.#enter(size * 2, depth);
    const map: CborMap = new Map();
    let last = this.#offset;
    let lastEnd = last;
    for (let index = 0; index < size; index += 1) {
      const start = this.#offset;
      const key = this.#key();
      if (!this.#isBefore(last, lastEnd, start)) throw notDeterministic('map keys that are not sorted');
      last = start;
      lastEnd = this.#offset;
      map.set(key, this.read(depth + 1));
    }
    return map;
  }

  /**
   * Whether the key between `start` and `end`, if there is one, comes before the key at `next`. A head tells a key's
   * length, so none is the beginning of another: bytes that do not differ are the same key twice.
   */
  #isBefore(start: number, end: number, next: number): boolean {
    for (let place = start; place < end; place += 1) {
      const difference = (this.#bytes[place] ?? 0) - (this.#bytes[next + place - start] ?? 0);
      if (difference !== 0) return difference < 0;
    }
    return start === end;
  }

  #key(): number | string {
    const { major, argument } = this.#head();
    if (major === MAJOR.uint) return argument;
    if (major === MAJOR.negative) return -1 - argument;
    if (major === MAJOR.text) return this.#text(argument);
    throw malformed('a map key that is neither integer nor text');
  }

  /** Each item takes a byte at least: what cannot be there is not waited for. */
  #enter(items: number, depth: number): void {
    if (depth === MAX_DEPTH) throw new LatchkeyError('CBOR_TOO_DEEP', `more than ${MAX_DEPTH} levels`);
    if (items > this.#bytes.length - this.#offset) throw cutShort();
  }

  #text(length: number): string {
    const start = this.#offset;
    const end = this.#skip(length);
    const text = this.#ascii(start, end) ?? fromUtf8(this.#bytes.subarray(start, end));
    if (text.startsWith('\ufeff')) throw malformed('text with a byte order mark');
    return text;
  }

  /** Short text of plain characters; null for any other. A call of the platform's decoder takes longer than this. */
  #ascii(start: number, end: number): string | null {
    if (end - start > MAX_SHORT_TEXT) return null;
    let text = '';
    for (let place = start; place < end; place += 1) {
      const code = this.#bytes[place] ?? 0;
      if (code >= 0x80) return null;
      text += String.fromCharCode(code);
    }
    return text;
  }

  /** Goes on behind the next bytes, and says where that is. */
  #skip(length: number): number {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw cutShort();
    this.#offset = end;
    return end;
  }

  #head(): Head {
    const first = this.#bytes[this.#offset];
    if (first === undefined) throw cutShort();
    this.#offset += 1;
    const major = first >> 5;
    const info = first & 31;
    if (major === MAJOR.tag) throw malformed('a tag');
    if (major === MAJOR.simple) return simpleHead(info);
    if (info < 24) return { major, argument: info };
    if (info === INDEFINITE && major >= MAJOR.bytes) throw notDeterministic('an indefinite length');
    if (info > 27) throw malformed('a reserved head');
    return this.#longHead(major, 2 ** (info - 24));
  }

  #longHead(major: number, size: number): Head {
    let argument = 0;
    const end = this.#skip(size);
    for (let place = end - size; place < end; place += 1)
      argument = argument * 256 + (this.#bytes[place] ?? 0);
    const smallest = size === 1 ? 24 : 256 ** (size / 2);
    if (argument < smallest) throw notDeterministic('a head longer than need be');
    const largest = major === MAJOR.negative ? Number.MAX_SAFE_INTEGER - 1 : Number.MAX_SAFE_INTEGER;
    if (argument > largest) throw malformed('a number past 2^53-1');
    return { major, argument };
  }
}

function simpleHead(info: number): Head {
  if (info < FALSE || info > NULL) throw malformed('a float, undefined or unassigned simple value');
  return { major: MAJOR.simple, argument: info };
}

function cutShort(): LatchkeyError {
  return new LatchkeyError('FILE_CUT_SHORT', 'the bytes end before the value does');
}

function notDeterministic(what: string): LatchkeyError {
  return new LatchkeyError('CBOR_NOT_DETERMINISTIC', `expected none of ${what}`);
}

function malformed(what: string): LatchkeyError {
  return new LatchkeyError('CBOR_MALFORMED', `expected none of ${what}`);
}
