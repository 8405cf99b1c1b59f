import { equalBytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { LatchkeyError } from '../../errors.ts';
import type { Refusal } from '../../format/refusal.ts';
import { keepTrust } from '../../store/device.ts';
import { keepReceipt } from '../../store/ended.ts';
import type { RequestRecord } from '../../store/records.ts';
import { keepRefusal } from '../../store/requests.ts';
import { acceptReceipt, acceptRefusal } from '../../verify/accept.ts';
import type { VerifiedReceipt } from '../../verify/receipt.ts';
import type { VerifiedRefusal } from '../../verify/refusal.ts';
import { type DeviceState, handedOut, heldFor } from '../state/device-state.ts';
import { refusalView } from '../state/refusal-view.ts';
import type { Session } from '../state/session.ts';
import type { LoadResult } from '../views.ts';
import type { Incoming } from './apply-license.ts';

/**
 * Keeps a verified refusal beside the request that it names. The request stays open: the same file may be granted
 * later. No license changes.
 *
 * @throws REQUEST_UNKNOWN - when it names no file of this device.
 * @throws REVISION_OLD - when the request has been granted since.
 */
export async function applyRefusal(
  session: Session,
  refusal: VerifiedRefusal,
  { trust, trustRecord }: Incoming,
): Promise<LoadResult> {
  const { state } = session;
  const { claims, file } = refusal;
  acceptRefusal(refusal, heldFor(state, trust));
  const { id, isGranted } = refusedFile(state, claims);
  if (isGranted) throw new LatchkeyError('REVISION_OLD', 'the refused request was granted since');
  const known = state.refusals.get(id);
  if (!known || known.issuedAt <= claims.issuedAt) {
    await keepRefusal(session.store, { id, file, loadedAtMs: session.clock() }, trustRecord);
  } else if (trustRecord) {
    await keepTrust(session.store, trustRecord);
  }
  return { kind: 'refused', requestId: id, refusal: refusalView(claims) };
}

/**
 * Keeps a verified receipt: the trip of a deactivation is over.
 *
 * @throws REQUEST_UNKNOWN - when this device has not given that activation up.
 */
export async function applyReceipt(
  session: Session,
  receipt: VerifiedReceipt,
  { trust, trustRecord }: Incoming,
): Promise<LoadResult> {
  const { state, store } = session;
  acceptReceipt(receipt, heldFor(state, trust));
  const activationId = toHex(receipt.claims.activationId);
  const ended = state.ended.find(({ id }) => id === activationId);
  // One that does not verify any more, as when its key was compromised since, gives way to one made anew.
  if (ended?.verifiedReceipt) {
    if (trustRecord) await keepTrust(store, trustRecord);
    return { kind: 'already-loaded', licenseIds: [ended.licenseId] };
  }
  await keepReceipt(store, activationId, { receipt: receipt.file, trust: trustRecord });
  return { kind: 'receipt', activationId };
}

/** The file that a refusal names: the id of its request, or of the activation that it gives up. */
export function refusedFile(state: DeviceState, claims: Refusal): { id: string; isGranted: boolean } {
  const request = state.requests.find(record => isNamed(record, claims));
  if (request) return { id: request.id, isGranted: request.answeredAtMs !== undefined };
  return { id: state.ended.find(record => isNamed(record, claims))?.id ?? '', isGranted: false };
}

function isNamed(asked: Asked, { requestId, fileDigest }: Refusal): boolean {
  if (requestId) return equalBytes(asked.requestId, requestId);
  return fileDigest !== undefined && handedOut(asked).some(digest => equalBytes(digest, fileDigest));
}

type Asked = Pick<RequestRecord, 'requestId' | 'file' | 'formerDigests'>;
