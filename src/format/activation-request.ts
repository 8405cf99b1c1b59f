import { claims } from './claims.ts';
import type { Decoded } from './codec.ts';
import { claimsCodec, record } from './record.ts';

const activationRequest = record(claims, {
  required: [
    'requestId',
    'issuedAt',
    'deviceSequence',
    'highWaterMark',
    'bundleVersion',
    'rootVersion',
    'deviceKey',
  ],
  optional: [
    'product',
    'fingerprint',
    'deviceName',
    'appVersion',
    'platform',
    'keyLookup',
    'keyProof',
    'userLookup',
    'userProof',
    'recoveryCommitment',
    'replaces',
    'online',
    'virtualMachine',
    'consumption',
    'periods',
    'activationId',
    'heads',
  ],
  together: [
    ['keyLookup', 'keyProof'],
    ['userLookup', 'userProof'],
    ['activationId', 'heads'],
  ],
});

/**
 * What a device asks to be licensed with. It may name neither key nor user; whoever carries it then names them.
 * `consumption`, with its `periods`, is what the device counted of the activation in `activationId`, which it holds, else of the replaced one.
 *
 * @see FORMAT.md#activation-request
 */
export type ActivationRequest = Decoded<typeof activationRequest>;

const codec = claimsCodec('activation-request', activationRequest);

/** Encodes the claims of an activation request. @throws RangeError when a claim is out of its bounds. */
export const encodeActivationRequest = codec.encode;

/**
 * Decodes the claims of an activation request. Checks no signature, no proof and not whose key it is.
 *
 * @throws {@link LatchkeyError} CBOR_*, CLAIM_MISSING, CLAIM_TYPE, CLAIM_RANGE, CRITICAL_UNKNOWN, KEY_MALFORMED
 */
export const decodeActivationRequest = codec.decode;
