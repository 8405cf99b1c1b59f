import type { Bytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import { checkAnswerLength } from '../../platform/files.ts';
import { acceptLicenses } from '../../verify/accept.ts';
import { openAnswer, verifyAnswerFiles } from '../../verify/answer.ts';
import { heldFor } from '../state/device-state.ts';
import type { Session } from '../state/session.ts';

/**
 * Whether an answer would be installed here and clears the PIN: verified as when it is loaded, and nothing is changed.
 * One that was loaded before would not be installed.
 */
export async function clearsPin(
  session: Pick<Session, 'state' | 'crypto' | 'product'>,
  input: Bytes,
): Promise<boolean> {
  const { state, crypto, product } = session;
  if (!state.identity) return false;
  try {
    checkAnswerLength(input.length);
    const { trust, files } = await openAnswer(input, { trust: state.trust, crypto });
    const { deviceId } = state.identity;
    const answer = await verifyAnswerFiles(files, { trust, crypto, deviceId, product });
    if (answer?.kind !== 'license') return false;
    return acceptLicenses(answer.licenses, heldFor(state, trust)).some(
      ({ acceptance, license }) => acceptance === 'install' && license.claims.clearPin === true,
    );
  } catch (error) {
    // Whoever loads it is told what is wrong with it, once the PIN is entered.
    if (error instanceof LatchkeyError) return false;
    throw error;
  }
}
