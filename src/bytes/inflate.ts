import { LatchkeyError } from '../errors.ts';
import type { Bytes } from './bytes.ts';
import { DICTIONARY_1 } from './dictionary.ts';
import { codeOf, type HuffmanCode, LOOKUP_BITS } from './huffman.ts';

const BLOCK = { stored: 0, fixed: 1, dynamic: 2 } as const;

/** Symbols of the literal and length code (RFC 1951, section 3.2.5). */
const END_OF_BLOCK = 256;
const FIRST_LENGTH = 257;

/** Base values and extra bits of lengths and distances (RFC 1951, section 3.2.5). */
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12_289, 16_385, 24_577,
];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];

/** Order in which the lengths of the code of code lengths stand (RFC 1951, section 3.2.7). */
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/**
 * Inflates raw DEFLATE with preset dictionary 1. Takes no more memory than `declaredLength`.
 *
 * @param declaredLength - The length that the protected header states.
 * @param maxLength - The most that this kind of file may inflate to.
 * @throws {@link LatchkeyError} INFLATED_TOO_LARGE - when `declaredLength` exceeds `maxLength`; nothing is inflated.
 * @throws {@link LatchkeyError} INFLATED_LENGTH_WRONG - when the stream holds more or fewer bytes than declared.
 * @throws {@link LatchkeyError} DEFLATE_MALFORMED - for a stream that breaks RFC 1951 or is cut short.
 * @throws {@link LatchkeyError} DEFLATE_TRAILING_BYTES - when bytes follow the final block.
 * @see FORMAT.md#compression
 */
export function inflate(bytes: Bytes, declaredLength: number, maxLength: number): Bytes {
  if (declaredLength > maxLength) {
    const message = `expected at most ${maxLength} bytes inflated, got ${declaredLength}`;
    throw new LatchkeyError('INFLATED_TOO_LARGE', message);
  }
  return new Inflation(bytes, new Uint8Array(declaredLength)).run();
}

/** One stream on its way into room of the declared length. */
class Inflation {
  readonly #stream: Bytes;
  readonly #room: Bytes;
  #offset = 0;
  #filled = 0;
  /** Bits of the bytes read that are not used yet, below the rest, which is 0. */
  #bits = 0;
  #bitCount = 0;

  constructor(stream: Bytes, room: Bytes) {
    this.#stream = stream;
    this.#room = room;
  }

  run(): Bytes {
    let isFinal = false;
    while (!isFinal) {
      isFinal = this.#take(1) === 1;
      this.#block(this.#take(2));
    }
    this.#alignToByte();
    if (this.#filled !== this.#room.length) throw lengthWrong(this.#room.length);
    if (this.#offset === this.#stream.length) return this.#room;
    throw new LatchkeyError('DEFLATE_TRAILING_BYTES', 'bytes follow the final block');
  }

  #block(type: number): void {
    if (type === BLOCK.stored) this.#stored();
    else if (type === BLOCK.fixed) this.#compressed(fixedCodes().lengths, fixedCodes().distances);
    else if (type === BLOCK.dynamic) this.#dynamic();
    else throw malformed('a reserved block type');
  }

  #stored(): void {
    this.#alignToByte();
    const length = this.#take(16);
    if (this.#take(16) !== (length ^ 0xffff)) throw malformed('a stored length that is no length');
    for (let index = 0; index < length; index += 1) this.#put(this.#byte());
  }

  #dynamic(): void {
    const lengthCount = this.#take(5) + FIRST_LENGTH;
    const distanceCount = this.#take(5) + 1;
    const orderCount = this.#take(4) + 4;
    if (lengthCount > 286 || distanceCount > 30) throw malformed('too many symbols');
    const order = new Uint8Array(CODE_LENGTH_ORDER.length);
    for (const symbol of CODE_LENGTH_ORDER.slice(0, orderCount)) order[symbol] = this.#take(3);
    const lengths = this.#codeLengths(codeOf(order), lengthCount + distanceCount);
    if (lengths[END_OF_BLOCK] === 0) throw malformed('a block without end');
    const literals = codeOf(lengths.subarray(0, lengthCount));
    this.#compressed(literals, codeOf(lengths.subarray(lengthCount)));
  }

  /** Runs of lengths go on from one code into the other. */
  #codeLengths(code: HuffmanCode, count: number): Uint8Array {
    const lengths = new Uint8Array(count);
    let at = 0;
    while (at < count) {
      const symbol = this.#symbol(code);
      const repeats = this.#repeats(symbol);
      const length = symbol < 16 ? symbol : symbol > 16 ? 0 : lengths[at - 1];
      if (length === undefined || at + repeats > count) throw malformed('a run out of place');
      lengths.fill(length, at, at + repeats);
      at += repeats;
    }
    return lengths;
  }

  #repeats(symbol: number): number {
    if (symbol < 16) return 1;
    if (symbol === 16) return 3 + this.#take(2);
    return symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
  }

  #compressed(lengths: HuffmanCode, distances: HuffmanCode): void {
    for (let symbol = this.#symbol(lengths); symbol !== END_OF_BLOCK; symbol = this.#symbol(lengths)) {
      if (symbol < END_OF_BLOCK) {
        this.#put(symbol);
        continue;
      }
      const length = this.#value(symbol - FIRST_LENGTH, LENGTH_BASE, LENGTH_EXTRA);
      this.#copy(length, this.#value(this.#symbol(distances), DISTANCE_BASE, DISTANCE_EXTRA));
    }
  }

  #value(symbol: number, bases: readonly number[], extras: readonly number[]): number {
    const [base, extra] = [bases[symbol], extras[symbol]];
    if (base === undefined || extra === undefined) throw malformed('a symbol without a value');
    return base + this.#take(extra);
  }

  /** The dictionary stands in front of the first byte. */
  #copy(length: number, distance: number): void {
    if (distance > this.#filled + DICTIONARY_1.length) throw malformed('a distance past the dictionary');
    for (let index = 0; index < length; index += 1) {
      const from = this.#filled - distance;
      this.#put((from < 0 ? DICTIONARY_1[DICTIONARY_1.length + from] : this.#room[from]) ?? 0);
    }
  }

  #put(byte: number): void {
    if (this.#filled === this.#room.length) throw lengthWrong(this.#room.length);
    this.#room[this.#filled] = byte;
    this.#filled += 1;
  }

  /** Nearly all of the time goes here. */
  #symbol(code: HuffmanCode): number {
    this.#lookAhead();
    const entry = code.lookup[this.#bits & ((1 << LOOKUP_BITS) - 1)] ?? 0;
    const length = entry & 15;
    if (entry === 0 || length > this.#bitCount) return this.#searchSymbol(code);
    this.#bits >>>= length;
    this.#bitCount -= length;
    return entry >> 4;
  }

  /** A long code, or none, or one that the stream is cut short in. */
  #searchSymbol({ counts, symbols }: HuffmanCode): number {
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length < counts.length; length += 1) {
      code = (code << 1) | this.#take(1);
      const count = counts[length] ?? 0;
      first <<= 1;
      if (code - first < count) return symbols[index + code - first] ?? 0;
      index += count;
      first += count;
    }
    throw malformed('a code that means nothing');
  }

  /** Reads as many bits as are looked up, or as there are. */
  #lookAhead(): void {
    while (this.#bitCount < LOOKUP_BITS && this.#offset < this.#stream.length) {
      this.#bits |= this.#byte() << this.#bitCount;
      this.#bitCount += 8;
    }
  }

  /** Up to 16 bits, the lowest first. */
  #take(count: number): number {
    while (this.#bitCount < count) {
      this.#bits |= this.#byte() << this.#bitCount;
      this.#bitCount += 8;
    }
    const value = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#bitCount -= count;
    return value;
  }

  /** Goes on at the next whole byte that nothing was taken of. */
  #alignToByte(): void {
    this.#offset -= this.#bitCount >> 3;
    this.#bits = 0;
    this.#bitCount = 0;
  }

  #byte(): number {
    const byte = this.#stream[this.#offset];
    if (byte === undefined) throw malformed('a stream cut short');
    this.#offset += 1;
    return byte;
  }
}

let fixed: { lengths: HuffmanCode; distances: HuffmanCode } | null = null;

/** The fixed codes (RFC 1951, section 3.2.6). */
function fixedCodes() {
  fixed ??= {
    lengths: codeOf(new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280)),
    distances: codeOf(new Uint8Array(32).fill(5)),
  };
  return fixed;
}

function lengthWrong(declared: number): LatchkeyError {
  return new LatchkeyError('INFLATED_LENGTH_WRONG', `expected ${declared} bytes inflated, got others`);
}

function malformed(what: string): LatchkeyError {
  return new LatchkeyError('DEFLATE_MALFORMED', `expected raw DEFLATE, got ${what}`);
}
