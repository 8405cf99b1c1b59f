import { deflateSync } from 'fflate';
import type { Bytes } from './bytes.ts';
import { DICTIONARY_1 } from './dictionary.ts';

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
