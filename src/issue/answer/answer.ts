import type { Bytes } from '../../bytes/bytes.ts';
import type { ErrorCode, ErrorData } from '../../errors.ts';
import { encodeLicense } from '../../format/license.ts';
import { encodeReceipt, type Receipt } from '../../format/receipt.ts';
import { encodeRefusal } from '../../format/refusal.ts';
import type { Refused } from '../decide/decision.ts';
import { type Issuer, issueFile } from '../issuer.ts';
import { type LicenseOccasion, licenseClaims } from '../license-file/license-claims.ts';
import type { LicenseSource } from '../license-file/license-source.ts';
import type { DeviceFile } from '../open-device-file.ts';

/** Time by which a device's mark may be ahead without a correction: clocks differ. */
const CLOCK_TOLERANCE_S = 300;

/** A signed answer, and what the portal remembers it for. */
export interface Answer {
  /** A license, receipt or refusal file. */
  readonly file: Bytes;
  /** The code of a refusal. */
  readonly code: ErrorCode | null;
  /** null: the file named no license that it had a right to, and is not kept. */
  readonly about: AnswerSubject | null;
}

export interface AnswerSubject {
  readonly licenseId: Bytes;
  readonly activationId: Bytes | null;
  readonly revision: number | null;
}

/** Signs a license file for one device. */
export async function issueLicense(
  source: LicenseSource,
  occasion: LicenseOccasion,
  issuer: Issuer,
): Promise<Answer> {
  const { license, activation } = source;
  const file = await issueFile('license', encodeLicense(licenseClaims(source, occasion)), issuer);
  const about = { licenseId: license.id, activationId: activation.id, revision: activation.revision };
  return { file, code: null, about };
}

/** Signs a receipt. */
export async function issueReceipt(receipt: Receipt, issuer: Issuer): Promise<Bytes> {
  return issueFile('receipt', encodeReceipt(receipt), issuer);
}

/** Signs the refusal of a device file that was opened. */
export async function refuse(
  { deviceId, claims }: DeviceFile,
  { refused, data }: Refused,
  { issuer, nowS }: { issuer: Issuer; nowS: number },
): Promise<{ file: Bytes; code: ErrorCode }> {
  const { requestId } = claims;
  const refusal = encodeRefusal({ requestId, deviceId, issuedAt: nowS, code: refused, data });
  return { file: await issueFile('refusal', refusal, issuer), code: refused };
}

/** Signs the refusal of a file that could not be opened: it names the file by its digest. */
export async function refuseFile(
  fileDigest: Bytes,
  { code, data }: { code: ErrorCode; data?: ErrorData },
  { issuer, nowS }: { issuer: Issuer; nowS: number },
): Promise<Bytes> {
  return issueFile('refusal', encodeRefusal({ fileDigest, issuedAt: nowS, code, data }), issuer);
}

/** Whether the device has seen a time that is not come yet, so that the answer sets it right. */
export function needsClockCorrection({ claims }: DeviceFile, nowS: number): boolean {
  return claims.highWaterMark > nowS + CLOCK_TOLERANCE_S;
}
