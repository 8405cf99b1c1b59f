import { type Bytes, utf8 } from '../bytes/bytes.ts';
import { hmacSha256, sha256 } from '../crypto/hash.ts';
import type { LicenseKey } from './license-key.ts';

const keyContext = utf8('latchkey-1 key');
const lookupContext = utf8('latchkey-1 lookup');
const fingerprintContext = utf8('latchkey-1 fingerprint');

const lookupLength = 8;
const proofLength = 16;

/**
 * What stands for a license key at a vendor: SHA-256 over the domain and the key, so that no table made for one
 * vendor fits another. Whoever holds it can make proofs; the portal keeps it, no file carries it.
 *
 * @param domainId - 32 bytes.
 * @returns 32 bytes.
 * @see FORMAT.md#credentials
 */
export function keySecret(domainId: Bytes, key: LicenseKey): Bytes {
  return sha256(keyContext, domainId, utf8(key));
}

/**
 * By what the portal finds a license key without reading it in the request.
 *
 * @param secret - Of {@link keySecret}.
 * @returns 8 bytes.
 */
export function keyLookup(secret: Bytes): Bytes {
  return sha256(lookupContext, secret).slice(0, lookupLength);
}

/**
 * Proves that the requester knew the key, for this device and request alone.
 *
 * @param secret - Of {@link keySecret}.
 * @returns 16 bytes.
 */
export function keyProof(secret: Bytes, deviceId: Bytes, requestId: Bytes): Bytes {
  return hmacSha256(secret, deviceId, requestId).slice(0, proofLength);
}

/**
 * The key under which signals are hashed: of license key or user, never of the device, so that a rebind can compare.
 *
 * @param secret - Of {@link keySecret} or `userSecret`; null for a request that names neither key nor user.
 * @returns 32 bytes.
 */
export function fingerprintKey(domainId: Bytes, secret: Bytes | null): Bytes {
  return hmacSha256(secret ?? new Uint8Array(32), fingerprintContext, domainId);
}
