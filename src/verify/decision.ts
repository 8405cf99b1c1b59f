import type { Bytes } from '../bytes/bytes.ts';
import { type ErrorData, LatchkeyError } from '../errors.ts';
import { decodeLicense, type LicenseState } from '../format/license.ts';
import { decodeReceipt } from '../format/receipt.ts';
import { decodeRefusal } from '../format/refusal.ts';
import { deviceNumber } from '../license/device-number.ts';
import { openAnswer, requireOneAnswer } from './answer.ts';
import { type Verifying, verifyIssuerFile } from './issuer.ts';
import { type UnverifiedFile, unexpected } from './signed-file.ts';

/** What a page that is not its device shows of an answer. */
export type Decision =
  | {
      kind: 'license';
      deviceNumber: string;
      /** Names of the products, or their codes: of each license one. */
      products: readonly string[];
      /** Of the first license, and so its state; a refresh is one alone. */
      activationId: Bytes;
      licenseState: LicenseState | null;
    }
  | { kind: 'receipt'; deviceNumber: string }
  | {
      kind: 'refusal';
      deviceNumber: string | null;
      code: string;
      data: ErrorData;
      /** What it answers; null: the file did not open. Whoever names a key for the file derives its proof from this. */
      asked: { deviceId: Bytes; requestId: Bytes } | null;
    };

/**
 * Verifies an answer as far as that goes without its device, and says what was decided: steps 1 to 3 and 5 of
 * verifying an answer, and steps 1 to 8 of verifying. Which device and request it is for is checked by the device.
 *
 * @param container - As the exchange answers.
 * @throws {@link LatchkeyError} PORTAL_ANSWER_REFUSED - when a device could not believe it.
 * @see FORMAT.md#verifying-an-answer
 */
export async function readAnswer(container: Bytes, { trust, crypto }: Verifying): Promise<Decision> {
  try {
    const opened = await openAnswer(container, { trust, crypto });
    const [file] = opened.files;
    if (!file) throw new LatchkeyError('FILE_EMPTY', 'trust files alone');
    const verifying = { trust: opened.trust, crypto };
    return file.kind === 'license'
      ? await readLicenses(opened.files, verifying)
      : await readWord(file, verifying);
  } catch (cause) {
    if (!(cause instanceof LatchkeyError)) throw cause;
    throw new LatchkeyError('PORTAL_ANSWER_REFUSED', 'not an answer', { cause });
  }
}

async function readLicenses(files: readonly UnverifiedFile[], verifying: Verifying): Promise<Decision> {
  const licenses = await Promise.all(
    files.map(async file => (await verifyIssuerFile(file, { ...verifying, decode: decodeLicense })).claims),
  );
  requireOneAnswer(licenses);
  const [first] = licenses;
  if (!first) throw new LatchkeyError('FILE_EMPTY', 'no license');
  const products = licenses.map(({ product, productName = product }) => productName);
  const { deviceId, activationId, licenseState = null } = first;
  return { kind: 'license', deviceNumber: deviceNumber(deviceId), products, activationId, licenseState };
}

async function readWord(file: UnverifiedFile, verifying: Verifying): Promise<Decision> {
  if (file.kind === 'receipt') {
    const { claims } = await verifyIssuerFile(file, { ...verifying, decode: decodeReceipt });
    return { kind: 'receipt', deviceNumber: deviceNumber(claims.deviceId) };
  }
  if (file.kind !== 'refusal') throw unexpected(file.kind);
  const { claims } = await verifyIssuerFile(file, { ...verifying, decode: decodeRefusal });
  const { deviceId, requestId, code, data = {} } = claims;
  const asked = deviceId && requestId ? { deviceId, requestId } : null;
  return { kind: 'refusal', deviceNumber: deviceId ? deviceNumber(deviceId) : null, code, data, asked };
}
