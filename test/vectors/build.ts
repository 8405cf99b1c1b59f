import { type Bytes, concatBytes } from '../../src/bytes/bytes.ts';
import { type CborMap, type CborValue, decodeCbor, encodeCbor } from '../../src/bytes/cbor.ts';
import { deflate } from '../../src/bytes/deflate.ts';
import { fromHex } from '../../src/bytes/hex.ts';
import { KINDS, type Kind } from '../../src/format/kinds.ts';
import { sealWithEphemeral } from './hpke.ts';
import { ephemeral, domainId as ourDomainId, sealing, type TestKey } from './keys.ts';

const filePrefix = fromHex('d9d9f7');

/** What a signed message is made of. Whatever is left out is made right. */
export interface SignedParts {
  readonly kind: Kind;
  /** Claims, CBOR. */
  readonly claims: Bytes;
  readonly key: TestKey;
  readonly domainId?: Bytes;
  /** false: the payload is the claims as they are. */
  readonly compress?: boolean;
  /** The payload instead of the claims; `inflatedLength` then goes with it. */
  readonly payload?: Bytes;
  readonly inflatedLength?: number | null;
  /** Header labels to add or replace; undefined takes one away. */
  readonly header?: ReadonlyMap<number | string, CborValue | undefined>;
  /** The protected header instead, raw. */
  readonly protectedBytes?: Bytes;
  readonly unprotected?: CborMap;
}

/** A COSE_Sign1, beginning with d2, signed over whatever it holds. */
export function signed(parts: SignedParts): Bytes {
  const { payload, inflatedLength } = payloadOf(parts);
  const protectedBytes = parts.protectedBytes ?? encodeCbor(headerOf(parts, inflatedLength));
  const externalAad = encodeCbor(['latchkey-1', parts.domainId ?? ourDomainId]);
  const signature = parts.key.sign(encodeCbor(['Signature1', protectedBytes, externalAad, payload]));
  const array = encodeCbor([protectedBytes, parts.unprotected ?? new Map(), payload, signature]);
  return concatBytes(fromHex('d2'), array);
}

/** {@link signed} as a whole file. */
export function signedFile(parts: SignedParts): Bytes {
  return toFile(signed(parts));
}

function payloadOf(parts: SignedParts): { payload: Bytes; inflatedLength: number | null } {
  const { claims, payload, inflatedLength, compress = true } = parts;
  if (payload !== undefined) return { payload, inflatedLength: inflatedLength ?? null };
  const deflated = compress ? deflate(claims) : null;
  if (deflated === null) return { payload: claims, inflatedLength: inflatedLength ?? null };
  return { payload: deflated, inflatedLength: inflatedLength ?? claims.length };
}

function headerOf({ kind, key, header }: SignedParts, inflatedLength: number | null): CborMap {
  const map: CborMap = new Map<number | string, CborValue>([
    [1, key.curve === 'Ed25519' ? -19 : -9],
    [16, KINDS[kind]],
  ]);
  if (key.curve === 'Ed25519') map.set(4, key.kid);
  if (inflatedLength !== null) map.set('z', inflatedLength);
  return withEntries(map, header ?? new Map());
}

/** What a sealed message is made of. */
export interface SealedParts {
  readonly kind: Kind;
  /** The message within. */
  readonly message: Bytes;
  readonly recipient?: TestKey;
  readonly domainId?: Bytes;
  readonly header?: ReadonlyMap<number | string, CborValue | undefined>;
  readonly unprotected?: ReadonlyMap<number | string, CborValue>;
  readonly ek?: Bytes;
}

/** A sealed file around a message. */
export function sealedFile(parts: SealedParts): Bytes {
  const { kind, message, recipient = sealing, domainId = ourDomainId } = parts;
  const base: CborMap = new Map<number, CborValue>([
    [1, 35],
    [4, recipient.kid],
    [16, KINDS[kind]],
  ]);
  const protectedBytes = encodeCbor(withEntries(base, parts.header ?? new Map()));
  const aad = encodeCbor(['Encrypt0', protectedBytes, encodeCbor(['latchkey-1', domainId])]);
  const { ek, ciphertext } = sealWithEphemeral({ ephemeral, recipient: recipient.publicKey }, aad, message);
  const unprotected = withEntries(new Map([[-4, parts.ek ?? ek]]), parts.unprotected ?? new Map());
  return toFile(concatBytes(fromHex('d0'), encodeCbor([protectedBytes, unprotected, ciphertext])));
}

/** A message with the prefix of a file. */
export function toFile(message: Bytes): Bytes {
  return concatBytes(filePrefix, message);
}

/** Claims with some replaced, added, or taken away (undefined). */
export function withClaims(claims: Bytes, changes: readonly [number, CborValue | undefined][]): Bytes {
  const map = decodeCbor(claims);
  if (!(map instanceof Map)) throw new TypeError('expected a map');
  return encodeCbor(withEntries(map, new Map(changes)));
}

/** Claims with a pair at the end that is given in hex, so that it can be of any encoding. */
export function withRawPair(claims: Bytes, pairHex: string): Bytes {
  const [head = 0] = claims;
  if (head < 0xa0 || head >= 0xb7) throw new RangeError('expected a map of at most 22 pairs');
  return concatBytes(Uint8Array.of(head + 1), claims.slice(1), fromHex(pairHex));
}

function withEntries(map: CborMap, entries: ReadonlyMap<number | string, CborValue | undefined>): CborMap {
  const changed = new Map(map);
  for (const [key, value] of entries) {
    if (value === undefined) changed.delete(key);
    else changed.set(key, value);
  }
  return changed;
}
