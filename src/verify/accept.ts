import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { type ErrorCode, LatchkeyError } from '../errors.ts';
import type { License } from '../format/license.ts';
import { compromisedSince } from './issuer.ts';
import type { VerifiedLicense } from './license.ts';
import type { VerifiedReceipt } from './receipt.ts';
import type { VerifiedRefusal } from './refusal.ts';
import type { Trust } from './trust.ts';

/** What the device holds, by which it decides whether an answer is for it. */
export interface Held {
  /** Trust after the answer's own trust files. */
  readonly trust: Trust;
  /** Ids of all requests that this device made, answered or not, deactivations included. */
  readonly requestIds: readonly Bytes[];
  /** SHA-256 of the files as they were handed out: by it a portal names one that it could not open. */
  readonly fileDigests: readonly Bytes[];
  /** Installed licenses. */
  readonly licenses: readonly VerifiedLicense[];
  /** Activations that this device gave up, or began to. */
  readonly ended: readonly EndedActivation[];
}

/** An activation that this device never takes again. */
export interface EndedActivation {
  readonly activationId: Bytes;
  /** Id of the deactivation; absent where the seat was given up at the portal and granted anew. */
  readonly requestId?: Bytes | undefined;
}

/** What to do with a license. */
export type Acceptance = 'install' | 'already-installed';

/**
 * Decides whether a verified license is installed: steps 11 to 13. Revisions belong to one activation.
 *
 * @returns `already-installed` for the very file that is installed: nothing is to be done.
 * @throws {@link LatchkeyError} ACTIVATION_ENDED - this device gave the activation up; no revision brings it back.
 * @throws {@link LatchkeyError} REVISION_OLD - `installed` and `offered`; unless a compromised key set the floor.
 * @throws {@link LatchkeyError} REQUEST_UNKNOWN - it answers a request that this device did not make, or is a refresh
 *   of an activation that it does not have.
 * @see FORMAT.md#accepting-a-license
 */
export function acceptLicense({ claims, file }: VerifiedLicense, held: Held): Acceptance {
  const { activationId, requestId } = claims;
  // Step 11: what was given up stays given up.
  if (held.ended.some(ended => equalBytes(ended.activationId, activationId))) {
    throw new LatchkeyError('ACTIVATION_ENDED', 'this device gave the activation up');
  }
  // Step 12: never back to an older revision.
  const installed = held.licenses.find(license => equalBytes(license.claims.activationId, activationId));
  if (installed !== undefined && equalBytes(installed.file, file)) return 'already-installed';
  for (const license of held.licenses) checkFloor(claims, license, held.trust);
  // Step 13: an answer to a request of ours, or a refresh of an activation of ours.
  const isExpected = requestId === undefined ? installed !== undefined : includes(held.requestIds, requestId);
  if (!isExpected) throw requestUnknown();
  return 'install';
}

/** A license of an answer, and what to do with it; an error says why it is passed over. */
export interface AcceptedLicense {
  readonly license: VerifiedLicense;
  readonly acceptance: Acceptance | LatchkeyError;
}

/**
 * Decides about each license of one answer by itself, as {@link acceptLicense} does. One that is older than the
 * installed one, or of an activation that was given up since, does not keep the others from this device: it is passed
 * over. That all are is for the caller to tell.
 *
 * @throws {@link LatchkeyError} REQUEST_UNKNOWN - it answers a request that this device did not make.
 */
export function acceptLicenses(licenses: readonly VerifiedLicense[], held: Held): AcceptedLicense[] {
  return licenses.map(license => ({ license, acceptance: acceptOrPass(license, held) }));
}

function acceptOrPass(license: VerifiedLicense, held: Held): Acceptance | LatchkeyError {
  try {
    return acceptLicense(license, held);
  } catch (error) {
    if (error instanceof LatchkeyError && passedOver.has(error.code)) return error;
    throw error;
  }
}

const passedOver: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['ACTIVATION_ENDED', 'REVISION_OLD']);

/**
 * Checks that a verified receipt is for a deactivation of this device.
 *
 * @throws {@link LatchkeyError} REQUEST_UNKNOWN - when this device made no such deactivation.
 * @see FORMAT.md#accepting-a-receipt
 */
export function acceptReceipt({ claims }: VerifiedReceipt, { ended }: Pick<Held, 'ended'>): void {
  // Step 10: our deactivation of this activation.
  const isOurs = ended.some(
    ({ activationId, requestId }) =>
      requestId !== undefined &&
      equalBytes(requestId, claims.requestId) &&
      equalBytes(activationId, claims.activationId),
  );
  if (!isOurs) throw requestUnknown();
}

/**
 * Checks that a verified refusal answers a file of this device.
 *
 * @throws {@link LatchkeyError} REQUEST_UNKNOWN - when this device made no such file.
 * @see FORMAT.md#accepting-a-refusal
 */
export function acceptRefusal(
  { claims }: VerifiedRefusal,
  held: Pick<Held, 'requestIds' | 'fileDigests'>,
): void {
  // Step 10: a file of ours.
  const { requestId, fileDigest } = claims;
  const isOurs =
    (requestId !== undefined && includes(held.requestIds, requestId)) ||
    (fileDigest !== undefined && includes(held.fileDigests, fileDigest));
  if (!isOurs) throw requestUnknown();
}

/**
 * Refuses what is older than an installed license: by revision within one activation, by issue time where the seat
 * was given up at the portal and granted anew, so that an answer to the first request does not undo the second.
 */
function checkFloor(offered: License, { claims, issuer }: VerifiedLicense, trust: Trust): void {
  if (!equalBytes(offered.licenseId, claims.licenseId)) return;
  const isSame = equalBytes(offered.activationId, claims.activationId);
  const isNewer = isSame ? offered.revision > claims.revision : offered.issuedAt >= claims.issuedAt;
  // Whoever held a compromised key could have set any floor.
  if (isNewer || compromisedSince(issuer.key, trust) !== null) return;
  const data = { installed: claims.revision, offered: offered.revision };
  const message = `revision ${claims.revision} is installed, got ${offered.revision}`;
  throw new LatchkeyError('REVISION_OLD', message, { data });
}

function requestUnknown(): LatchkeyError {
  return new LatchkeyError('REQUEST_UNKNOWN', 'this device did not ask for it');
}

function includes(list: readonly Bytes[], bytes: Bytes): boolean {
  return list.some(item => equalBytes(item, bytes));
}
