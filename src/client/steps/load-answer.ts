import type { Bytes } from '../../bytes/bytes.ts';
import { readCarrier } from '../../bytes/carrier.ts';
import { LatchkeyError } from '../../errors.ts';
import { isRecoveryFile } from '../../format/recovery-file.ts';
import { checkAnswerLength } from '../../platform/files.ts';
import { keepTrust } from '../../store/device.ts';
import { openAnswer, type VerifiedAnswer, verifyAnswerFiles } from '../../verify/answer.ts';
import type { UnverifiedFile } from '../../verify/signed-file.ts';
import type { Trust } from '../../verify/trust.ts';
import { withTrust } from '../state/pinned-trust.ts';
import type { Session } from '../state/session.ts';
import type { LoadResult } from '../views.ts';
import { applyLicenses, type Incoming } from './apply-license.ts';
import { applyReceipt, applyRefusal } from './apply-word.ts';

/** Stands for the id of a device that has made no key yet: no file is for it. */
const NO_DEVICE: Bytes = new Uint8Array(32);

/**
 * Loads what the portal answered, from any carrier: verifies it against the pinned root, checks that this device asked
 * for it, and applies it in one transaction. Newer keys are kept even when the rest of the answer is refused: the root
 * vouches for them.
 *
 * @throws every FILE code, STORAGE_FULL, STORAGE_FAILED
 */
export async function loadAnswer(session: Session, input: Bytes): Promise<LoadResult> {
  checkAnswerLength(input.length);
  refuseRecoveryFile(input);
  const { state, store, crypto } = session;
  const { trust, files } = await openAnswer(input, { trust: state.trust, crypto });
  const trustRecord = trust === state.trust ? null : withTrust(state.trustRecord, trust);
  try {
    const answer = await verifyForThisDevice(session, files, trust);
    return await apply(session, answer, { trust, trustRecord });
  } catch (error) {
    if (error instanceof LatchkeyError && trustRecord) await keepTrust(store, trustRecord);
    throw error;
  }
}

/** It looks like a file to load, and people drop it where they load files. */
function refuseRecoveryFile(input: Bytes): void {
  if (!isRecoveryFile(readCarrier(input))) return;
  const data = { kind: 'recovery-file' };
  throw new LatchkeyError('KIND_UNEXPECTED', 'a recovery file is no answer', { data });
}

async function apply(session: Session, answer: VerifiedAnswer | null, incoming: Incoming) {
  if (answer?.kind === 'license') return applyLicenses(session, answer.licenses, incoming);
  if (answer?.kind === 'receipt') return applyReceipt(session, answer.receipt, incoming);
  if (answer?.kind === 'refusal') return applyRefusal(session, answer.refusal, incoming);
  if (incoming.trustRecord) await keepTrust(session.store, incoming.trustRecord);
  return { kind: 'trust' as const };
}

async function verifyForThisDevice(
  { state, crypto, product }: Session,
  files: readonly UnverifiedFile[],
  trust: Trust,
): Promise<VerifiedAnswer | null> {
  const deviceId = state.identity?.deviceId ?? NO_DEVICE;
  try {
    return await verifyAnswerFiles(files, { trust, crypto, deviceId, product });
  } catch (error) {
    const isEarly = !state.identity && error instanceof LatchkeyError && error.code === 'DEVICE_MISMATCH';
    if (!isEarly) throw error;
    throw new LatchkeyError('REQUEST_UNKNOWN', 'this device has made no request yet', { cause: error });
  }
}
