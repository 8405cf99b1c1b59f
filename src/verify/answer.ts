import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { isContainer, readCarrier } from '../bytes/carrier.ts';
import { toHex } from '../bytes/hex.ts';
import { decodeContainer } from '../format/container.ts';
import type { License } from '../format/license.ts';
import { type VerifiedLicense, type VerifyingLicense, verifyUnverifiedLicense } from './license.ts';
import { type VerifiedReceipt, verifyUnverifiedReceipt } from './receipt.ts';
import { type VerifiedRefusal, verifyUnverifiedRefusal } from './refusal.ts';
import { readSignedFile, type UnverifiedFile, unexpected } from './signed-file.ts';
import { applyTrustFiles, type Trust } from './trust.ts';

/** What the portal said. Licenses are at least one; several answer one request. */
export type VerifiedAnswer =
  | { readonly kind: 'license'; readonly licenses: readonly VerifiedLicense[] }
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
  /** One or more licenses, or one receipt or refusal; empty when there were trust files alone. */
  readonly files: readonly UnverifiedFile[];
}

/**
 * Verifies an answer of the portal: a container or a single file, in any carrier. Root changes and trust bundles in
 * it are applied first, so that the answer is checked against the newest keys. Does not check whether this device
 * asked for it, see `acceptLicense`, `acceptReceipt` and `acceptRefusal`.
 *
 * @param input - The bytes as loaded or received.
 * @throws {@link LatchkeyError} KIND_UNEXPECTED - for files that are no one answer, or a file that no portal makes.
 * @throws {@link LatchkeyError} as `readCarrier`, `decodeContainer`, `applyTrustFiles`, `verifyLicense`,
 *   `verifyReceipt` and `verifyRefusal` do.
 * @see FORMAT.md#verifying-an-answer
 */
export async function verifyAnswer(input: Bytes, verifying: VerifyingLicense): Promise<AnswerResult> {
  const { trust, files } = await openAnswer(input, verifying);
  return { trust, answer: await verifyAnswerFiles(files, { ...verifying, trust }) };
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
  // Step 2: one answer at most; licenses alone may be several.
  const said = files.filter(file => !isTrustFile(file));
  const stray = said.length > 1 ? said.find(({ kind }) => kind !== 'license') : undefined;
  if (stray !== undefined) throw unexpected(stray.kind);
  // Step 3: the trust files.
  const trustFiles = files.filter(isTrustFile).map(({ file }) => file);
  return { trust: await applyTrustFiles(trust, trustFiles, crypto), files: said };
}

/**
 * Steps 4 and 5 of {@link verifyAnswer}: the licenses, the receipt or the refusal, under the trust that came with
 * them. Signatures of several are verified as one list; one that is refused refuses all.
 *
 * @param files - As {@link openAnswer} gives them.
 * @throws {@link LatchkeyError} as `verifyLicense`, `verifyReceipt` and `verifyRefusal` do, and KIND_UNEXPECTED.
 */
export async function verifyAnswerFiles(
  files: readonly UnverifiedFile[],
  verifying: VerifyingLicense,
): Promise<VerifiedAnswer | null> {
  const [file] = files;
  if (file === undefined) return null;
  if (file.kind === 'receipt') {
    return { kind: 'receipt', receipt: await verifyUnverifiedReceipt(file, verifying) };
  }
  if (file.kind === 'refusal') {
    return { kind: 'refusal', refusal: await verifyUnverifiedRefusal(file, verifying) };
  }
  // Step 4: each license.
  const licenses = await Promise.all(files.map(each => verifyUnverifiedLicense(each, verifying)));
  // Step 5: they belong together.
  requireOneAnswer(licenses.map(({ claims }) => claims));
  return { kind: 'license', licenses };
}

/**
 * Step 5 of {@link verifyAnswer}: several licenses name one request, and each another license.
 *
 * @throws {@link LatchkeyError} KIND_UNEXPECTED
 */
export function requireOneAnswer(licenses: readonly Pick<License, 'licenseId' | 'requestId'>[]): void {
  const [first, ...others] = licenses;
  const { requestId } = first ?? {};
  const isOfOne = ({ requestId: id }: Pick<License, 'requestId'>) =>
    id !== undefined && requestId !== undefined && equalBytes(id, requestId);
  const ids = new Set(licenses.map(({ licenseId }) => toHex(licenseId)));
  if (!others.every(isOfOne) || ids.size < licenses.length) throw unexpected('license');
}

function isTrustFile({ kind }: UnverifiedFile): boolean {
  return kind === 'root-change' || kind === 'trust-bundle';
}
