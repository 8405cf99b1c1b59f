import { claims } from './claims.ts';
import type { Decoded } from './codec.ts';
import { claimsCodec, record } from './record.ts';

const trustBundle = record(claims, {
  required: ['issuedAt', 'bundleVersion', 'rootVersion', 'issuerKeys', 'sealingKeys', 'portals'],
  optional: [],
});

/**
 * The keys and portal addresses that the vendor's root vouches for.
 *
 * @see FORMAT.md#trust-bundle
 */
export type TrustBundle = Decoded<typeof trustBundle>;

const codec = claimsCodec('trust-bundle', trustBundle);

/** Encodes the claims of a trust bundle. @throws RangeError when a claim is out of its bounds. */
export const encodeTrustBundle = codec.encode;

/**
 * Decodes the claims of a trust bundle. Checks no signature and no version.
 *
 * @throws {@link LatchkeyError} CBOR_*, CLAIM_MISSING, CLAIM_TYPE, CLAIM_RANGE, CRITICAL_UNKNOWN, KEY_MALFORMED,
 * KEY_NOT_CANONICAL, KEY_SMALL_ORDER
 */
export const decodeTrustBundle = codec.decode;
