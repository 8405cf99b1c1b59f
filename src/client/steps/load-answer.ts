import type { Bytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import { checkAnswerLength } from '../../platform/files.ts';
import { noteAnswer } from '../../store/licenses.ts';
import type { TrustRecord } from '../../store/records.ts';
import { type AnswerResult, verifyAnswer } from '../../verify/answer.ts';
import { withTrust } from '../state/pinned-trust.ts';
import type { Session } from '../state/session.ts';
import type { LoadResult } from '../views.ts';
import { applyLicense, type Incoming } from './apply-license.ts';
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
  const result = await verifyForThisDevice(session, input);
  const trust = changedTrust(session, result);
  try {
    return await apply(session, result, trust);
  } catch (error) {
    if (error instanceof LatchkeyError && trust) await keepTrust(session, trust);
    throw error;
  }
}

async function apply(session: Session, { trust, answer }: AnswerResult, record: TrustRecord | null) {
  const incoming: Incoming = { trust, trustRecord: record };
  if (answer?.kind === 'license') return applyLicense(session, answer.license, incoming);
  if (answer?.kind === 'receipt') return applyReceipt(session, answer.receipt, incoming);
  if (answer?.kind === 'refusal') return applyRefusal(session, answer.refusal, incoming);
  if (record) await keepTrust(session, record);
  return { kind: 'trust' as const };
}

async function verifyForThisDevice(session: Session, input: Bytes): Promise<AnswerResult> {
  const { state, crypto, product } = session;
  const deviceId = state.identity?.deviceId ?? NO_DEVICE;
  try {
    return await verifyAnswer(input, { trust: state.trust, crypto, deviceId, product });
  } catch (error) {
    const isEarly = !state.identity && error instanceof LatchkeyError && error.code === 'DEVICE_MISMATCH';
    if (!isEarly) throw error;
    throw new LatchkeyError('REQUEST_UNKNOWN', 'this device has made no request yet', { cause: error });
  }
}

function changedTrust({ state }: Session, { trust }: AnswerResult): TrustRecord | null {
  return trust === state.trust ? null : withTrust(state.trustRecord, trust);
}

async function keepTrust(session: Session, trust: TrustRecord): Promise<void> {
  const nowMs = session.clock();
  await noteAnswer(session.store, { trust, requestId: null, mark: { raiseToMs: 0 }, nowMs });
}
