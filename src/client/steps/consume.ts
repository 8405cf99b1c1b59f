import { LatchkeyError } from '../../errors.ts';
import type { Direction } from '../../license/consumption/chain.ts';
import { recordConsumption } from '../../license/consumption/consumption.ts';
import { LICENSE_COUNTER, limitsOf } from '../../license/consumption/remaining.ts';
import { featureStatus, licenseStatus } from '../../license/status.ts';
import { changeCounters } from '../../store/counters.ts';
import type { CounterRecord } from '../../store/records.ts';
import { deviceTimeOf, type HeldLicense } from '../state/device-state.ts';
import type { Session } from '../state/session.ts';
import { type Surroundings, statusInput } from '../state/views.ts';

/** What to count. */
export interface Act {
  readonly counter: string;
  readonly direction: Direction;
  readonly amount: number;
}

/**
 * Counts in one transaction and returns the counters as they are stored now, or null when another tab has put another
 * license in place: read anew, try again.
 *
 * @throws LICENSE_MISSING, LICENSE_LOCKED, FEATURE_UNKNOWN, CONSUMPTION_EXCEEDED, CONSUMPTION_RANGE and the code
 *   that locks the license
 */
export async function consume(
  session: Session,
  act: Act,
  surroundings: Surroundings,
): Promise<CounterRecord | null> {
  const held = countingLicense(session, act, surroundings);
  const { claims } = held.verified;
  const { deviceTimeMs } = deviceTimeOf(session.state, surroundings.clockMs);
  const nonce = session.crypto.randomBytes(8);
  const state = await changeCounters(session.store, {
    licenseId: held.record.id,
    licenseFile: held.record.file,
    clockMs: surroundings.clockMs,
    count: counted => {
      const { consumption, periods } = recordConsumption(claims, counted, { ...act, nonce }, deviceTimeMs);
      return { ...counted, consumption, periods };
    },
  });
  return state && { id: held.record.activationId, state };
}

/** The license that counts this counter; of several the first that is unlocked. */
function countingLicense(session: Session, { counter }: Act, surroundings: Surroundings): HeldLicense {
  const { licenses } = session.state;
  if (licenses.length === 0) throw new LatchkeyError('LICENSE_MISSING', 'no license on this device');
  const counting = licenses.filter(({ verified }) => limitsOf(verified.claims, counter) !== null);
  if (counting.length === 0) {
    throw new LatchkeyError('FEATURE_UNKNOWN', `no license counts '${counter}'`, {
      data: { feature: counter },
    });
  }
  const locks = counting.map(held => ({ held, reason: lockOf(session, held, counter, surroundings) }));
  const unlocked = locks.find(({ reason }) => reason === null);
  if (unlocked) return unlocked.held;
  throw new LatchkeyError(
    locks[0]?.reason ?? 'LICENSE_LOCKED',
    `nothing that counts '${counter}' is unlocked`,
  );
}

function lockOf(session: Session, held: HeldLicense, counter: string, surroundings: Surroundings) {
  const input = statusInput(session.state, held, surroundings);
  return counter === LICENSE_COUNTER ? licenseStatus(input).reason : featureStatus(input, counter).reason;
}
