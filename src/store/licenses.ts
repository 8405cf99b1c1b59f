import { equalBytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';
import { type Mark, moveMark } from './device.ts';
import { type CountState, type LicenseRecord, ONLY, type TrustRecord } from './records.ts';
import type { Store, Writing } from './store.ts';

/** All that one answer with a license changes, done in one transaction. */
export interface Installation {
  license: LicenseRecord;
  /** The trust that came with it, or null when nothing newer came. */
  trust: TrustRecord | null;
  /** The open request that the license answers, or null for a refresh. */
  requestId: string | null;
  mark: Mark;
  nowMs: number;
  /** The activation's counters after this license; `null` stands for an activation new to the device. */
  count: (state: CountState | null) => CountState;
}

/**
 * Stores a verified license with everything that belongs to it, and reads it back.
 *
 * @throws ACTIVATION_ENDED - when this device gave the activation up, whatever the revision.
 * @throws STORAGE_FAILED - also when the license does not come back as written.
 */
export async function installLicense(store: Store, change: Installation): Promise<void> {
  const { license } = change;
  await store.write(
    ['licenses', 'counters', 'requests', 'refusals', 'trust', 'device', 'ended'],
    async tx => {
      if (await tx.objectStore('ended').get(license.activationId)) throw ended();
      await tx.objectStore('licenses').put(license, license.id);
      await count(tx, change);
      if (change.trust) await tx.objectStore('trust').put(change.trust, ONLY);
      if (change.requestId) await closeRequest(tx, change.requestId, change.nowMs);
      await moveMark(tx, change.mark);
    },
  );
  const stored = await store.read(tx => tx.objectStore('licenses').get(license.id));
  if (stored && equalBytes(stored.file, license.file)) return;
  throw new LatchkeyError('STORAGE_FAILED', 'the license did not come back from the database as written');
}

/** An answer that changed nothing but the trust, the clock's mark, and which request is still open. */
export interface Acknowledgement {
  trust: TrustRecord | null;
  requestId: string | null;
  mark: Mark;
  nowMs: number;
}

/** Notes an answer whose license is here already or is older than the one here. */
export async function noteAnswer(store: Store, change: Acknowledgement): Promise<void> {
  await store.write(['requests', 'refusals', 'trust', 'device'], async tx => {
    if (change.trust) await tx.objectStore('trust').put(change.trust, ONLY);
    if (change.requestId) await closeRequest(tx, change.requestId, change.nowMs);
    await moveMark(tx, change.mark);
  });
}

async function count(tx: Writing, { license, count }: Installation): Promise<void> {
  const id = license.activationId;
  const counter = await tx.objectStore('counters').get(id);
  await tx.objectStore('counters').put({ id, state: count(counter?.state ?? null) }, id);
}

async function closeRequest(tx: Writing, id: string, answeredAtMs: number): Promise<void> {
  const request = await tx.objectStore('requests').get(id);
  if (request) await tx.objectStore('requests').put({ ...request, answeredAtMs }, id);
  await tx.objectStore('refusals').delete(id);
}

function ended(): LatchkeyError {
  return new LatchkeyError('ACTIVATION_ENDED', 'the activation was given up on this device');
}
