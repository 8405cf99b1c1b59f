import { hmac } from '@noble/hashes/hmac.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from '../bytes/bytes.ts';

/** SHA-256 of the parts, joined; 32 bytes. Synchronous, so that it also works within an IndexedDB transaction. */
export function sha256(...parts: readonly Bytes[]): Bytes {
  const hash = nobleSha256.create();
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** HMAC-SHA256 of the parts, joined; 32 bytes. Synchronous. */
export function hmacSha256(key: Bytes, ...parts: readonly Bytes[]): Bytes {
  const mac = hmac.create(nobleSha256, key);
  for (const part of parts) mac.update(part);
  return new Uint8Array(mac.digest());
}

/** {@link hmacSha256} with one key for many messages: each of them takes half the time. */
export function hmacSha256With(key: Bytes): (...parts: readonly Bytes[]) => Bytes {
  const keyed = hmac.create(nobleSha256, key);
  return (...parts) => {
    const mac = keyed.clone();
    for (const part of parts) mac.update(part);
    return new Uint8Array(mac.digest());
  };
}
