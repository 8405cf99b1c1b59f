import type { Bytes } from '../../src/bytes/bytes.ts';
import { equalBytes } from '../../src/bytes/bytes.ts';
import { readCarrier } from '../../src/bytes/carrier.ts';
import { outcomeOf, type Reader } from './vector-reader.ts';

/** Which mutations of a file to try: each `cutStep`-th cut, and `bits` of every byte. */
export interface MutationOptions {
  readonly bits: readonly number[];
}

const allBits = [0, 1, 2, 3, 4, 5, 6, 7];

/** The file cut at every byte, and with every bit flipped. */
function* mutationsOf(file: Bytes, bits: readonly number[]): Generator<Bytes> {
  for (let length = 0; length < file.length; length += 1) yield file.slice(0, length);
  for (const [index, byte] of file.entries()) {
    for (const bit of bits) {
      const flipped = file.slice();
      flipped[index] = byte ^ (1 << bit);
      yield flipped;
    }
  }
}

/**
 * Reads every mutation of a file that is read with success. Throws for one that is accepted, and for any error but a
 * LatchkeyError. A mutation of text that still stands for the same bytes (a dash of an armor line) is no fault.
 *
 * @returns How many were tried.
 */
export async function tryMutations(
  read: Reader,
  file: Bytes,
  { bits }: MutationOptions = { bits: allBits },
): Promise<number> {
  const binary = readCarrier(file);
  let tried = 0;
  for (const mutation of mutationsOf(file, bits)) {
    tried += 1;
    const outcome = await outcomeOf(read, mutation);
    if (outcome === 'success' && !equalBytes(readCarrier(mutation), binary)) {
      throw new Error(`accepted mutation ${tried}`);
    }
  }
  return tried;
}
