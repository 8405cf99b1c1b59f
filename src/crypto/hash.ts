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
