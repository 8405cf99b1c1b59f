import type { Bytes } from '../bytes/bytes.ts';
import { type CborMap, type CborValue, decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { LatchkeyError } from '../errors.ts';
import { HEADER, KID_BYTES } from './labels.ts';

/** What a protected header says. */
export interface Header {
  alg: number;
  /** First 8 bytes of the thumbprint of the key; null where the header names none. */
  kid: Bytes | null;
  /** The kind of file, as a number (RFC 9596). */
  typ: number;
  /** Null when the payload is not deflated. */
  inflatedLength: number | null;
}

const KNOWN_LABELS: readonly CborValue[] = [
  HEADER.alg,
  HEADER.crit,
  HEADER.kid,
  HEADER.typ,
  HEADER.inflatedLength,
];

/** Encodes a protected header. */
export function encodeHeader({ alg, kid, typ, inflatedLength }: Header): Bytes {
  const map: CborMap = new Map<number | string, CborValue>([
    [HEADER.alg, alg],
    [HEADER.typ, typ],
  ]);
  if (kid) map.set(HEADER.kid, kid);
  if (inflatedLength !== null) map.set(HEADER.inflatedLength, inflatedLength);
  return encodeCbor(map);
}

/**
 * Decodes a protected header. Labels that version 1 does not know are ignored, unless `crit` names them.
 *
 * @param algorithms - Those that this message may have.
 * @throws {@link LatchkeyError} ALGORITHM_UNKNOWN - for another algorithm.
 * @throws {@link LatchkeyError} CRITICAL_UNKNOWN - when `crit` names a label that version 1 does not know.
 * @throws {@link LatchkeyError} COSE_MALFORMED - for missing labels and wrong types.
 */
export function decodeHeader(bytes: Bytes, algorithms: readonly number[]): Header {
  const map = decodeCbor(bytes);
  if (!(map instanceof Map)) throw malformed('expected a map as protected header');
  checkCritical(map);
  return {
    alg: decodeAlgorithm(map, algorithms),
    kid: decodeKeyId(map),
    typ: requireUint(map, HEADER.typ),
    inflatedLength: map.has(HEADER.inflatedLength) ? requireUint(map, HEADER.inflatedLength) : null,
  };
}

/** Encodes what both messages authenticate besides: the version of the format, and the vendor (RFC 9052, section 4.3). */
export function externalAad(domainId: Bytes): Bytes {
  return encodeCbor(['latchkey-1', domainId]);
}

function checkCritical(map: CborMap): void {
  const critical = map.get(HEADER.crit);
  if (critical === undefined) return;
  if (!Array.isArray(critical) || critical.length === 0) throw malformed('expected labels under crit');
  for (const label of critical) {
    if (typeof label !== 'number' && typeof label !== 'string') throw malformed('expected labels under crit');
    if (!KNOWN_LABELS.includes(label))
      throw new LatchkeyError('CRITICAL_UNKNOWN', `critical header ${label}`);
    if (!map.has(label)) throw malformed(`critical header ${label} is absent`);
  }
}

function decodeAlgorithm(map: CborMap, algorithms: readonly number[]): number {
  const alg = map.get(HEADER.alg);
  if (typeof alg !== 'number' && typeof alg !== 'string') throw malformed('expected an algorithm');
  if (typeof alg === 'number' && algorithms.includes(alg)) return alg;
  throw new LatchkeyError('ALGORITHM_UNKNOWN', `expected one of ${algorithms.join(', ')}, got ${alg}`);
}

function decodeKeyId(map: CborMap): Bytes | null {
  const kid = map.get(HEADER.kid);
  if (kid === undefined) return null;
  if (!(kid instanceof Uint8Array) || kid.length !== KID_BYTES) throw malformed('expected 8 bytes of key id');
  return kid;
}

function requireUint(map: CborMap, label: number | string): number {
  const value = map.get(label);
  if (typeof value !== 'number' || value < 0) throw malformed(`expected an unsigned integer under ${label}`);
  return value;
}

/** COSE_MALFORMED with a message. */
export function malformed(message: string): LatchkeyError {
  return new LatchkeyError('COSE_MALFORMED', message);
}
