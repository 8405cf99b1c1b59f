import type { Bytes } from './bytes.ts';
import { CborReader } from './cbor-reader.ts';
import type { CborValue } from './cbor-types.ts';
import { CborWriter } from './cbor-writer.ts';

export type { CborMap, CborValue } from './cbor-types.ts';

const writer = new CborWriter();

/**
 * Encodes a value as deterministic CBOR (RFC 8949, section 4.2.1): the shortest heads, map keys sorted by their bytes.
 *
 * @throws TypeError - for what the format does not write: fractions, integers past 2^53-1, lone surrogates.
 * @see FORMAT.md#encoding
 */
export function encodeCbor(value: CborValue): Bytes {
  return writer.encode(value);
}

/**
 * Decodes deterministic CBOR and refuses all else; never recurses past 8 levels, whatever the bytes.
 *
 * @throws {@link LatchkeyError} FILE_CUT_SHORT - when the bytes end before the value does.
 * @throws {@link LatchkeyError} TRAILING_BYTES - when bytes follow the value.
 * @throws {@link LatchkeyError} CBOR_TOO_DEEP - for more than 8 arrays and maps in each other.
 * @throws {@link LatchkeyError} CBOR_NOT_DETERMINISTIC - for long heads, indefinite lengths, unsorted or double keys.
 * @throws {@link LatchkeyError} CBOR_MALFORMED - for floats, tags, undefined, invalid UTF-8, integers past 2^53-1.
 * @see FORMAT.md#encoding
 */
export function decodeCbor(bytes: Bytes): CborValue {
  const reader = new CborReader(bytes);
  const value = reader.read();
  reader.end();
  return value;
}

/**
 * Decodes the first value of a row (RFC 8742), with the number of bytes that it takes.
 *
 * @throws {@link LatchkeyError} as {@link decodeCbor} does, but for bytes that follow.
 */
export function decodeCborItem(bytes: Bytes): { value: CborValue; length: number } {
  const reader = new CborReader(bytes);
  return { value: reader.read(), length: reader.length };
}
