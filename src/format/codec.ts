import { type Bytes, utf8Length } from '../bytes/bytes.ts';
import type { CborValue } from '../bytes/cbor.ts';
import { LatchkeyError } from '../errors.ts';

/**
 * How one value stands in CBOR and what it may be.
 * `at` names the claim in messages: `license.features[2].code`.
 */
export interface Codec<T> {
  toCbor(value: T): CborValue;
  /** @throws {@link LatchkeyError} CLAIM_TYPE, CLAIM_RANGE, and for records CLAIM_MISSING and CRITICAL_UNKNOWN. */
  fromCbor(value: CborValue, at: string): T;
}

/** The type that a codec decodes to. */
export type Decoded<C> = C extends Codec<infer T> ? T : never;

/** Largest number of any sum, maximum or sequence: leaves room to add without leaving the safe integers. */
export const MAX_AMOUNT = 2 ** 48 - 1;

/** Latest time, Unix seconds: the last one that a `Date` can hold. */
export const MAX_TIME = 8_640_000_000_000;

/** A CLAIM_TYPE error: the value has another CBOR type than the claim. */
export function typeError(at: string, expected: string): LatchkeyError {
  return new LatchkeyError('CLAIM_TYPE', `${at}: expected ${expected}`, { data: { claim: at } });
}

/** A CLAIM_RANGE error: the right type, but a length or value out of bounds. */
export function rangeError(at: string, expected: string): LatchkeyError {
  return new LatchkeyError('CLAIM_RANGE', `${at}: expected ${expected}`, { data: { claim: at } });
}

/** A byte string of exactly `length` bytes. */
export function bytes(length: number): Codec<Bytes> {
  return byteString(length, length);
}

/** A byte string of `min` to `max` bytes whose length is a multiple of `step`. */
export function byteString(min: number, max: number, step = 1): Codec<Bytes> {
  return {
    toCbor: value => value,
    fromCbor(value, at) {
      if (!(value instanceof Uint8Array)) throw typeError(at, 'a byte string');
      const { length } = value;
      if (length < min || length > max || length % step !== 0) {
        throw rangeError(at, `${min === max ? min : `${min} to ${max}`} bytes, got ${length}`);
      }
      return value;
    },
  };
}

/** An integer from `min` to `max`. */
export function integer(min: number, max: number): Codec<number> {
  return {
    toCbor: value => value,
    fromCbor(value, at) {
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw typeError(at, 'an integer');
      if (value < min || value > max) throw rangeError(at, `${min} to ${max}, got ${value}`);
      return value;
    },
  };
}

/** A time in Unix seconds. */
export const time = integer(0, MAX_TIME);

/** A sum, maximum, sequence or version. */
export const amount = integer(0, MAX_AMOUNT);

/** true or false. */
export const flag: Codec<boolean> = {
  toCbor: value => value,
  fromCbor(value, at) {
    if (typeof value !== 'boolean') throw typeError(at, 'true or false');
    return value;
  },
};

/** Ranges, because a property's name makes the engine load its tables of Unicode. */
const controlCharacter = /[^ -~\u{a0}-\u{10ffff}]/u;

/** Text of at most `maxBytes` bytes of UTF-8 without control characters, and of this pattern if one is given. */
export function text(maxBytes: number, pattern?: RegExp): Codec<string> {
  return {
    toCbor: value => value,
    fromCbor(value, at) {
      if (typeof value !== 'string') throw typeError(at, 'text');
      // None of its units takes more than three bytes.
      if (value.length * 3 > maxBytes && utf8Length(value) > maxBytes) {
        throw rangeError(at, `at most ${maxBytes} bytes of UTF-8`);
      }
      if (controlCharacter.test(value)) throw rangeError(at, 'no control characters');
      if (pattern !== undefined && !pattern.test(value)) throw rangeError(at, `text like ${pattern.source}`);
      return value;
    },
  };
}

/** One of several names, each of which travels as its number. */
export function choice<N extends string>(numbers: Readonly<Record<N, number>>): Codec<N> {
  const names = new Map((Object.keys(numbers) as N[]).map(name => [numbers[name], name] as const));
  return {
    toCbor: value => numbers[value],
    fromCbor(value, at) {
      if (typeof value !== 'number') throw typeError(at, 'an integer');
      const name = names.get(value);
      if (name === undefined) throw rangeError(at, `one of ${[...names.keys()].join(', ')}, got ${value}`);
      return name;
    },
  };
}

/** A list of at most `max` items; with `keyOf`, no two items may have the same key. */
export function list<T>(item: Codec<T>, max: number, keyOf?: (value: T) => string): Codec<readonly T[]> {
  return {
    toCbor: values => values.map(value => item.toCbor(value)),
    fromCbor(value, at) {
      if (!Array.isArray(value)) throw typeError(at, 'an array');
      if (value.length > max) throw rangeError(at, `at most ${max} items, got ${value.length}`);
      const items = value.map((entry, index) => item.fromCbor(entry, `${at}[${index}]`));
      if (keyOf !== undefined && new Set(items.map(keyOf)).size !== items.length) {
        throw rangeError(at, 'no item twice');
      }
      return items;
    },
  };
}

/** The names of a tuple's places in their order, each with its codec. */
type Places = Readonly<Record<string, Codec<unknown>>>;

/** An object that travels as an array, one place for each property in the order given. */
export function tuple<P extends Places>(places: P): Codec<{ readonly [K in keyof P]: Decoded<P[K]> }> {
  type Value = { readonly [K in keyof P]: Decoded<P[K]> };
  const entries = Object.entries(places);
  return {
    toCbor: value => entries.map(([name, codec]) => codec.toCbor(value[name])),
    fromCbor(value, at) {
      if (!Array.isArray(value)) throw typeError(at, 'an array');
      if (value.length !== entries.length)
        throw rangeError(at, `${entries.length} items, got ${value.length}`);
      const decoded = entries.map(([name, codec], index) => [
        name,
        codec.fromCbor(value[index] ?? null, `${at}.${name}`),
      ]);
      return Object.fromEntries(decoded) as Value;
    },
  };
}

/** A map with at most `max` text keys of at most `maxKeyBytes` bytes. */
export function textMap<T>(
  value: Codec<T>,
  { max, maxKeyBytes }: { max: number; maxKeyBytes: number },
): Codec<Readonly<Record<string, T>>> {
  const keyCodec = text(maxKeyBytes);
  return {
    toCbor: object => new Map(Object.entries(object).map(([key, item]) => [key, value.toCbor(item)])),
    fromCbor(map, at) {
      if (!(map instanceof Map)) throw typeError(at, 'a map');
      if (map.size > max) throw rangeError(at, `at most ${max} entries, got ${map.size}`);
      const entries = [...map].map(([key, item]) => {
        const name = keyCodec.fromCbor(key, `${at} key`);
        return [name, value.fromCbor(item, `${at}.${name}`)] as const;
      });
      return Object.fromEntries(entries);
    },
  };
}
