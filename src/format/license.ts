import { claims } from './claims.ts';
import type { Decoded } from './codec.ts';
import { claimsCodec, record } from './record.ts';

const license = record(claims, {
  required: ['deviceId', 'licenseId', 'issuedAt', 'activationId', 'revision', 'product', 'licenseType'],
  optional: [
    'requestId',
    'expiresAt',
    'startsAt',
    'fingerprint',
    'deviceName',
    'trial',
    'graceHours',
    'features',
    'limits',
    'licenseState',
    'acknowledged',
    'reportWithin',
    'clockCorrection',
    'holder',
    'maintenanceUntil',
    'customFields',
    'maxOpenPeriods',
    'preventVm',
    'utcOffset',
    'bundled',
    'productName',
    'clearPin',
  ],
});

/**
 * What one device is licensed to. Without a request id it is a refresh.
 *
 * @see FORMAT.md#license
 */
export type License = Decoded<typeof license>;

/** Kind of license; `trial` is a flag beside it. */
export type LicenseType = License['licenseType'];

/** State that ends or stops a license; absent while it is active. */
export type LicenseState = NonNullable<License['licenseState']>;

const codec = claimsCodec('license', license);

/** Encodes the claims of a license. @throws RangeError when a claim is out of its bounds. */
export const encodeLicense = codec.encode;

/**
 * Decodes the claims of a license. Checks no signature, device, product or time.
 *
 * @throws {@link LatchkeyError} CBOR_*, CLAIM_MISSING, CLAIM_TYPE, CLAIM_RANGE, CRITICAL_UNKNOWN
 */
export const decodeLicense = codec.decode;
