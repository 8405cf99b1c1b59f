import { type Bytes, startsWith } from '../../bytes/bytes.ts';
import { FILE_PREFIX } from '../../bytes/carrier.ts';
import { toFile } from '../../cose/file.ts';
import { claims } from '../claims.ts';
import type { Decoded } from '../codec.ts';
import { claimsCodec, record } from '../record.ts';

const mapType = 5;
/** The first member of a recovery file, always there. */
const recoveryMember = 1;

const namedCredentials = record(claims, {
  required: [],
  optional: ['keyLookup', 'keyProof', 'userLookup', 'userProof'],
  together: [
    ['keyLookup', 'keyProof'],
    ['userLookup', 'userProof'],
  ],
  oneOf: ['keyLookup', 'userLookup'],
});

/**
 * What a request would have said of key or user, had they been typed at the device: made by whoever carries it, good for
 * that request alone.
 *
 * @see FORMAT.md#named-credentials
 */
export type NamedCredentials = Decoded<typeof namedCredentials>;

const codec = claimsCodec('named credentials', namedCredentials);

/** Encodes credentials as an item of a batch. @throws RangeError when a claim is out of its bounds. */
export function encodeNamedCredentials(credentials: NamedCredentials): Bytes {
  return toFile(codec.encode(credentials));
}

/**
 * Whether an item of a batch is credentials: a map where a file has a COSE message, and that does not begin as a recovery
 * file does, with member 1. Looks at two bytes.
 */
export function isNamedCredentials(item: Bytes): boolean {
  const [head = 0, first] = item.subarray(FILE_PREFIX.length);
  return startsWith(item, FILE_PREFIX) && head >> 5 === mapType && first !== recoveryMember;
}

/**
 * Decodes credentials. Checks no proof.
 *
 * @param item - For which {@link isNamedCredentials} is true.
 * @throws {@link LatchkeyError} CBOR_*, FILE_CUT_SHORT, TRAILING_BYTES, CLAIM_MISSING, CLAIM_TYPE, CLAIM_RANGE
 */
export function decodeNamedCredentials(item: Bytes): NamedCredentials {
  return codec.decode(item.slice(FILE_PREFIX.length));
}
