import { claims } from './claims.ts';
import type { Decoded } from './codec.ts';
import { claimsCodec, record } from './record.ts';

const refusal = record(claims, {
  required: ['issuedAt', 'code'],
  optional: ['requestId', 'deviceId', 'data', 'fileDigest'],
  oneOf: ['requestId', 'fileDigest'],
});

/**
 * The portal's no, with its reason. It changes no license and closes no request.
 *
 * @see FORMAT.md#refusal
 */
export type Refusal = Decoded<typeof refusal>;

const codec = claimsCodec('refusal', refusal);

/** Encodes the claims of a refusal. @throws RangeError when a claim is out of its bounds. */
export const encodeRefusal = codec.encode;

/**
 * Decodes the claims of a refusal. Checks no signature and not whose request it answers.
 *
 * @throws {@link LatchkeyError} CBOR_*, CLAIM_MISSING, CLAIM_TYPE, CLAIM_RANGE, CRITICAL_UNKNOWN
 */
export const decodeRefusal = codec.decode;
