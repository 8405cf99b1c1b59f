import type { Bytes } from '../bytes/bytes.ts';
import type { Crypto } from './crypto.ts';
import { randomBytes, subtleCrypto } from './platform.ts';
import { checkEd25519PublicKey, checkP256PublicKey } from './public-key.ts';

const SIGNATURE_BYTES = 64;

const ECDSA_KEY = { name: 'ECDSA', namedCurve: 'P-256' };
const ECDSA_SHA256 = { name: 'ECDSA', hash: 'SHA-256' };

/** Which Ed25519 to verify with: WebCrypto's, noble's, or WebCrypto's where there is one. */
export type Ed25519Backend = 'webcrypto' | 'noble' | 'auto';

/**
 * Cryptography by WebCrypto. Ed25519 came to Chrome with version 137; older ones get noble's, 10 times slower.
 *
 * Its methods throw {@link LatchkeyError} CRYPTO_MISSING on a page of an insecure origin.
 */
export function webCrypto(options: { ed25519?: Ed25519Backend } = {}): Crypto {
  const backend = options.ed25519 ?? 'auto';
  let supported: Promise<boolean> | undefined =
    backend === 'auto' ? undefined : Promise.resolve(backend === 'webcrypto');
  return {
    randomBytes,
    async verifyEd25519(publicKey, signature, message) {
      checkEd25519PublicKey(publicKey);
      if (signature.length !== SIGNATURE_BYTES) return false;
      supported ??= supportsEd25519();
      if (!(await supported)) return verifyWithNoble(publicKey, signature, message);
      const key = await importPublicKey(publicKey, { name: 'Ed25519' });
      return subtleCrypto().verify({ name: 'Ed25519' }, key, signature, message);
    },
    async verifyP256(publicKey, signature, message) {
      checkP256PublicKey(publicKey);
      const key = await importPublicKey(publicKey, ECDSA_KEY);
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

async function verifyWithNoble(publicKey: Bytes, signature: Bytes, message: Bytes): Promise<boolean> {
  const noble = await import('./noble.ts');
  return noble.nobleVerifyEd25519(publicKey, signature, message);
}

/** Imports the curve's base point, which any implementation takes. */
async function supportsEd25519(): Promise<boolean> {
  const basePoint = new Uint8Array(32).fill(0x66);
  basePoint[0] = 0x58;
  try {
    await importPublicKey(basePoint, { name: 'Ed25519' });
    return true;
  } catch {
    return false;
  }
}

function importPublicKey(publicKey: Bytes, algorithm: EcKeyImportParams | Algorithm): Promise<CryptoKey> {
  return subtleCrypto().importKey('raw', publicKey, algorithm, false, ['verify']);
}
