import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { type Bytes, concatBytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import type { SecretBox } from '../../issue/secrets/secret-box.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals secrets for the database with AES-256-GCM: 12 bytes of random nonce, ciphertext, 16 bytes of tag.
 *
 * @param masterKey - 32 bytes.
 */
export function createSecretBox(masterKey: Bytes): SecretBox {
  const key = createSecretKey(masterKey);
  return {
    seal(secret, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(context);
      return concatBytes(nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag());
    },
    open(sealed, context) {
      try {
        return open(key, sealed, context);
      } catch (cause) {
        throw new LatchkeyError('SERVER_FAILED', 'a secret does not open with this master key', { cause });
      }
    },
  };
}

function open(key: KeyObject, sealed: Bytes, context: Bytes): Bytes {
  const end = sealed.length - TAG_BYTES;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(context);
  decipher.setAuthTag(sealed.subarray(end));
  return concatBytes(decipher.update(sealed.subarray(NONCE_BYTES, end)), decipher.final());
}
