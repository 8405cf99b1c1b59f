import { LatchkeyError } from '../../errors.ts';
import type { Bytes } from '../bytes.ts';
import { BitReader } from './bit-reader.ts';
import { buildHuffman, type Huffman, readSymbol } from './huffman.ts';

const END_OF_BLOCK = 256;
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

interface Codes {
  lengths: Huffman;
  distances: Huffman;
}

/** The dictionary, with room behind it for exactly the declared length. */
interface Window {
  bytes: Bytes;
  end: number;
}

/**
 * Inflates raw DEFLATE to exactly `length` bytes, and says how many bytes the stream takes. Strict where common
 * libraries are lenient: over-subscribed and incomplete codes, unused symbols, a wrong complement of a stored length
 * and bytes after the final block would else be read one way here and another way there.
 */
export function inflateRaw(
  stream: Bytes,
  length: number,
  dictionary: Bytes,
): { inflated: Bytes; consumed: number } {
  const reader = new BitReader(stream);
  const window = { bytes: new Uint8Array(dictionary.length + length), end: dictionary.length };
  window.bytes.set(dictionary);
  let isFinal = false;
  while (!isFinal) {
    isFinal = reader.bits(1) === 1;
    readBlock(reader, window);
  }
  if (window.end < window.bytes.length) {
    const got = window.end - dictionary.length;
    throw new LatchkeyError('INFLATED_LENGTH_WRONG', `expected ${length} bytes, got ${got}`);
  }
  return { inflated: window.bytes.slice(dictionary.length), consumed: reader.consumed };
}

function readBlock(reader: BitReader, window: Window): void {
  const type = reader.bits(2);
  if (type === 3) throw malformed('reserved block type');
  if (type === 0) readStored(reader, window);
  else readCompressed(reader, window, type === 1 ? FIXED_CODES : readCodes(reader));
}

function readStored(reader: BitReader, window: Window): void {
  reader.alignToByte();
  const length = reader.bits(16);
  if (reader.bits(16) !== (length ^ 0xffff)) throw malformed('stored length and its complement differ');
  const stored = reader.bytes(length);
  assertRoom(window, length);
  window.bytes.set(stored, window.end);
  window.end += length;
}

function readCompressed(reader: BitReader, window: Window, codes: Codes): void {
  for (;;) {
    const symbol = readSymbol(reader, codes.lengths);
    if (symbol === END_OF_BLOCK) return;
    if (symbol < END_OF_BLOCK) {
      assertRoom(window, 1);
      window.bytes[window.end] = symbol;
      window.end += 1;
      continue;
    }
    const length = readValue(reader, symbol - END_OF_BLOCK - 1, LENGTH_BASE, LENGTH_EXTRA);
    const distance = readValue(reader, readSymbol(reader, codes.distances), DISTANCE_BASE, DISTANCE_EXTRA);
    copyBack(window, length, distance);
  }
}

function readValue(reader: BitReader, symbol: number, bases: number[], extras: number[]): number {
  const base = bases[symbol];
  const extra = extras[symbol];
  if (base === undefined || extra === undefined) throw malformed('unused symbol');
  return base + reader.bits(extra);
}

function copyBack(window: Window, length: number, distance: number): void {
  if (distance > window.end) throw malformed('distance past the dictionary');
  assertRoom(window, length);
  const { bytes, end } = window;
  for (let offset = end; offset < end + length; offset += 1) bytes[offset] = bytes[offset - distance] ?? 0;
  window.end = end + length;
}

function assertRoom(window: Window, length: number): void {
  if (window.end + length <= window.bytes.length) return;
  throw new LatchkeyError('INFLATED_LENGTH_WRONG', 'more bytes than declared');
}

function readCodes(reader: BitReader): Codes {
  const lengthCount = reader.bits(5) + 257;
  const distanceCount = reader.bits(5) + 1;
  const codeLengthCount = reader.bits(4) + 4;
  if (lengthCount > 286 || distanceCount > 30) throw malformed('too many symbols');
  const codeLengths = new Array<number>(CODE_LENGTH_ORDER.length).fill(0);
  for (const symbol of CODE_LENGTH_ORDER.slice(0, codeLengthCount)) codeLengths[symbol] = reader.bits(3);
  const sizes = readSizes(reader, buildHuffman(codeLengths), lengthCount + distanceCount);
  if (sizes[END_OF_BLOCK] === 0) throw malformed('no end of block');
  return {
    lengths: buildHuffman(sizes.slice(0, lengthCount), { allowSingle: true }),
    distances: buildHuffman(sizes.slice(lengthCount), { allowSingle: true }),
  };
}

/** Code sizes, run-length encoded (RFC 1951, section 3.2.7). */
function readSizes(reader: BitReader, codeLengths: Huffman, count: number): number[] {
  const sizes: number[] = [];
  while (sizes.length < count) {
    const symbol = readSymbol(reader, codeLengths);
    if (symbol < 16) {
      sizes.push(symbol);
      continue;
    }
    const size = symbol === 16 ? sizes.at(-1) : 0;
    if (size === undefined) throw malformed('nothing to repeat');
    for (let times = readRepeats(reader, symbol); times > 0; times -= 1) sizes.push(size);
  }
  if (sizes.length > count) throw malformed('repeats past the last symbol');
  return sizes;
}

function readRepeats(reader: BitReader, symbol: number): number {
  if (symbol === 16) return 3 + reader.bits(2);
  return symbol === 17 ? 3 + reader.bits(3) : 11 + reader.bits(7);
}

function malformed(message: string): LatchkeyError {
  return new LatchkeyError('DEFLATE_MALFORMED', message);
}

const FIXED_CODES: Codes = {
  lengths: buildHuffman([
    ...new Array<number>(144).fill(8),
    ...new Array<number>(112).fill(9),
    ...new Array<number>(24).fill(7),
    ...new Array<number>(8).fill(8),
  ]),
  distances: buildHuffman(new Array<number>(32).fill(5)),
};
