import { claims } from './claims.ts';
import type { Decoded } from './codec.ts';
import { claimsCodec, record } from './record.ts';

const deactivation = record(claims, {
  required: [
    'requestId',
    'licenseId',
    'issuedAt',
    'activationId',
    'revision',
    'deviceSequence',
    'highWaterMark',
    'bundleVersion',
    'rootVersion',
    'deviceKey',
    'consumption',
    'heads',
  ],
  optional: ['license', 'periods'],
});

/**
 * The device's proof that it gave the license up, with the final consumption.
 *
 * @see FORMAT.md#deactivation
 */
export type Deactivation = Decoded<typeof deactivation>;

const codec = claimsCodec('deactivation', deactivation);

/** Encodes the claims of a deactivation. @throws RangeError when a claim is out of its bounds. */
export const encodeDeactivation = codec.encode;

/**
 * Decodes the claims of a deactivation. Checks no signature and not whose activation it is.
 *
 * @throws {@link LatchkeyError} CBOR_*, CLAIM_MISSING, CLAIM_TYPE, CLAIM_RANGE, CRITICAL_UNKNOWN, KEY_MALFORMED
 */
export const decodeDeactivation = codec.decode;
