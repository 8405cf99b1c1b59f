import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';
import { decodeLicense, type License } from '../format/license.ts';
import { deviceNumber } from '../license/device-number.ts';
import { type Verified, type Verifying, verifyIssuerFile } from './issuer.ts';
import { readSignedFile, type UnverifiedFile, unexpected } from './signed-file.ts';

/** A license that a genuine issuer made for this device and product. */
export type VerifiedLicense = Verified<License>;

/** What a license is verified against. */
export interface VerifyingLicense extends Verifying {
  /** 32 bytes. */
  readonly deviceId: Bytes;
  /** The product that this app is; null where the profile names none. */
  readonly product: string | null;
}

/**
 * Verifies a license file for this device. Does not check whether it is newer than what is installed, see
 * `acceptLicense`, nor whether it unlocks now, see `licenseStatus`.
 *
 * @param file - The whole binary file.
 * @throws {@link LatchkeyError} KIND_UNEXPECTED - when it is no license.
 * @throws {@link LatchkeyError} DEVICE_MISMATCH - `licensed`: name or number of its device; `thisDevice`: our number.
 * @throws {@link LatchkeyError} PRODUCT_MISMATCH - `licensed` and `thisProduct`.
 * @throws {@link LatchkeyError} as `readSignedFile` and `verifyIssuerFile` do.
 * @see FORMAT.md#verifying-a-license-file
 */
export async function verifyLicense(file: Bytes, verifying: VerifyingLicense): Promise<VerifiedLicense> {
  return verifyUnverifiedLicense(readSignedFile(file), verifying);
}

/**
 * Verifies a license that this device stored. Unlike {@link verifyLicense} it takes one whose issuer key was found
 * compromised since: `issuer.compromised` says for how long it lives on, and `licenseStatus` heeds it.
 *
 * @throws {@link LatchkeyError} as {@link verifyLicense} does, save ISSUER_KEY_COMPROMISED.
 * @see FORMAT.md#compromised-keys
 */
export async function verifyStoredLicense(
  file: Bytes,
  verifying: VerifyingLicense,
): Promise<VerifiedLicense> {
  return await verifyUnverifiedLicense(readSignedFile(file), verifying, true);
}

/** {@link verifyLicense} for a file that was read already. */
export async function verifyUnverifiedLicense(
  unverified: UnverifiedFile,
  { trust, crypto, deviceId, product }: VerifyingLicense,
  allowCompromised = false,
): Promise<VerifiedLicense> {
  if (unverified.kind !== 'license') throw unexpected(unverified.kind);
  const options = { trust, crypto, decode: decodeLicense, allowCompromised };
  const license = await verifyIssuerFile(unverified, options);
  // Step 9: this device.
  checkDevice(license.claims, deviceId);
  // Step 10: this product.
  checkProduct(license.claims, product);
  return license;
}

function checkDevice(license: License, deviceId: Bytes): void {
  if (equalBytes(license.deviceId, deviceId)) return;
  const licensed = license.deviceName ?? deviceNumber(license.deviceId);
  const data = { licensed, thisDevice: deviceNumber(deviceId) };
  throw new LatchkeyError('DEVICE_MISMATCH', 'a license of another device', { data });
}

function checkProduct(license: License, product: string | null): void {
  if (product === null || license.product === product) return;
  const data = { licensed: license.product, thisProduct: product };
  throw new LatchkeyError('PRODUCT_MISMATCH', `a license of ${license.product}, not ${product}`, { data });
}
