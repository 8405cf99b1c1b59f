import type { Bytes } from '../bytes/bytes.ts';
import { FILE_PREFIX } from '../bytes/carrier.ts';
import { type CborMap, type CborValue, decodeCbor } from '../bytes/cbor.ts';
import { LatchkeyError } from '../errors.ts';
import { malformed } from './header.ts';
import { statedLength } from './stated-length.ts';

/** The first two elements of every COSE message, and what follows them. */
export interface MessageParts {
  protectedBytes: Bytes;
  unprotected: CborMap;
  rest: CborValue[];
}

/**
 * Decodes the array of a COSE message after its tag.
 *
 * @throws {@link LatchkeyError} FILE_CUT_SHORT - with `bytes` and `expectedBytes` of the file that the message is, where
 *   what is there of it says how long it was.
 * @throws {@link LatchkeyError} COSE_MALFORMED - for another tag, or another array.
 */
export function decodeMessage(message: Bytes, tag: number, length: number): MessageParts {
  if (message[0] !== tag) throw malformed(`expected the tag byte ${tag.toString(16)}`);
  const array = decodeArray(message);
  if (!Array.isArray(array) || array.length !== length) throw malformed(`expected an array of ${length}`);
  const [protectedBytes, unprotected, ...rest] = array;
  if (!(unprotected instanceof Map)) throw malformed('expected a map as unprotected header');
  return { protectedBytes: requireBytes(protectedBytes, 'the protected header'), unprotected, rest };
}

function decodeArray(message: Bytes): CborValue {
  try {
    return decodeCbor(message.subarray(1));
  } catch (error) {
    if (!(error instanceof LatchkeyError) || error.code !== 'FILE_CUT_SHORT') throw error;
    const length = statedLength(message);
    if (length === null) throw error;
    const data = { bytes: FILE_PREFIX.length + message.length, expectedBytes: FILE_PREFIX.length + length };
    throw new LatchkeyError('FILE_CUT_SHORT', 'the message ends too early', { cause: error, data });
  }
}

/**
 * Narrows an element to bytes.
 *
 * @throws {@link LatchkeyError} COSE_MALFORMED - for another type, or another length than asked for.
 */
export function requireBytes(value: CborValue | undefined, what: string, length?: number): Bytes {
  if (!(value instanceof Uint8Array)) throw malformed(`expected bytes as ${what}`);
  if (length !== undefined && value.length !== length) {
    throw malformed(`expected ${length} bytes as ${what}, got ${value.length}`);
  }
  return value;
}
