import type { Bytes } from '../bytes/bytes.ts';
import { type CborMap, type CborValue, decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { LatchkeyError } from '../errors.ts';
import { type Codec, typeError } from './codec.ts';

/** One claim: the number that stands for it in a map, and its codec. */
export interface Claim<T> {
  readonly label: number;
  readonly codec: Codec<T>;
}

/** Gives a claim its number. */
export function claim<T>(label: number, codec: Codec<T>): Claim<T> {
  return { label, codec };
}

/** Claims by name; each number stands once. */
export type Registry = Readonly<Record<string, Claim<unknown>>>;

type ValueOf<C> = C extends Claim<infer T> ? T : never;

/** The object that holds these claims of a registry. */
export type ClaimsOf<R extends Registry, Q extends keyof R, O extends keyof R> = {
  readonly [K in keyof Pick<R, Q>]: ValueOf<R[K]>;
} & { readonly [K in keyof Pick<R, O>]?: ValueOf<R[K]> | undefined };

/** Which claims of a registry a record has. */
export interface Shape<Q, O> {
  readonly required: readonly Q[];
  readonly optional: readonly O[];
  /** Claims that come together or not at all. */
  readonly together?: readonly (readonly [O, O])[];
  /** Exactly one of these must be there. */
  readonly oneOf?: readonly O[];
}

/**
 * A map from claim numbers to values. Unknown numbers from 0 on are skipped, unknown negative ones refused, so that
 * a later version can add claims of both sorts.
 *
 * @see FORMAT.md#claims
 */
export function record<R extends Registry, Q extends keyof R & string, O extends keyof R & string>(
  registry: R,
  shape: Shape<Q, O>,
): Codec<ClaimsOf<R, Q, O>> {
  type Value = ClaimsOf<R, Q, O>;
  const named = memberShape(registry, shape);
  const members = [...named.required, ...named.optional];
  const known = new Set<number | string>(members.map(({ label }) => label));
  return {
    toCbor: value => mapOf(members, value),
    fromCbor(value, at) {
      if (!(value instanceof Map)) throw typeError(at, 'a map');
      refuseUnknown(value, known, at);
      checkPresence(value, named, at);
      const decoded: Record<string, unknown> = {};
      for (const { name, label, codec } of members) {
        const item = value.get(label);
        if (item !== undefined) decoded[name] = codec.fromCbor(item, `${at}.${name}`);
      }
      return decoded as Value;
    },
  };
}

interface Member extends Claim<unknown> {
  readonly name: string;
}

function memberShape(registry: Registry, shape: Shape<string, string>): Shape<Member, Member> {
  const member = (name: string): Member => {
    const entry = registry[name];
    if (entry === undefined) throw new TypeError(`no claim is named ${name}`);
    return { name, ...entry };
  };
  return {
    required: shape.required.map(member),
    optional: shape.optional.map(member),
    together: shape.together?.map(([a, b]) => [member(a), member(b)] as const) ?? [],
    ...(shape.oneOf && { oneOf: shape.oneOf.map(member) }),
  };
}

function mapOf(members: readonly Member[], value: Readonly<Record<string, unknown>>): CborMap {
  const map: CborMap = new Map();
  for (const { name, label, codec } of members) {
    const item = value[name];
    if (item !== undefined) map.set(label, codec.toCbor(item));
  }
  return map;
}

function refuseUnknown(map: CborMap, known: ReadonlySet<number | string>, at: string): void {
  for (const key of map.keys()) {
    if (typeof key === 'string') throw typeError(at, 'integer keys');
    if (key < 0 && !known.has(key)) {
      throw new LatchkeyError('CRITICAL_UNKNOWN', `${at}: unknown critical claim ${key}`, {
        data: { claim: key },
      });
    }
  }
}

function checkPresence(map: CborMap, { required, together, oneOf }: Shape<Member, Member>, at: string): void {
  const has = ({ label }: Member) => map.has(label);
  for (const member of required) if (!has(member)) throw missing(member.name, at);
  for (const [a, b] of together ?? []) if (has(a) !== has(b)) throw missing(has(a) ? b.name : a.name, at);
  if (oneOf !== undefined && oneOf.filter(has).length !== 1) {
    throw missing(`exactly one of ${oneOf.map(({ name }) => name).join(', ')}`, at);
  }
}

function missing(what: string, at: string): LatchkeyError {
  return new LatchkeyError('CLAIM_MISSING', `${at}: ${what} is missing`, {
    data: { claim: `${at}.${what}` },
  });
}

/** Bytes and back for the claims of one kind. */
export interface ClaimsCodec<T> {
  encode(claims: T): Bytes;
  decode(bytes: Bytes): T;
}

/**
 * Encodes and decodes the claims of one kind. `encode` refuses what `decode` would refuse, so that nothing is ever
 * signed that no reader takes.
 */
export function claimsCodec<T>(kind: string, codec: Codec<T>): ClaimsCodec<T> {
  return {
    encode(claims) {
      const value: CborValue = codec.toCbor(claims);
      try {
        codec.fromCbor(value, kind);
      } catch (cause) {
        throw new RangeError(
          `these claims make no ${kind}: ${cause instanceof Error ? cause.message : cause}`,
          {
            cause,
          },
        );
      }
      return encodeCbor(value);
    },
    decode: encoded => codec.fromCbor(decodeCbor(encoded), kind),
  };
}
