import type { Bytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';

/** `getRandomValues` fills at most this many bytes at once. */
const MAX_RANDOM_BYTES = 65_536;

/**
 * WebCrypto of the platform.
 *
 * @throws {@link LatchkeyError} CRYPTO_MISSING - where there is none, as on a page of an insecure origin.
 */
export function subtleCrypto(): SubtleCrypto {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (!subtle) throw new LatchkeyError('CRYPTO_MISSING', 'no crypto.subtle on this origin');
  return subtle;
}

/** Random bytes of the platform's generator. */
export function randomBytes(length: number): Bytes {
  const bytes = new Uint8Array(length);
  for (let start = 0; start < length; start += MAX_RANDOM_BYTES) {
    globalThis.crypto.getRandomValues(bytes.subarray(start, start + MAX_RANDOM_BYTES));
  }
  return bytes;
}
