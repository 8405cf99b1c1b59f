import { type Bytes, concatBytes } from '../bytes/bytes.ts';
import { type CborMap, type CborValue, encodeCbor } from '../bytes/cbor.ts';
import { sha256 } from '../crypto/hash.ts';
import { checkEd25519PublicKey, checkP256PublicKey } from '../crypto/public-key.ts';
import { LatchkeyError } from '../errors.ts';
import { CRV, KEY, KID_BYTES, KTY } from './labels.ts';

const ED25519_BYTES = 32;
const COORDINATE_BYTES = 32;
const UNCOMPRESSED = Uint8Array.of(0x04);

/**
 * Encodes a public key as a COSE_Key with its required members alone.
 *
 * @param publicKey - 32 bytes: Ed25519; 65 bytes (04, x, y): P-256.
 * @throws TypeError - for another length.
 * @see FORMAT.md#public-keys
 */
export function encodeCoseKey(publicKey: Bytes): CborMap {
  if (publicKey.length === ED25519_BYTES) {
    return new Map<number, CborValue>([
      [KEY.kty, KTY.okp],
      [KEY.crv, CRV.ed25519],
      [KEY.x, publicKey],
    ]);
  }
  const xy = encodeXy(publicKey);
  return new Map<number, CborValue>([
    [KEY.kty, KTY.ec2],
    [KEY.crv, CRV.p256],
    [KEY.x, xy.slice(0, COORDINATE_BYTES)],
    [KEY.y, xy.slice(COORDINATE_BYTES)],
  ]);
}

/**
 * Decodes a COSE_Key that came from outside and checks the point.
 *
 * @returns 32 bytes for Ed25519; 65 bytes (04, x, y) for P-256.
 * @throws {@link LatchkeyError} ALGORITHM_UNKNOWN - for another key type or curve.
 * @throws {@link LatchkeyError} KEY_MALFORMED - for missing or further members, other lengths, or no point of the curve.
 * @throws {@link LatchkeyError} KEY_NOT_CANONICAL - see `checkEd25519PublicKey`.
 * @throws {@link LatchkeyError} KEY_SMALL_ORDER - see `checkEd25519PublicKey`.
 * @see FORMAT.md#public-keys
 */
export function decodeCoseKey(value: CborValue): Bytes {
  if (!(value instanceof Map)) throw malformed('expected a map');
  const type = keyType(value);
  const x = coordinate(value, KEY.x);
  if (type === 'ed25519') {
    assertSize(value, 3);
    checkEd25519PublicKey(x);
    return x;
  }
  const y = coordinate(value, KEY.y);
  assertSize(value, 4);
  return decodeXy(concatBytes(x, y));
}

/**
 * Drops the leading 04 of an uncompressed P-256 point.
 *
 * @throws TypeError - when `publicKey` is not 65 bytes.
 */
export function encodeXy(publicKey: Bytes): Bytes {
  if (publicKey.length !== 1 + 2 * COORDINATE_BYTES)
    throw new TypeError('expected 32 or 65 bytes of public key');
  return publicKey.slice(1);
}

/**
 * Reads a P-256 point from 64 bytes (x, y) that came from outside.
 *
 * @returns 65 bytes: 04, x, y.
 * @throws {@link LatchkeyError} KEY_MALFORMED - for another length, or when the point is not on the curve.
 */
export function decodeXy(xy: Bytes): Bytes {
  const publicKey = concatBytes(UNCOMPRESSED, xy);
  checkP256PublicKey(publicKey);
  return publicKey;
}

/**
 * The COSE key thumbprint (RFC 9679) with SHA-256: 32 bytes. Of a device's key it is the device id, of a vendor's first
 * root key the domain id.
 *
 * @param publicKey - 32 bytes: Ed25519; 65 bytes: P-256. Not checked.
 */
export function thumbprint(publicKey: Bytes): Bytes {
  return sha256(encodeCbor(encodeCoseKey(publicKey)));
}

/** The key id of a public key: the first 8 bytes of its {@link thumbprint}. It only finds a key and proves nothing. */
export function keyId(publicKey: Bytes): Bytes {
  return thumbprint(publicKey).slice(0, KID_BYTES);
}

function keyType(key: CborMap): 'ed25519' | 'p256' {
  const kty = key.get(KEY.kty);
  const crv = key.get(KEY.crv);
  if (typeof kty !== 'number' || (crv !== undefined && typeof crv !== 'number'))
    throw malformed('no key type');
  if (kty === KTY.okp && crv === CRV.ed25519) return 'ed25519';
  if (kty === KTY.ec2 && crv === CRV.p256) return 'p256';
  throw new LatchkeyError('ALGORITHM_UNKNOWN', `key type ${kty} with curve ${crv}`);
}

function coordinate(key: CborMap, label: number): Bytes {
  const value = key.get(label);
  if (!(value instanceof Uint8Array) || value.length !== COORDINATE_BYTES) {
    throw malformed(`expected 32 bytes under ${label}`);
  }
  return value;
}

function assertSize(key: CborMap, size: number): void {
  if (key.size !== size) throw malformed(`expected ${size} members, got ${key.size}`);
}

function malformed(message: string): LatchkeyError {
  return new LatchkeyError('KEY_MALFORMED', message);
}
