import { LatchkeyError } from '../../errors.ts';
import { createDeactivation } from '../../request/deactivation.ts';
import { endActivation } from '../../store/ended.ts';
import type { Session } from '../state/session.ts';
import { licenseToSignFor, nextFileContext } from './device-file.ts';
import { seal } from './seal.ts';

/** How often a deactivation is signed anew while an app goes on counting. */
const MAX_ATTEMPTS = 5;

/**
 * Gives a license up. First the license is made unusable, durably and in the same transaction that keeps the
 * deactivation file; only then is there a file to take away. Returns the activation id.
 *
 * @param readAnew - Reads the state again, when consumption has gone on while the file was signed.
 * @throws LICENSE_MISSING, STORAGE_FULL, STORAGE_FAILED
 */
export async function giveUp(
  session: Session,
  licenseId: string,
  readAnew: () => Promise<void>,
): Promise<string> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const activationId = await tryToGiveUp(session, licenseId);
    if (activationId) return activationId;
    await readAnew();
  }
  throw new LatchkeyError('STORAGE_FAILED', 'consumption went on while the license was given up');
}

async function tryToGiveUp(session: Session, licenseId: string): Promise<string | null> {
  const { held, identity } = licenseToSignFor(session, licenseId);
  const context = await nextFileContext(session, identity);
  const deactivation = await createDeactivation({ license: held.verified, ...held.count }, context);
  const { activationId, file: licenseFile, fingerprintKey } = held.record;
  const { consumption } = held.count;
  const ended = {
    id: activationId,
    licenseId,
    licenseFile,
    fingerprintKey,
    ...(held.count.periods && { periods: held.count.periods }),
    consumption,
    ...deactivation,
    ...(await seal(session, deactivation.signed)),
    endedAtMs: context.clockMs,
  };
  const isDone = await endActivation(
    session.store,
    ended,
    counted => counted.consumption.sequence === consumption.sequence,
  );
  return isDone ? activationId : null;
}
