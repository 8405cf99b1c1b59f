import type { Bytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { LatchkeyError } from '../../errors.ts';
import { checkAnswerLength } from '../../platform/files.ts';
import { acceptLicenses, acceptReceipt, acceptRefusal, type Held } from '../../verify/accept.ts';
import { openAnswer, type VerifiedAnswer, verifyAnswerFiles } from '../../verify/answer.ts';
import type { VerifiedRefusal } from '../../verify/refusal.ts';
import { type DeviceState, heldFor } from '../state/device-state.ts';
import type { Session } from '../state/session.ts';
import { refusedFile } from './apply-word.ts';

/** What a file is to this device: to be loaded, known already (a receipt: kept for the customer), or not its own. */
export type Look = 'take' | 'known' | 'kept' | 'other';

/**
 * Verifies a file as loading does, and says whether it is an answer to this device. Changes nothing.
 *
 * @throws every FILE code but DEVICE_MISMATCH, PRODUCT_MISMATCH and REQUEST_UNKNOWN, which are `other`.
 */
export async function lookAt({ state, crypto, product }: Session, input: Bytes): Promise<Look> {
  if (!state.identity) return 'other';
  checkAnswerLength(input.length);
  const { deviceId } = state.identity;
  try {
    const { trust, files } = await openAnswer(input, { trust: state.trust, crypto });
    const answer = await verifyAnswerFiles(files, { trust, crypto, deviceId, product });
    return answer ? lookOf(answer, state, heldFor(state, trust)) : 'other';
  } catch (error) {
    if (error instanceof LatchkeyError && notOurs.has(error.code)) return 'other';
    throw error;
  }
}

const notOurs: ReadonlySet<string> = new Set(['DEVICE_MISMATCH', 'PRODUCT_MISMATCH', 'REQUEST_UNKNOWN']);

function lookOf(answer: VerifiedAnswer, state: DeviceState, held: Held): Look {
  if (answer.kind === 'refusal') return lookOfRefusal(answer.refusal, state, held);
  if (answer.kind === 'license') {
    const accepted = acceptLicenses(answer.licenses, held);
    return accepted.some(({ acceptance }) => acceptance === 'install') ? 'take' : 'known';
  }
  acceptReceipt(answer.receipt, held);
  const activationId = toHex(answer.receipt.claims.activationId);
  const ended = state.ended.find(({ id }) => id === activationId);
  return ended?.verifiedReceipt ? 'kept' : 'take';
}

/** The portal may have said no several times: the latest counts, and none once the file is closed. */
function lookOfRefusal(refusal: VerifiedRefusal, state: DeviceState, held: Held): Look {
  acceptRefusal(refusal, held);
  const { id, isGranted } = refusedFile(state, refusal.claims);
  const loaded = state.refusals.get(id);
  const isNews = !isGranted && (!loaded || loaded.issuedAt < refusal.claims.issuedAt);
  return isNews ? 'take' : 'known';
}
