import { deflateSync } from 'fflate';
import { LatchkeyError } from '../errors.ts';
import type { Bytes } from './bytes.ts';
import { DICTIONARY_1 } from './dictionary.ts';
import { inflateRaw } from './inflate/inflate.ts';

/**
 * Compresses with raw DEFLATE (RFC 1951) and preset dictionary 1.
 *
 * @returns The compressed bytes, or null when they are not fewer.
 * @see FORMAT.md#compression
 */
export function deflate(bytes: Bytes): Bytes | null {
  const deflated = new Uint8Array(deflateSync(bytes, { level: 9, dictionary: DICTIONARY_1 }));
  return deflated.length < bytes.length ? deflated : null;
}

/**
 * Inflates raw DEFLATE with preset dictionary 1. Takes no more memory than `declaredLength`, and stops as soon as the
 * stream goes past it.
 *
 * @param declaredLength - The length that the protected header states.
 * @param maxLength - The most that this kind of file may inflate to.
 * @throws {@link LatchkeyError} INFLATED_TOO_LARGE - when `declaredLength` exceeds `maxLength`; nothing is inflated.
 * @throws {@link LatchkeyError} INFLATED_LENGTH_WRONG - when the stream holds more or fewer bytes than declared.
 * @throws {@link LatchkeyError} DEFLATE_MALFORMED - for anything that RFC 1951 does not allow, or a stream cut short.
 * @throws {@link LatchkeyError} DEFLATE_TRAILING_BYTES - when bytes follow the final block.
 * @see FORMAT.md#compression
 */
export function inflate(bytes: Bytes, declaredLength: number, maxLength: number): Bytes {
  if (declaredLength > maxLength) {
    const message = `expected at most ${maxLength} bytes inflated, got ${declaredLength}`;
    throw new LatchkeyError('INFLATED_TOO_LARGE', message);
  }
  const { inflated, consumed } = inflateRaw(bytes, declaredLength, DICTIONARY_1);
  if (consumed < bytes.length) {
    throw new LatchkeyError(
      'DEFLATE_TRAILING_BYTES',
      `${bytes.length - consumed} bytes after the final block`,
    );
  }
  return inflated;
}
