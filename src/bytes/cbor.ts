import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import { LatchkeyError } from '../errors.ts';
import { type Bytes, equalBytes } from './bytes.ts';
import { scanCbor } from './cbor-scan.ts';

/** What version 1 of the format writes: no floats, tags or undefined; integers within ±(2^53-1). */
export type CborValue = number | string | boolean | null | Bytes | CborValue[] | CborMap;

/** A map. Keys are integers, or text where the format says so. */
export type CborMap = Map<number | string, CborValue>;

/**
 * Encodes a value as deterministic CBOR (RFC 8949, section 4.2.1): the shortest heads, map keys sorted by their bytes.
 *
 * @throws TypeError - for what the format does not write: fractions, integers past 2^53-1, lone surrogates.
 * @see FORMAT.md#encoding
 */
export function encodeCbor(value: CborValue): Bytes {
  assertEncodable(value);
  return new Uint8Array(encode(value, rfc8949EncodeOptions));
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
  scanCbor(bytes);
  const value = decodeScanned(bytes);
  if (!equalBytes(encode(value, rfc8949EncodeOptions), bytes)) {
    throw new LatchkeyError('CBOR_NOT_DETERMINISTIC', 'map keys are not sorted');
  }
  return value;
}

/** The scan has admitted only the types of {@link CborValue}; double keys are all that cborg can still refuse. */
function decodeScanned(bytes: Bytes): CborValue {
  try {
    return decode(bytes, {
      strict: true,
      useMaps: true,
      rejectDuplicateMapKeys: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowBigInt: false,
    }) as CborValue;
  } catch (cause) {
    throw new LatchkeyError('CBOR_NOT_DETERMINISTIC', 'a map key stands twice', { cause });
  }
}

function assertEncodable(value: CborValue): void {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new TypeError('expected a safe integer');
  if (typeof value === 'string') assertText(value);
  if (Array.isArray(value)) value.forEach(assertEncodable);
  if (!(value instanceof Map)) return;
  for (const [key, entry] of value) {
    assertEncodable(key);
    assertEncodable(entry);
  }
}

function assertText(text: string): void {
  if (/\p{Surrogate}/u.test(text)) throw new TypeError('expected text without lone surrogates');
  if (text.startsWith('\ufeff')) throw new TypeError('expected text without a byte order mark');
}
