import { argon2, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import type { Bytes } from '../../bytes/bytes.ts';
import { DICTIONARY_1 } from '../../bytes/dictionary.ts';
import { keyId } from '../../cose/key.ts';
import { ARGON2_COST } from '../../crypto/argon2/cost.ts';
import type { Crypto, Signer } from '../../crypto/crypto.ts';
import { sealWithHpke } from '../../crypto/hpke.ts';
import { checkEd25519PublicKey } from '../../crypto/public-key.ts';
import { LatchkeyError } from '../../errors.ts';
import { encodeEcdsaSignature } from './ecdsa-signature.ts';
import { ed25519PublicKey, p256PublicKey, rawPublicKey } from './key-objects.ts';

const SIGNATURE_BYTES = 64;

/**
 * Verifies with node:crypto. Its synchronous calls take a third of the time of WebCrypto's, which change threads; a
 * portal under load has other work for the other threads.
 */
export function nodeCrypto(): Crypto {
  return {
    randomBytes: length => new Uint8Array(randomBytes(length)),
    async verifyEd25519(publicKey, signature, message) {
      checkEd25519PublicKey(publicKey);
      return verify(null, message, ed25519PublicKey(publicKey), signature);
    },
    async verifyList(publicKey, list) {
      checkEd25519PublicKey(publicKey);
      const key = ed25519PublicKey(publicKey);
      return list.map(({ signature, message }) => verify(null, message, key, signature));
    },
    prepare: async () => undefined,
    engine: 'node',
    async verifyP256(publicKey, signature, message) {
      const key = importP256(publicKey);
      if (signature.length !== SIGNATURE_BYTES) return false;
      return verify('sha256', message, key, encodeEcdsaSignature(signature));
    },
    seal: sealWithHpke,
    argon2id: hashPassword,
  };
}

const argon2Async = promisify(argon2);

/** On another thread: the portal goes on answering meanwhile. */
async function hashPassword(password: Bytes, salt: Bytes): Promise<Bytes> {
  const hash = await argon2Async('argon2id', {
    message: password,
    nonce: salt,
    memory: ARGON2_COST.memoryKiB,
    passes: ARGON2_COST.passes,
    parallelism: ARGON2_COST.lanes,
    tagLength: ARGON2_COST.outputBytes,
  });
  return new Uint8Array(hash);
}

/** Signs with an Ed25519 key of issuer or root, at once. */
export function ed25519Signer(privateKey: KeyObject): Signer {
  return {
    alg: -19,
    kid: keyId(rawPublicKey(privateKey)),
    sign: async message => new Uint8Array(sign(null, message, privateKey)),
  };
}

/** Tables and buffers as small as what is compressed here, or making them takes longer than using them. */
const deflateOptions = { level: 9, memLevel: 4, windowBits: 12, chunkSize: 1024, dictionary: DICTIONARY_1 };

/** As `deflate` of bytes/ does, in a quarter of the time and now and then some bytes longer. */
export function nodeDeflate(bytes: Bytes): Bytes | null {
  const deflated = deflateRawSync(bytes, deflateOptions);
  return deflated.length < bytes.length ? new Uint8Array(deflated) : null;
}

/** OpenSSL checks that the point is on the curve when it imports it. */
function importP256(publicKey: Bytes): KeyObject {
  if (publicKey.length !== 65 || publicKey[0] !== 0x04) {
    throw new LatchkeyError('KEY_MALFORMED', 'expected 65 bytes that begin with 04');
  }
  try {
    return p256PublicKey(publicKey);
  } catch (cause) {
    throw new LatchkeyError('KEY_MALFORMED', 'not a point on the curve', { cause });
  }
}
