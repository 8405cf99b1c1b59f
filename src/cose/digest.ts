import type { Bytes } from '../bytes/bytes.ts';
import { encodeCbor } from '../bytes/cbor.ts';
import { sha256 } from '../crypto/hash.ts';
import type { UnverifiedSign1 } from './sign1.ts';

/**
 * By what two files are the same although they were sealed anew: SHA-256 over protected header and payload of the
 * signed message, as transmitted. The signature is left out, since a device signs the same bytes differently each
 * time.
 *
 * @returns 32 bytes.
 * @see FORMAT.md#digest-of-a-device-file
 */
export function messageDigest({ protectedBytes, payload }: UnverifiedSign1): Bytes {
  return sha256(encodeCbor([protectedBytes, payload]));
}
