import type { Bytes } from '../bytes/bytes.ts';
import { inflate } from '../bytes/inflate.ts';
import { decodeFile } from '../cose/file.ts';
import { decodeSign1 } from '../cose/sign1.ts';
import { type ErrorData, LatchkeyError } from '../errors.ts';
import { decodeContainer } from '../format/container.ts';
import { type AnswerKind, type Kind, kindOf, maxInflatedBytes } from '../format/kinds.ts';
import { decodeLicense, type LicenseState } from '../format/license.ts';
import { decodeReceipt } from '../format/receipt.ts';
import { decodeRefusal } from '../format/refusal.ts';
import { deviceNumber } from '../license/device-number.ts';

/** What the page shows of an answer. */
export type Decision =
  | { kind: 'license'; deviceNumber: string; licenseState: LicenseState | null }
  | { kind: 'receipt'; deviceNumber: string }
  | { kind: 'refusal'; deviceNumber: string | null; code: string; data: ErrorData };

/**
 * Reads what the portal decided out of its answer, to show it. Verifies nothing: the page believes its own server, and
 * the device, which has to doubt, verifies the same bytes itself.
 *
 * @param container - As the exchange answers; its last file is the license, receipt or refusal.
 * @throws {@link LatchkeyError} PORTAL_ANSWER_REFUSED - when it is not such an answer.
 */
export function readAnswer(container: Bytes): Decision {
  try {
    const last = decodeContainer(container).at(-1);
    if (!last) throw new LatchkeyError('FILE_EMPTY', 'no file in the answer');
    return readDecision(last);
  } catch (cause) {
    throw new LatchkeyError('PORTAL_ANSWER_REFUSED', 'not an answer', { cause });
  }
}

function readDecision(file: Bytes): Decision {
  const { typ, payload, inflatedLength } = decodeSign1(decodeFile(file).content);
  const kind = kindOf(typ);
  if (!isAnswerKind(kind)) throw new LatchkeyError('KIND_UNEXPECTED', `expected an answer, got kind ${typ}`);
  const claims = inflatedLength === null ? payload : inflate(payload, inflatedLength, maxInflatedBytes(kind));
  return readers[kind](claims);
}

const readers: Readonly<Record<AnswerKind, (claims: Bytes) => Decision>> = {
  license(claims) {
    const { deviceId, licenseState = null } = decodeLicense(claims);
    return { kind: 'license', deviceNumber: deviceNumber(deviceId), licenseState };
  },
  receipt(claims) {
    return { kind: 'receipt', deviceNumber: deviceNumber(decodeReceipt(claims).deviceId) };
  },
  refusal(claims) {
    const { deviceId, code, data = {} } = decodeRefusal(claims);
    return { kind: 'refusal', deviceNumber: deviceId ? deviceNumber(deviceId) : null, code, data };
  },
};

function isAnswerKind(kind: Kind | null): kind is AnswerKind {
  return kind === 'license' || kind === 'receipt' || kind === 'refusal';
}
