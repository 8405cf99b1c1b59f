import { claims } from './claims.ts';
import type { Decoded } from './codec.ts';
import { claimsCodec, record } from './record.ts';

const receipt = record(claims, {
  required: ['requestId', 'deviceId', 'licenseId', 'issuedAt', 'activationId', 'consumption'],
  optional: [],
});

/**
 * The portal's answer to a deactivation: the activation has ended, with these totals.
 *
 * @see FORMAT.md#receipt
 */
export type Receipt = Decoded<typeof receipt>;

const codec = claimsCodec('receipt', receipt);

/** Encodes the claims of a receipt. @throws RangeError when a claim is out of its bounds. */
export const encodeReceipt = codec.encode;

/**
 * Decodes the claims of a receipt. Checks no signature and not whose request it answers.
 *
 * @throws {@link LatchkeyError} CBOR_*, CLAIM_MISSING, CLAIM_TYPE, CLAIM_RANGE, CRITICAL_UNKNOWN
 */
export const decodeReceipt = codec.decode;
