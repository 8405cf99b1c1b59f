import type { Bytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import type { ErrorCode, ErrorData } from '../../errors.ts';
import { encodeLicense } from '../../format/license.ts';
import { encodeReceipt, type Receipt } from '../../format/receipt.ts';
import { encodeRefusal } from '../../format/refusal.ts';
import type { Refused } from '../decide/decision.ts';
import type { ForkSign } from '../decide/fork.ts';
import { refusedWith } from '../decide/repeat.ts';
import { type Issuer, issueFile } from '../issuer.ts';
import { type LicenseOccasion, licenseClaims } from '../license-file/license-claims.ts';
import type { LicenseSource } from '../license-file/license-source.ts';
import type { DeviceFile } from '../open-device-file.ts';
import type { ExchangeRecord } from '../records.ts';

/** Time by which a device's mark may be ahead without a correction: clocks differ. */
const CLOCK_TOLERANCE_S = 300;

/** A signed answer, and what the portal remembers it for. */
export interface Answer {
  /** One or more licenses, or one receipt or refusal. */
  readonly files: readonly Bytes[];
  /** The code of a refusal. */
  readonly code: ErrorCode | null;
  /** The file shows a second copy of its device, whatever was decided about it; absent: it does not. */
  readonly forkSign?: ForkSign;
  /** Each license that it is about. Empty: the file named none that it had a right to, and is not kept. */
  readonly about: readonly AnswerSubject[];
}

/** What an answer says of one license. */
export type AnswerSubject = Pick<
  ExchangeRecord,
  'licenseId' | 'activationId' | 'revision' | 'code' | 'answer'
>;

/** Signs a license file for one device. */
export async function issueLicense(
  source: LicenseSource,
  occasion: LicenseOccasion,
  issuer: Issuer,
): Promise<AnswerSubject> {
  const { license, activation } = source;
  const answer = await issueFile('license', encodeLicense(licenseClaims(source, occasion)), issuer);
  const { id: activationId, revision } = activation;
  return { licenseId: license.id, activationId, revision, code: null, answer };
}

/** The answer of one request that is made of what is said of each license, in the order of their ids. */
export function answerOf(subjects: readonly AnswerSubject[], fork: { sign: ForkSign } | null = null): Answer {
  const about = [...subjects].sort((a, b) => (toHex(a.licenseId) < toHex(b.licenseId) ? -1 : 1));
  const files = about.map(({ answer }) => answer).filter(({ length }) => length > 0);
  return { files, code: refusedWith(about), about, ...(fork && { forkSign: fork.sign }) };
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
): Promise<Bytes> {
  const { requestId } = claims;
  const refusal = encodeRefusal({ requestId, deviceId, issuedAt: nowS, code: refused, data });
  return issueFile('refusal', refusal, issuer);
}

/** The refusal of a file that named no license that it had a right to. */
export async function refuseUntraced(
  file: DeviceFile,
  refused: Refused,
  context: { issuer: Issuer; nowS: number },
): Promise<Answer> {
  return { files: [await refuse(file, refused, context)], code: refused.refused, about: [] };
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
