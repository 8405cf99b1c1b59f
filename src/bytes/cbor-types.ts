import type { Bytes } from './bytes.ts';

/** What version 1 of the format writes: no floats, tags or undefined; integers within ±(2^53-1). */
export type CborValue = number | string | boolean | null | Bytes | CborValue[] | CborMap;

/** A map. Keys are integers, or text where the format says so. */
export type CborMap = Map<number | string, CborValue>;

/** Major types of CBOR (RFC 8949, section 3.1). */
export const MAJOR = {
  uint: 0,
  negative: 1,
  bytes: 2,
  text: 3,
  array: 4,
  map: 5,
  tag: 6,
  simple: 7,
} as const;

/** Simple values of the format (RFC 8949, section 3.3). */
export const FALSE = 20;
export const TRUE = 21;
export const NULL = 22;
