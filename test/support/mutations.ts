import { type Bytes, equalBytes } from '../../src/bytes/bytes.ts';
import { readCarrier } from '../../src/bytes/carrier.ts';
import { outcomeOf, type Reader } from './vector-reader.ts';

const bitsPerByte = 8;

/** How many mutations a file has: one cut and eight flipped bits for each byte. */
export function countMutations(file: Bytes): number {
  return file.length * (1 + bitsPerByte);
}

/** The file cut at every byte, and with every bit flipped. */
function* mutationsOf(file: Bytes): Generator<Bytes> {
  for (const [index, byte] of file.entries()) {
    yield file.slice(0, index);
    for (let bit = 0; bit < bitsPerByte; bit += 1) {
      const flipped = file.slice();
      flipped[index] = byte ^ (1 << bit);
      yield flipped;
    }
  }
}

/**
 * Reads every mutation of a file that is read with success. Throws for one that is accepted, and for any error but a
 * LatchkeyError. A mutation of text that still stands for the same bytes, as a dash of an armor line, is no fault.
 *
 * @returns How many were tried.
 */
export async function tryMutations(read: Reader, file: Bytes): Promise<number> {
  const binary = readCarrier(file);
  let tried = 0;
  for (const mutation of mutationsOf(file)) {
    tried += 1;
    const outcome = await outcomeOf(read, mutation);
    if (outcome === 'success' && !equalBytes(readCarrier(mutation), binary)) {
      throw new Error(`accepted mutation ${tried}`);
    }
  }
  return tried;
}
