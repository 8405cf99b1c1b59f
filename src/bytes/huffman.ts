import { LatchkeyError } from '../errors.ts';

const MAX_LENGTH = 15;

/** Codes of at most so many bits are looked up, longer ones searched for: in a stream they are rare. */
export const LOOKUP_BITS = 9;

/** A canonical code (RFC 1951, section 3.2.2). */
export interface HuffmanCode {
  /** How many codes there are of each length. */
  readonly counts: Uint16Array;
  /** Symbols in the order of their codes. */
  readonly symbols: Uint16Array;
  /** By the next bits of a stream: the symbol whose code they begin with, times 16, and the length of that; or 0. */
  readonly lookup: Uint16Array;
}

/**
 * The code of these lengths, refused where zlib refuses it: it has to be complete, save that a block may have a single
 * code of one bit, or none at all.
 *
 * @param lengths - Of each symbol's code, 0 to 15; 0 for a symbol that has none.
 * @throws {@link LatchkeyError} DEFLATE_MALFORMED - for more codes than there is room for, or too few.
 */
export function codeOf(lengths: Uint8Array): HuffmanCode {
  const counts = new Uint16Array(MAX_LENGTH + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const used = lengths.length - (counts[0] ?? 0);
  const isSmallest = used <= 1 && used === counts[1];
  const unused = unusedCodes(counts);
  if (unused < 0 || (unused > 0 && !isSmallest)) {
    throw new LatchkeyError('DEFLATE_MALFORMED', 'expected lengths that make a code');
  }
  const symbols = symbolsInOrder(lengths, counts);
  return { counts, symbols, lookup: lookupOf(counts, symbols) };
}

function lookupOf(counts: Uint16Array, symbols: Uint16Array): Uint16Array {
  const lookup = new Uint16Array(1 << LOOKUP_BITS);
  let [code, index] = [0, 0];
  for (let length = 1; length <= LOOKUP_BITS; length += 1) {
    for (let count = counts[length] ?? 0; count > 0; count -= 1) {
      const entry = ((symbols[index] ?? 0) << 4) | length;
      for (let bits = reversed(code, length); bits < lookup.length; bits += 1 << length) lookup[bits] = entry;
      code += 1;
      index += 1;
    }
    code <<= 1;
  }
  return lookup;
}

/** A stream holds the bits of a code from the highest on. */
function reversed(code: number, length: number): number {
  let bits = 0;
  for (let bit = 0; bit < length; bit += 1) bits |= ((code >> bit) & 1) << (length - 1 - bit);
  return bits;
}

/** Codes of the greatest length that stand for nothing; negative when there are too many codes. */
function unusedCodes(counts: Uint16Array): number {
  let unused = 1;
  for (let length = 1; length <= MAX_LENGTH && unused >= 0; length += 1) {
    unused = unused * 2 - (counts[length] ?? 0);
  }
  return unused;
}

function symbolsInOrder(lengths: Uint8Array, counts: Uint16Array): Uint16Array {
  const next = new Uint16Array(MAX_LENGTH + 2);
  for (let length = 1; length <= MAX_LENGTH; length += 1) {
    next[length + 1] = (next[length] ?? 0) + (counts[length] ?? 0);
  }
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const place = next[length] ?? 0;
    symbols[place] = symbol;
    next[length] = place + 1;
  }
  return symbols;
}
