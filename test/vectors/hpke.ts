import { createCipheriv } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { type Bytes, concatBytes, utf8 } from '../../src/bytes/bytes.ts';
import { hmacSha256 } from '../../src/crypto/hash.ts';
import type { TestKey } from './keys.ts';

const empty = new Uint8Array();
const kemSuite = concatBytes(utf8('KEM'), Uint8Array.of(0, 0x10));
const hpkeSuite = concatBytes(utf8('HPKE'), Uint8Array.of(0, 0x10, 0, 1, 0, 1));

/** HKDF-Expand for at most 32 bytes. */
function expand(key: Bytes, info: Bytes, length: number): Bytes {
  return hmacSha256(key, info, Uint8Array.of(1)).slice(0, length);
}

function labeledExtract(suite: Bytes, salt: Bytes, label: string, secret: Bytes): Bytes {
  return hmacSha256(salt, utf8('HPKE-v1'), suite, utf8(label), secret);
}

function labeledExpand(suite: Bytes, key: Bytes, label: string, info: Bytes, length: number): Bytes {
  const labeled = concatBytes(Uint8Array.of(0, length), utf8('HPKE-v1'), suite, utf8(label), info);
  return expand(key, labeled, length);
}

/**
 * HPKE-0 in base mode (RFC 9180) with a given ephemeral key, written after the RFC and not after src/: so that sealed
 * vectors are the same each time, and a second opinion.
 */
export function sealWithEphemeral(
  { ephemeral, recipient }: { ephemeral: TestKey; recipient: Bytes },
  aad: Bytes,
  plaintext: Bytes,
): { ek: Bytes; ciphertext: Bytes } {
  const ek = ephemeral.publicKey;
  const dh = new Uint8Array(p256.getSharedSecret(ephemeral.privateKey, recipient, false)).slice(1, 33);
  const eaePrk = labeledExtract(kemSuite, empty, 'eae_prk', dh);
  const shared = labeledExpand(kemSuite, eaePrk, 'shared_secret', concatBytes(ek, recipient), 32);
  const pskIdHash = labeledExtract(hpkeSuite, empty, 'psk_id_hash', empty);
  const infoHash = labeledExtract(hpkeSuite, empty, 'info_hash', empty);
  const context = concatBytes(Uint8Array.of(0), pskIdHash, infoHash);
  const secret = labeledExtract(hpkeSuite, shared, 'secret', empty);
  const key = labeledExpand(hpkeSuite, secret, 'key', context, 16);
  const nonce = labeledExpand(hpkeSuite, secret, 'base_nonce', context, 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce).setAAD(aad);
  const sealed = [cipher.update(plaintext), cipher.final(), cipher.getAuthTag()];
  return { ek, ciphertext: concatBytes(...sealed) };
}
