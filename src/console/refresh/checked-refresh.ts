import type { Bytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { LatchkeyError } from '../../errors.ts';
import type { AnswerReader } from '../../platform/answer-reader.ts';
import type { Decision } from '../../verify/decision.ts';

/** What a refresh file says: always a license, which may be one that locks. */
export type RefreshDecision = Extract<Decision, { kind: 'license' }>;

/**
 * Verifies a refresh file before it is saved, so that nobody carries away what no device takes. Files that are checked
 * in one moment are verified as one list. Which device it is for goes by the activation that it was asked for.
 *
 * @throws {@link LatchkeyError} REFRESH_NOT_VERIFIED - for a file that no device believes, or of another activation.
 * @throws {@link LatchkeyError} SERVER_UNREACHABLE - when the server does not say whom to believe.
 */
export async function checkRefresh(
  file: Bytes,
  activationId: string,
  answers: Pick<AnswerReader, 'read'>,
): Promise<RefreshDecision> {
  const decision = await readRefresh(file, answers);
  if (decision.kind === 'license' && toHex(decision.activationId) === activationId) return decision;
  throw new LatchkeyError('REFRESH_NOT_VERIFIED', `expected a license of activation ${activationId}`);
}

async function readRefresh(file: Bytes, answers: Pick<AnswerReader, 'read'>): Promise<Decision> {
  try {
    return await answers.read(file);
  } catch (cause) {
    if (!(cause instanceof LatchkeyError) || cause.code !== 'PORTAL_ANSWER_REFUSED') throw cause;
    throw new LatchkeyError('REFRESH_NOT_VERIFIED', 'no device would believe it', { cause });
  }
}
