import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { type Bytes, concatBytes } from '../../bytes/bytes.ts';
import { fromHex } from '../../bytes/hex.ts';

/** DER that stands before raw keys (RFC 8410, RFC 5480, RFC 5915): node:crypto reads no raw ones. */
const derBefore = {
  ed25519Public: fromHex('302a300506032b6570032100'),
  ed25519Private: fromHex('302e020100300506032b657004220420'),
  p256Public: fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200'),
  p256Private: fromHex('3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420'),
};

/** @param raw - 32 bytes. @throws Error - when they are no point of the curve. */
export function ed25519PublicKey(raw: Bytes): KeyObject {
  return publicKey(derBefore.ed25519Public, raw);
}

/** @param raw - 65 bytes, uncompressed. @throws Error - when they are no point of the curve. */
export function p256PublicKey(raw: Bytes): KeyObject {
  return publicKey(derBefore.p256Public, raw);
}

/** @param seed - 32 bytes. */
export function ed25519PrivateKey(seed: Bytes): KeyObject {
  return privateKey(derBefore.ed25519Private, seed);
}

/** @param scalar - 32 bytes, big-endian. */
export function p256PrivateKey(scalar: Bytes): KeyObject {
  return privateKey(derBefore.p256Private, scalar);
}

/** The raw public half: 32 bytes for Ed25519, 65 for P-256. */
export function rawPublicKey(key: KeyObject): Bytes {
  const { x, y } = createPublicKey(key).export({ format: 'jwk' });
  if (x === undefined) throw new TypeError('expected an Ed25519 or P-256 key');
  if (y === undefined) return fromJwk(x);
  return concatBytes(Uint8Array.of(0x04), fromJwk(x), fromJwk(y));
}

/** The 32 secret bytes: the seed for Ed25519, the scalar for P-256. */
export function rawPrivateKey(key: KeyObject): Bytes {
  const { d } = key.export({ format: 'jwk' });
  if (d === undefined) throw new TypeError('expected a private Ed25519 or P-256 key');
  return fromJwk(d);
}

/**
 * As PEM text: given an object, node:crypto learns by an exception that it is no key, four times for one of DER bytes,
 * which costs more than reading the key.
 */
function publicKey(before: Bytes, raw: Bytes): KeyObject {
  const der = Buffer.concat([before, raw]).toString('base64');
  return createPublicKey(`-----BEGIN PUBLIC KEY-----\n${der}\n-----END PUBLIC KEY-----`);
}

function privateKey(before: Bytes, raw: Bytes): KeyObject {
  return createPrivateKey({ key: Buffer.concat([before, raw]), format: 'der', type: 'pkcs8' });
}

function fromJwk(text: string): Bytes {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}
