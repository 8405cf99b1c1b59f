import { LatchkeyError } from '../../errors.ts';
import type { BitReader } from './bit-reader.ts';

const MAX_CODE_BITS = 15;

/** A canonical Huffman code (RFC 1951, section 3.2.2). */
export interface Huffman {
  /** How many codes there are of each size in bits, from 0 to 15. */
  readonly counts: readonly number[];
  /** The symbols in the order of their codes. */
  readonly symbols: readonly number[];
}

/**
 * Builds a code from the size of each symbol's code, 0 for a symbol that is not used.
 *
 * @param options - `allowSingle`: no code, or one of a single bit, is incomplete and yet allowed (section 3.2.7).
 * @throws {@link LatchkeyError} DEFLATE_MALFORMED - when the sizes leave codes over or need more than there are.
 */
export function buildHuffman(sizes: readonly number[], options: { allowSingle?: boolean } = {}): Huffman {
  const counts = new Array<number>(MAX_CODE_BITS + 1).fill(0);
  for (const size of sizes) counts[size] = (counts[size] ?? 0) + 1;
  const free = freeCodes(counts);
  const used = sizes.length - (counts[0] ?? 0);
  const isSingle = used === 0 || (used === 1 && counts[1] === 1);
  if (free < 0 || (free > 0 && !(options.allowSingle && isSingle))) {
    throw new LatchkeyError('DEFLATE_MALFORMED', free < 0 ? 'over-subscribed code' : 'incomplete code');
  }
  const symbols = sizes
    .map((size, symbol) => ({ size, symbol }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => a.size - b.size || a.symbol - b.symbol);
  return { counts, symbols: symbols.map(({ symbol }) => symbol) };
}

/** How many codes of the largest size are left over; negative when there are too few. */
function freeCodes(counts: readonly number[]): number {
  let free = 1;
  for (const count of counts.slice(1)) {
    free = free * 2 - count;
    if (free < 0) return free;
  }
  return free;
}

/**
 * Reads one symbol, bit by bit.
 *
 * @throws {@link LatchkeyError} DEFLATE_MALFORMED - when the stream ends before, or no code fits.
 */
export function readSymbol(reader: BitReader, { counts, symbols }: Huffman): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let size = 1; size <= MAX_CODE_BITS; size += 1) {
    code |= reader.bits(1);
    const count = counts[size] ?? 0;
    if (code - first < count) return symbols[index + code - first] ?? 0;
    index += count;
    first = (first + count) * 2;
    code *= 2;
  }
  throw new LatchkeyError('DEFLATE_MALFORMED', 'no such code');
}
