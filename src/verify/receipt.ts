import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';
import { decodeReceipt, type Receipt } from '../format/receipt.ts';
import { deviceNumber } from '../license/device-number.ts';
import { type Verified, type Verifying, verifyIssuerFile } from './issuer.ts';
import { readSignedFile, type UnverifiedFile, unexpected } from './signed-file.ts';

/** A receipt of a genuine issuer for this device. */
export type VerifiedReceipt = Verified<Receipt>;

/** What a receipt is verified against. */
export interface VerifyingReceipt extends Verifying {
  /** 32 bytes. */
  readonly deviceId: Bytes;
}

/**
 * Verifies a receipt for this device. Does not check whether this device made the deactivation, see `acceptReceipt`.
 *
 * @throws {@link LatchkeyError} KIND_UNEXPECTED - when it is no receipt.
 * @throws {@link LatchkeyError} DEVICE_MISMATCH - `licensed`: number of its device; `thisDevice`: our number.
 * @throws {@link LatchkeyError} as `readSignedFile` and `verifyIssuerFile` do.
 * @see FORMAT.md#verifying-a-receipt
 */
export async function verifyReceipt(file: Bytes, verifying: VerifyingReceipt): Promise<VerifiedReceipt> {
  return verifyUnverifiedReceipt(readSignedFile(file), verifying);
}

/** {@link verifyReceipt} for a file that was read already. */
export async function verifyUnverifiedReceipt(
  unverified: UnverifiedFile,
  { trust, crypto, deviceId }: VerifyingReceipt,
): Promise<VerifiedReceipt> {
  if (unverified.kind !== 'receipt') throw unexpected(unverified.kind);
  const receipt = await verifyIssuerFile(unverified, { trust, crypto, decode: decodeReceipt });
  // Step 9: this device.
  if (equalBytes(receipt.claims.deviceId, deviceId)) return receipt;
  const data = { licensed: deviceNumber(receipt.claims.deviceId), thisDevice: deviceNumber(deviceId) };
  throw new LatchkeyError('DEVICE_MISMATCH', 'a receipt of another device', { data });
}
