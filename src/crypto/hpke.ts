import { AEAD_AES_128_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import type { Bytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';
import type { Opener } from './crypto.ts';
import { subtleCrypto } from './platform.ts';
import { checkP256PublicKey } from './public-key.ts';

const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);

/**
 * Seals with HPKE on WebCrypto; see `Crypto.seal`.
 *
 * @throws {@link LatchkeyError} KEY_MALFORMED - when `publicKey` is not a point of P-256.
 * @throws {@link LatchkeyError} CRYPTO_MISSING - without WebCrypto.
 */
export async function sealWithHpke(
  publicKey: Bytes,
  aad: Bytes,
  plaintext: Bytes,
): Promise<{ ek: Bytes; ciphertext: Bytes }> {
  checkP256PublicKey(publicKey);
  subtleCrypto();
  const key = await suite.DeserializePublicKey(publicKey);
  const { encapsulatedSecret, ciphertext } = await suite.Seal(key, plaintext, { aad });
  return { ek: new Uint8Array(encapsulatedSecret), ciphertext: new Uint8Array(ciphertext) };
}

/**
 * Opens with an ECDH P-256 pair of WebCrypto, whose private key need not be extractable.
 *
 * @param kid - First 8 bytes of the thumbprint of the pair's public key; not checked here.
 */
export function openerFromKeyPair(pair: CryptoKeyPair, kid: Bytes): Opener {
  return {
    kid,
    async open(ek, aad, ciphertext) {
      try {
        return new Uint8Array(await suite.Open(pair, ek, ciphertext, { aad }));
      } catch (cause) {
        throw new LatchkeyError('SEAL_BROKEN', 'does not open with this key and aad', { cause });
      }
    },
  };
}
