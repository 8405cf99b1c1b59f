import { type Bytes, compareBytes, utf8 } from './bytes.ts';
import { type CborMap, type CborValue, FALSE, MAJOR, NULL, TRUE } from './cbor-types.ts';

const ROOM_BYTES = 4096;

/** A range, because a property's name makes the engine load its tables of Unicode. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** What is written byte by byte. */
const PLAIN_TEXT = /^[\x20-\x7e]{0,24}$/;

type Key = number | string;

/** Writes CBOR with the shortest heads and sorted keys, into room that is used again and grows when it must. */
export class CborWriter {
  readonly #usual: Bytes = new Uint8Array(ROOM_BYTES);
  #room = this.#usual;
  #length = 0;

  /** The bytes of one value. @throws TypeError - for what the format does not write. */
  encode(value: CborValue): Bytes {
    this.#room = this.#usual;
    this.#length = 0;
    this.#write(value);
    return this.#room.slice(0, this.#length);
  }

  #write(value: CborValue): void {
    if (typeof value === 'number') this.#integer(value);
    else if (typeof value === 'string') this.#text(value);
    else if (value instanceof Uint8Array) this.#string(MAJOR.bytes, value);
    else if (value instanceof Map) this.#map(value);
    else if (Array.isArray(value)) this.#array(value);
    else this.#simple(value);
  }

  #integer(value: number): void {
    if (!Number.isSafeInteger(value)) throw new TypeError('expected a safe integer');
    if (value < 0) this.#head(MAJOR.negative, -1 - value);
    else this.#head(MAJOR.uint, value);
  }

  #text(text: string): void {
    if (LONE_SURROGATE.test(text)) throw new TypeError('expected text without lone surrogates');
    if (text.startsWith('\ufeff')) throw new TypeError('expected text without a byte order mark');
    if (!this.#ascii(text)) this.#string(MAJOR.text, utf8(text));
  }

  /** Writes short text of plain characters, which takes less time than a call of the platform's encoder. */
  #ascii(text: string): boolean {
    if (!PLAIN_TEXT.test(text)) return false;
    this.#head(MAJOR.text, text.length);
    this.#reserve(text.length);
    for (let index = 0; index < text.length; index += 1) {
      this.#room[this.#length + index] = text.charCodeAt(index);
    }
    this.#length += text.length;
    return true;
  }

  #string(major: number, bytes: Uint8Array): void {
    this.#head(major, bytes.length);
    this.#append(bytes);
  }

  #array(items: CborValue[]): void {
    this.#head(MAJOR.array, items.length);
    for (const item of items) this.#write(item);
  }

  #map(map: CborMap): void {
    this.#head(MAJOR.map, map.size);
    for (const [key, value] of [...map].sort(([a], [b]) => compareKeys(a, b))) {
      this.#write(key);
      this.#write(value);
    }
  }

  #simple(value: boolean | null): void {
    if (value === null) this.#head(MAJOR.simple, NULL);
    else if (typeof value === 'boolean') this.#head(MAJOR.simple, value ? TRUE : FALSE);
    else throw new TypeError(`expected a value of the format, got ${typeof value}`);
  }

  #head(major: number, argument: number): void {
    const size = argumentSize(argument);
    this.#reserve(1 + size);
    const info = size === 0 ? argument : 24 + Math.log2(size);
    this.#room[this.#length] = (major << 5) | info;
    let rest = argument;
    for (let place = this.#length + size; place > this.#length; place -= 1) {
      this.#room[place] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    this.#length += 1 + size;
  }

  #append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#room.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#room.length) return;
    const room = new Uint8Array(Math.max(needed, this.#room.length * 2));
    room.set(this.#room);
    this.#room = room;
  }
}

/** Bytes of an argument past the head's first byte. */
function argumentSize(argument: number): 0 | 1 | 2 | 4 | 8 {
  if (argument < 24) return 0;
  if (argument < 0x100) return 1;
  if (argument < 0x1_0000) return 2;
  return argument < 0x1_0000_0000 ? 4 : 8;
}

/** In the order of their encoded bytes: numbers before text, the shorter head before the longer. */
function compareKeys(a: Key, b: Key): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(utf8(a), utf8(b));
  if (typeof a === 'string' || typeof b === 'string') return typeof a === 'string' ? 1 : -1;
  if (a < 0 && b < 0) return b - a;
  return a < 0 || b < 0 ? b - a : a - b;
}

function compareTexts(a: Bytes, b: Bytes): number {
  return a.length - b.length || compareBytes(a, b);
}
