import type { Bytes } from '../bytes/bytes.ts';
import { type ErrorData, LatchkeyError } from '../errors.ts';
import type { AnswerKind } from '../format/kinds.ts';
import { decodeLicense, type LicenseState } from '../format/license.ts';
import { decodeReceipt } from '../format/receipt.ts';
import { decodeRefusal } from '../format/refusal.ts';
import { deviceNumber } from '../license/device-number.ts';
import { openAnswer } from './answer.ts';
import { type Verifying, verifyIssuerFile } from './issuer.ts';
import { type UnverifiedFile, unexpected } from './signed-file.ts';

/** What a page that is not its device shows of an answer. */
export type Decision =
  | { kind: 'license'; deviceNumber: string; activationId: Bytes; licenseState: LicenseState | null }
  | { kind: 'receipt'; deviceNumber: string }
  | { kind: 'refusal'; deviceNumber: string | null; code: string; data: ErrorData };

/**
 * Verifies an answer as far as that goes without its device, and says what was decided: steps 1 to 3 of verifying an
 * answer, and steps 1 to 8 of verifying. Which device and request it is for is checked by the device.
 *
 * @param container - As the exchange answers.
 * @throws {@link LatchkeyError} PORTAL_ANSWER_REFUSED - when a device could not believe it.
 * @see FORMAT.md#verifying-an-answer
 */
export async function readAnswer(container: Bytes, { trust, crypto }: Verifying): Promise<Decision> {
  try {
    const opened = await openAnswer(container, { trust, crypto });
    if (!opened.file) throw new LatchkeyError('FILE_EMPTY', 'trust files alone');
    return await readDecision(opened.file, { trust: opened.trust, crypto });
  } catch (cause) {
    if (!(cause instanceof LatchkeyError)) throw cause;
    throw new LatchkeyError('PORTAL_ANSWER_REFUSED', 'not an answer', { cause });
  }
}

function readDecision(file: UnverifiedFile, verifying: Verifying): Promise<Decision> {
  const { kind } = file;
  if (kind === 'trust-bundle' || kind === 'root-change') throw unexpected(kind);
  return readers[kind](file, verifying);
}

type Reader = (file: UnverifiedFile, verifying: Verifying) => Promise<Decision>;

const readers: Readonly<Record<AnswerKind, Reader>> = {
  async license(file, verifying) {
    const { claims } = await verifyIssuerFile(file, { ...verifying, decode: decodeLicense });
    const { deviceId, activationId, licenseState = null } = claims;
    return { kind: 'license', deviceNumber: deviceNumber(deviceId), activationId, licenseState };
  },
  async receipt(file, verifying) {
    const { claims } = await verifyIssuerFile(file, { ...verifying, decode: decodeReceipt });
    return { kind: 'receipt', deviceNumber: deviceNumber(claims.deviceId) };
  },
  async refusal(file, verifying) {
    const { claims } = await verifyIssuerFile(file, { ...verifying, decode: decodeRefusal });
    const { deviceId, code, data = {} } = claims;
    return { kind: 'refusal', deviceNumber: deviceId ? deviceNumber(deviceId) : null, code, data };
  },
};
