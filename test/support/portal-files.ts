import type { Bytes } from '../../src/bytes/bytes.ts';
import { concatBytes } from '../../src/bytes/bytes.ts';
import { encodeCbor } from '../../src/bytes/cbor.ts';
import { toFile } from '../../src/cose/file.ts';
import { LatchkeyError } from '../../src/errors.ts';
import type { BatchAnswer } from '../../src/format/batch/batch-answers.ts';
import type { BatchFile } from '../../src/format/batch/batch-files.ts';
import { encodeContainer } from '../../src/format/container.ts';
import { type AnswerKind, type DeviceKind, KINDS } from '../../src/format/kinds.ts';
import { encodeLicense, type License } from '../../src/format/license.ts';
import { encodeReceipt } from '../../src/format/receipt.ts';
import { encodeRecoveryFile } from '../../src/format/recovery-file.ts';
import { encodeRefusal } from '../../src/format/refusal.ts';
import type { Trust } from '../../src/verify/trust.ts';
import { ISSUED_AT, type SignedBy, TestVendor } from './vendor.ts';

/**
 * Device files in the form of real ones, sealed by nobody: enough for a page that cannot open them. Answers are signed
 * by the test vendor.
 */
const vendor = await TestVendor.create();

/** Whom devices of the test vendor believe. */
export const loadTestTrust = (): Promise<Trust> => vendor.trust();

const zeros = (length: number): Bytes => new Uint8Array(length);

/** A device id whose bytes all are this one. */
export function deviceIdOf(byte: number): Bytes {
  return zeros(32).fill(byte);
}

/** A device file of some kind; `mark` makes it differ from others. */
export function deviceFile(kind: DeviceKind, mark = 0): Bytes {
  const header = encodeCbor(
    new Map<number, number | Bytes>([
      [1, 35],
      [4, zeros(8)],
      [16, KINDS[kind]],
    ]),
  );
  const ciphertext = zeros(200).fill(mark);
  return toFile(
    concatBytes(Uint8Array.of(0xd0), encodeCbor([header, new Map([[-4, zeros(65)]]), ciphertext])),
  );
}

/** A recovery file as a device saves it, of somebody. */
export function recoveryFile(): Bytes {
  const content = zeros(8);
  return encodeRecoveryFile({ domainId: zeros(32), deviceId: zeros(32), digest: zeros(32), content });
}

/** An answer with a license. */
export function licenseAnswer(
  device: number,
  claims: Partial<License> = {},
  signedBy: SignedBy = {},
): Promise<Bytes> {
  return answer(
    'license',
    encodeLicense({
      requestId: zeros(16),
      deviceId: deviceIdOf(device),
      licenseId: zeros(16),
      activationId: zeros(16),
      issuedAt: ISSUED_AT,
      revision: 1,
      product: 'press-studio',
      licenseType: 'perpetual',
      ...claims,
    }),
    signedBy,
  );
}

/** An answer with a receipt. */
export function receiptAnswer(device: number): Promise<Bytes> {
  return answer(
    'receipt',
    encodeReceipt({
      requestId: zeros(16),
      deviceId: deviceIdOf(device),
      licenseId: zeros(16),
      activationId: zeros(16),
      issuedAt: ISSUED_AT,
      consumption: { sequence: 0, head: zeros(32), totals: [] },
    }),
  );
}

/** An answer with a refusal. */
export function refusalAnswer(device: number | null, code: string, data = {}): Promise<Bytes> {
  const named =
    device === null ? { fileDigest: zeros(32) } : { requestId: zeros(16), deviceId: deviceIdOf(device) };
  return answer('refusal', encodeRefusal({ issuedAt: ISSUED_AT, code, data, ...named }));
}

async function answer(kind: AnswerKind, claims: Bytes, signedBy: SignedBy = {}): Promise<Bytes> {
  return encodeContainer([await vendor.sign(kind, claims, signedBy)]);
}

/** A server of batches made of one that answers each file; what that throws is the code of the file. */
export function inBatches(answerFile: (file: Bytes) => Promise<Bytes>) {
  return async (files: readonly BatchFile[], onAnswer: (answer: BatchAnswer) => void): Promise<void> => {
    for (const [index, { bytes }] of files.entries()) {
      const answer = await answerFile(bytes).catch((error: unknown) => {
        if (error instanceof LatchkeyError) return error.code;
        throw error;
      });
      onAnswer({ index, answer });
    }
  };
}
