import type { Bytes } from '../bytes/bytes.ts';
import { isContainer, readCarrier } from '../bytes/carrier.ts';
import { decodeContainer } from '../format/container.ts';
import { type VerifiedLicense, type VerifyingLicense, verifyUnverifiedLicense } from './license.ts';
import { type VerifiedReceipt, verifyUnverifiedReceipt } from './receipt.ts';
import { type VerifiedRefusal, verifyUnverifiedRefusal } from './refusal.ts';
import { readSignedFile, type UnverifiedFile, unexpected } from './signed-file.ts';
import { applyTrustFiles, type Trust } from './trust.ts';

/** What the portal said. */
export type VerifiedAnswer =
  | { readonly kind: 'license'; readonly license: VerifiedLicense }
  | { readonly kind: 'receipt'; readonly receipt: VerifiedReceipt }
  | { readonly kind: 'refusal'; readonly refusal: VerifiedRefusal };

/** What an answer brings. */
export interface AnswerResult {
  /** To be stored in one transaction with what the answer changes. */
  readonly trust: Trust;
  /** null when there were trust files alone. */
  readonly answer: VerifiedAnswer | null;
}

/** An answer whose trust files are verified, and nothing else yet. */
export interface OpenedAnswer {
  /** What the root vouches for, whatever becomes of the rest: worth keeping also when that is refused. */
  readonly trust: Trust;
  /** The license, receipt or refusal; null when there were trust files alone. */
  readonly file: UnverifiedFile | null;
}

/**
 * Verifies an answer of the portal: a container or a single file, in any carrier. Root changes and trust bundles in
 * it are applied first, so that the answer is checked against the newest keys. Does not check whether this device
 * asked for it, see `acceptLicense`, `acceptReceipt` and `acceptRefusal`.
 *
 * @param input - The bytes as loaded or received.
 * @throws {@link LatchkeyError} KIND_UNEXPECTED - for more than one answer, or a file that no portal makes.
 * @throws {@link LatchkeyError} as `readCarrier`, `decodeContainer`, `applyTrustFiles`, `verifyLicense`,
 *   `verifyReceipt` and `verifyRefusal` do.
 * @see FORMAT.md#verifying-an-answer
 */
export async function verifyAnswer(input: Bytes, verifying: VerifyingLicense): Promise<AnswerResult> {
  const { trust, file } = await openAnswer(input, verifying);
  return { trust, answer: file && (await verifyAnswerFile(file, { ...verifying, trust })) };
}

/**
 * The first three steps of {@link verifyAnswer}, for a caller that keeps newer trust whatever becomes of the rest.
 *
 * @throws {@link LatchkeyError} as `readCarrier`, `decodeContainer` and `applyTrustFiles` do, and KIND_UNEXPECTED.
 */
export async function openAnswer(
  input: Bytes,
  { trust, crypto }: Pick<VerifyingLicense, 'trust' | 'crypto'>,
): Promise<OpenedAnswer> {
  // Step 1: the files, each read by steps 1 to 4 of verifying.
  const carried = readCarrier(input);
  const files = (isContainer(carried) ? decodeContainer(carried) : [carried]).map(readSignedFile);
  // Step 2: one answer at most.
  const [file = null, second] = files.filter(file => !isTrustFile(file));
  if (second !== undefined) throw unexpected(second.kind);
  // Step 3: the trust files.
  const trustFiles = files.filter(isTrustFile).map(({ file }) => file);
  return { trust: await applyTrustFiles(trust, trustFiles, crypto), file };
}

/**
 * The fourth step of {@link verifyAnswer}: the license, receipt or refusal, under the trust that came with it.
 *
 * @throws {@link LatchkeyError} as `verifyLicense`, `verifyReceipt` and `verifyRefusal` do.
 */
export async function verifyAnswerFile(
  file: UnverifiedFile,
  verifying: VerifyingLicense,
): Promise<VerifiedAnswer> {
  if (file.kind === 'receipt') {
    return { kind: 'receipt', receipt: await verifyUnverifiedReceipt(file, verifying) };
  }
  if (file.kind === 'refusal') {
    return { kind: 'refusal', refusal: await verifyUnverifiedRefusal(file, verifying) };
  }
  return { kind: 'license', license: await verifyUnverifiedLicense(file, verifying) };
}

function isTrustFile({ kind }: UnverifiedFile): boolean {
  return kind === 'root-change' || kind === 'trust-bundle';
}
