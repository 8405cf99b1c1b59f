import type { Bytes } from '../bytes/bytes.ts';
import { decodeCoseKey, decodeXy, encodeCoseKey, encodeXy } from '../cose/key.ts';
import { LatchkeyError } from '../errors.ts';
import { bytes, type Codec, typeError } from './codec.ts';

const coordinates = bytes(64);

/** An Ed25519 public key as a COSE_Key: 32 bytes, neither of small order nor in a second encoding. */
export const ed25519Key = coseKey(32, 'Ed25519');

/** A P-256 public key as a COSE_Key: 65 bytes, uncompressed. */
export const p256Key = coseKey(65, 'P-256');

/** A device's P-256 public key as a claim: 65 bytes here, the 64 of x and y in the file. */
export const deviceKey: Codec<Bytes> = {
  toCbor: encodeXy,
  fromCbor: (value, at) => decodeXy(coordinates.fromCbor(value, at)),
};

function coseKey(length: number, curve: string): Codec<Bytes> {
  return {
    toCbor: encodeCoseKey,
    fromCbor(value, at) {
      if (!(value instanceof Map)) throw typeError(at, 'a COSE_Key');
      const key = decodeCoseKey(value);
      if (key.length === length) return key;
      throw new LatchkeyError('ALGORITHM_UNKNOWN', `${at}: expected a key on ${curve}`);
    },
  };
}
