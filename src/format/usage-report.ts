import { claims } from './claims.ts';
import type { Decoded } from './codec.ts';
import { claimsCodec, record } from './record.ts';

const usageReport = record(claims, {
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
  optional: [
    'fingerprint',
    'deviceName',
    'appVersion',
    'platform',
    'online',
    'virtualMachine',
    'license',
    'periods',
  ],
});

/**
 * Consumption so far, sent without giving the license up; also a poll for the newest license.
 *
 * @see FORMAT.md#usage-report
 */
export type UsageReport = Decoded<typeof usageReport>;

const codec = claimsCodec('usage-report', usageReport);

/** Encodes the claims of a usage report. @throws RangeError when a claim is out of its bounds. */
export const encodeUsageReport = codec.encode;

/**
 * Decodes the claims of a usage report. Checks no signature and not whose activation it is.
 *
 * @throws {@link LatchkeyError} CBOR_*, CLAIM_MISSING, CLAIM_TYPE, CLAIM_RANGE, CRITICAL_UNKNOWN, KEY_MALFORMED
 */
export const decodeUsageReport = codec.decode;
