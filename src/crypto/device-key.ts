import type { Bytes } from '../bytes/bytes.ts';
import type { Signer } from './crypto.ts';
import { subtleCrypto } from './platform.ts';

const ESP256 = -9;

/**
 * Makes the key that identifies a device: ECDSA P-256, non-extractable. Read it back from IndexedDB before signing
 * with it: some browsers lose keys on the way.
 *
 * @throws {@link LatchkeyError} CRYPTO_MISSING - without WebCrypto.
 */
export function createDeviceKey(): Promise<CryptoKeyPair> {
  return subtleCrypto().generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
}

/** Signs with a device key: 64 bytes, r and s. */
export function deviceSigner(privateKey: CryptoKey): Signer {
  return {
    alg: ESP256,
    kid: null,
    async sign(message) {
      const signature = await subtleCrypto().sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, message);
      return new Uint8Array(signature);
    },
  };
}

/** The public key of a P-256 pair: 65 bytes, uncompressed (04, x, y). */
export async function publicKeyBytes(pair: CryptoKeyPair): Promise<Bytes> {
  return new Uint8Array(await subtleCrypto().exportKey('raw', pair.publicKey));
}
