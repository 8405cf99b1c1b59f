import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import type { Bytes } from '../bytes/bytes.ts';
import { nobleArgon2id } from './argon2/noble.ts';
import type { Crypto } from './crypto.ts';
import { sealWithHpke } from './hpke.ts';
import { randomBytes } from './platform.ts';
import { checkEd25519PublicKey, checkP256PublicKey } from './public-key.ts';

export const SIGNATURE_BYTES = 64;

/** Verifies signatures in JavaScript, for browsers without Ed25519 and as a second implementation in tests. */
export function nobleCrypto(): Crypto {
  return {
    randomBytes,
    async verifyEd25519(publicKey, signature, message) {
      checkEd25519PublicKey(publicKey);
      return nobleVerifyEd25519(publicKey, signature, message);
    },
    async verifyList(publicKey, list) {
      checkEd25519PublicKey(publicKey);
      return list.map(({ signature, message }) => nobleVerifyEd25519(publicKey, signature, message));
    },
    prepare: async () => undefined,
    engine: 'noble',
    async verifyP256(publicKey, signature, message) {
      checkP256PublicKey(publicKey);
      if (signature.length !== SIGNATURE_BYTES) return false;
      return p256.verify(signature, message, publicKey, { format: 'compact', lowS: false });
    },
    seal: sealWithHpke,
    argon2id: async (password, salt) => nobleArgon2id(password, salt),
  };
}

/** The key is checked already. */
export function nobleVerifyEd25519(publicKey: Bytes, signature: Bytes, message: Bytes): boolean {
  return (
    signature.length === SIGNATURE_BYTES && ed25519.verify(signature, message, publicKey, { zip215: false })
  );
}
