import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';
import { decodeRefusal, type Refusal } from '../format/refusal.ts';
import { deviceNumber } from '../license/device-number.ts';
import { type Verified, type Verifying, verifyIssuerFile } from './issuer.ts';
import { readSignedFile, type UnverifiedFile, unexpected } from './signed-file.ts';

/** A refusal of a genuine issuer. */
export type VerifiedRefusal = Verified<Refusal>;

/** What a refusal is verified against. */
export interface VerifyingRefusal extends Verifying {
  /** 32 bytes; left out where a stored refusal is read again. */
  readonly deviceId?: Bytes | undefined;
}

/**
 * Verifies a refusal. Does not check whether it answers a file of this device, see `acceptRefusal`. A refusal
 * changes no license and closes no request.
 *
 * @throws {@link LatchkeyError} KIND_UNEXPECTED - when it is no refusal.
 * @throws {@link LatchkeyError} DEVICE_MISMATCH - when it names another device.
 * @throws {@link LatchkeyError} as `readSignedFile` and `verifyIssuerFile` do.
 * @see FORMAT.md#verifying-a-refusal
 */
export async function verifyRefusal(file: Bytes, verifying: VerifyingRefusal): Promise<VerifiedRefusal> {
  return verifyUnverifiedRefusal(readSignedFile(file), verifying);
}

/** {@link verifyRefusal} for a file that was read already. */
export async function verifyUnverifiedRefusal(
  unverified: UnverifiedFile,
  { trust, crypto, deviceId }: VerifyingRefusal,
): Promise<VerifiedRefusal> {
  if (unverified.kind !== 'refusal') throw unexpected(unverified.kind);
  const refusal = await verifyIssuerFile(unverified, { trust, crypto, decode: decodeRefusal });
  // Step 9: this device, where the portal knew it.
  const named = refusal.claims.deviceId;
  if (named === undefined || deviceId === undefined || equalBytes(named, deviceId)) return refusal;
  const data = { licensed: deviceNumber(named), thisDevice: deviceNumber(deviceId) };
  throw new LatchkeyError('DEVICE_MISMATCH', 'a refusal for another device', { data });
}
