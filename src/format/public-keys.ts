import { type Bytes, concatBytes } from '../bytes/bytes.ts';
import type { CborMap, CborValue } from '../bytes/cbor.ts';
import { checkEd25519PublicKey, checkP256PublicKey } from '../crypto/public-key.ts';
import { LatchkeyError } from '../errors.ts';
import { bytes, type Codec, typeError } from './codec.ts';

const uncompressed = Uint8Array.of(4);
const coordinates = bytes(64);
const label = { kty: 1, crv: -1, x: -2, y: -3 } as const;
const okp = { kty: 1, crv: 6 } as const;
const ec2 = { kty: 2, crv: 1 } as const;

/** An Ed25519 public key as a COSE_Key: 32 bytes, neither of small order nor in a second encoding. */
export const ed25519Key: Codec<Bytes> = {
  toCbor: key =>
    new Map<number, CborValue>([
      [label.kty, okp.kty],
      [label.crv, okp.crv],
      [label.x, key],
    ]),
  fromCbor(value, at) {
    const map = keyMap(value, at, okp);
    const key = coordinate(map, label.x, at);
    if (map.size !== 3) throw malformed(at);
    checkEd25519PublicKey(key);
    return key;
  },
};

/** A P-256 public key as a COSE_Key: 65 bytes, uncompressed. */
export const p256Key: Codec<Bytes> = {
  toCbor: key =>
    new Map<number, CborValue>([
      [label.kty, ec2.kty],
      [label.crv, ec2.crv],
      [label.x, key.slice(1, 33)],
      [label.y, key.slice(33)],
    ]),
  fromCbor(value, at) {
    const map = keyMap(value, at, ec2);
    const key = concatBytes(uncompressed, coordinate(map, label.x, at), coordinate(map, label.y, at));
    if (map.size !== 4) throw malformed(at);
    checkP256PublicKey(key);
    return key;
  },
};

/** A device's P-256 public key as a claim: 65 bytes here, the 64 of x and y in the file. */
export const deviceKey: Codec<Bytes> = {
  toCbor: key => key.slice(1),
  fromCbor(value, at) {
    const key = concatBytes(uncompressed, coordinates.fromCbor(value, at));
    checkP256PublicKey(key);
    return key;
  },
};

function keyMap(value: CborValue, at: string, expected: { kty: number; crv: number }): CborMap {
  if (!(value instanceof Map)) throw typeError(at, 'a COSE_Key');
  const [kty, crv] = [value.get(label.kty), value.get(label.crv)];
  if (typeof kty !== 'number' || typeof crv !== 'number') throw malformed(at);
  if (kty === expected.kty && crv === expected.crv) return value;
  throw new LatchkeyError(
    'ALGORITHM_UNKNOWN',
    `${at}: expected key type ${expected.kty}, curve ${expected.crv}`,
  );
}

function coordinate(map: CborMap, name: number, at: string): Bytes {
  const value = map.get(name);
  if (!(value instanceof Uint8Array) || value.length !== 32) throw malformed(at);
  return value;
}

function malformed(at: string): LatchkeyError {
  return new LatchkeyError('KEY_MALFORMED', `${at}: expected a COSE_Key with its labels alone`);
}
