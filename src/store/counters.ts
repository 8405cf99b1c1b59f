import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';
import { moveMark } from './device.ts';
import type { CountState } from './records.ts';
import type { Store } from './store.ts';

export interface CountChange {
  licenseId: string;
  /** The license file that was verified; the change is made only while it is the stored one. */
  licenseFile: Bytes;
  clockMs: number;
  /** Pure and synchronous, hashing included: it runs inside the transaction. What it throws undoes the change. */
  count: (state: CountState) => CountState;
}

/**
 * Changes the counters of one license in one transaction, so that two tabs never count from the same state.
 * Returns the new state, or null when another license file has taken the place of the verified one: read anew then.
 *
 * @throws LICENSE_MISSING - when the license was given up meanwhile.
 */
export function changeCounters(store: Store, change: CountChange): Promise<CountState | null> {
  return store.write(['licenses', 'counters', 'device'], async tx => {
    const license = await tx.objectStore('licenses').get(change.licenseId);
    if (!license) throw new LatchkeyError('LICENSE_MISSING', 'the license is no longer on this device');
    if (!equalBytes(license.file, change.licenseFile)) return null;
    const counter = await tx.objectStore('counters').get(license.activationId);
    if (!counter) throw new LatchkeyError('STORAGE_FAILED', 'the counters of the license are gone');
    const state = change.count(counter.state);
    await tx.objectStore('counters').put({ id: counter.id, state }, counter.id);
    await moveMark(tx, { raiseToMs: change.clockMs });
    return state;
  });
}
