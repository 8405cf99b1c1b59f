import { createDecipheriv, createSecretKey, diffieHellman, type KeyObject } from 'node:crypto';
import { type Bytes, concatBytes, utf8 } from '../../bytes/bytes.ts';
import { keyId } from '../../cose/key.ts';
import type { Opener } from '../../crypto/crypto.ts';
import { hmacSha256 } from '../../crypto/hash.ts';
import { LatchkeyError } from '../../errors.ts';
import { p256PublicKey, rawPublicKey } from './key-objects.ts';

/** RFC 9180: DHKEM(P-256, HKDF-SHA256) is 0x0010, HKDF-SHA256 0x0001, AES-128-GCM 0x0001. */
const kemSuite = concatBytes(utf8('KEM'), Uint8Array.of(0x00, 0x10));
const hpkeSuite = concatBytes(utf8('HPKE'), Uint8Array.of(0x00, 0x10, 0x00, 0x01, 0x00, 0x01));
const version = utf8('HPKE-v1');

const SECRET_BYTES = 32;
const KEY_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const nothing = new Uint8Array(0);

/** LabeledExtract; an empty salt is as good as zeros. */
function extract(suite: Bytes, salt: Bytes, label: string, secret: Bytes): Bytes {
  return hmacSha256(salt, version, suite, utf8(label), secret);
}

/** LabeledExpand of at most one block, which is all that is needed here. */
function expand(options: { suite: Bytes; secret: Bytes; label: string; info: Bytes; length: number }): Bytes {
  const { suite, secret, label, info, length } = options;
  const head = concatBytes(Uint8Array.of(0, length), version, suite, utf8(label));
  return hmacSha256(secret, head, info, Uint8Array.of(1)).slice(0, length);
}

/** The key schedule's context of base mode with empty info: the same for every message. */
const scheduleContext = concatBytes(
  Uint8Array.of(0),
  extract(hpkeSuite, nothing, 'psk_id_hash', nothing),
  extract(hpkeSuite, nothing, 'info_hash', nothing),
);

/**
 * Opens what was sealed with HPKE to a P-256 key, by the synchronous calls of node:crypto: a quarter of the time that
 * the same takes by WebCrypto.
 *
 * @see RFC 9180, sections 4.1 and 5.1
 */
export function hpkeOpener(privateKey: KeyObject): Opener {
  const recipient = rawPublicKey(privateKey);
  return {
    kid: keyId(recipient),
    async open(ek, aad, ciphertext) {
      try {
        return decrypt(sharedSecret({ privateKey, recipient, ek }), aad, ciphertext);
      } catch (cause) {
        throw new LatchkeyError('SEAL_BROKEN', 'does not open with this key and aad', { cause });
      }
    },
  };
}

/** Decap; importing `ek` checks that it is on the curve. */
function sharedSecret(options: { privateKey: KeyObject; recipient: Bytes; ek: Bytes }): Bytes {
  const { privateKey, recipient, ek } = options;
  const dh = new Uint8Array(diffieHellman({ privateKey, publicKey: p256PublicKey(ek) }));
  const secret = extract(kemSuite, nothing, 'eae_prk', dh);
  const info = concatBytes(ek, recipient);
  return expand({ suite: kemSuite, secret, label: 'shared_secret', info, length: SECRET_BYTES });
}

/** KeySchedule and the first Open of a context, whose nonce is the base nonce itself. */
function decrypt(shared: Bytes, aad: Bytes, ciphertext: Bytes): Bytes {
  const secret = extract(hpkeSuite, shared, 'secret', nothing);
  const schedule = { suite: hpkeSuite, secret, info: scheduleContext };
  const key = createSecretKey(expand({ ...schedule, label: 'key', length: KEY_BYTES }));
  const nonce = expand({ ...schedule, label: 'base_nonce', length: NONCE_BYTES });
  const decipher = createDecipheriv('aes-128-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  const end = ciphertext.length - TAG_BYTES;
  decipher.setAuthTag(ciphertext.subarray(end));
  const plaintext = decipher.update(ciphertext.subarray(0, end));
  decipher.final();
  return new Uint8Array(plaintext);
}
