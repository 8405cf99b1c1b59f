import type { Bytes } from '../bytes/bytes.ts';
import type { Crypto } from './crypto.ts';
import { type Ed25519Backend, Ed25519Choice } from './ed25519/choice.ts';
import { Gathering } from './ed25519/gathering.ts';
import { randomBytes, subtleCrypto } from './platform.ts';
import { checkP256PublicKey } from './public-key.ts';

const ECDSA_KEY = { name: 'ECDSA', namedCurve: 'P-256' };
const ECDSA_SHA256 = { name: 'ECDSA', hash: 'SHA-256' };

/**
 * Cryptography by WebCrypto, and Ed25519 by whoever is fastest at the moment; see `Ed25519Choice`.
 *
 * Its methods throw {@link LatchkeyError} CRYPTO_MISSING on a page of an insecure origin.
 *
 * @param options - `ed25519`: who verifies Ed25519, 'auto' unless a test says otherwise.
 */
export function webCrypto(options: { ed25519?: Ed25519Backend } = {}): Crypto {
  const ed25519 = new Ed25519Choice(options.ed25519 ?? 'auto');
  const single = new Gathering((publicKey, list) => ed25519.verifyList(publicKey, list));
  return {
    randomBytes,
    verifyEd25519: (publicKey, signature, message) => single.verify(publicKey, { signature, message }),
    verifyList: (publicKey, list) => ed25519.verifyList(publicKey, list),
    prepare: publicKeys => ed25519.prepare(publicKeys),
    get engine() {
      return ed25519.engine;
    },
    async verifyP256(publicKey, signature, message) {
      checkP256PublicKey(publicKey);
      const key = await subtleCrypto().importKey('raw', publicKey, ECDSA_KEY, false, ['verify']);
      return subtleCrypto().verify(ECDSA_SHA256, key, signature, message);
    },
    seal: sealWithHpke,
    argon2id: hashWithArgon2,
  };
}

/** What a start does not need comes when it is needed. */
async function sealWithHpke(...sealing: Parameters<Crypto['seal']>): ReturnType<Crypto['seal']> {
  const hpke = await import('./hpke.ts');
  return hpke.sealWithHpke(...sealing);
}

async function hashWithArgon2(password: Bytes, salt: Bytes): Promise<Bytes> {
  const { argon2id } = await import('./argon2/in-worker.ts');
  return argon2id(password, salt);
}
