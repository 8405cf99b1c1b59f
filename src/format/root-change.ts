import { claims } from './claims.ts';
import type { Decoded } from './codec.ts';
import { claimsCodec, record } from './record.ts';

const rootChange = record(claims, {
  required: ['issuedAt', 'rootVersion', 'newRoot'],
  optional: [],
});

/**
 * The next root and its number. The file is signed by the old root around a message signed by the new one.
 *
 * @see FORMAT.md#root-change
 */
export type RootChange = Decoded<typeof rootChange>;

const codec = claimsCodec('root-change', rootChange);

/** Encodes the claims of a root change. @throws RangeError when a claim is out of its bounds. */
export const encodeRootChange = codec.encode;

/**
 * Decodes the claims of a root change. Checks neither signature nor whether the number follows.
 *
 * @throws {@link LatchkeyError} CBOR_*, CLAIM_MISSING, CLAIM_TYPE, CLAIM_RANGE, CRITICAL_UNKNOWN, KEY_MALFORMED,
 * KEY_NOT_CANONICAL, KEY_SMALL_ORDER
 */
export const decodeRootChange = codec.decode;
