import { equalBytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';
import { changeDevice, type Mark, moveMark } from './device.ts';
import { type CountState, type LicenseRecord, ONLY, type TrustRecord } from './records.ts';
import type { Store, Writing } from './store.ts';

/** A license of an answer, and what it makes of the counters. */
export interface Installed {
  license: LicenseRecord;
  /** The activation's counters after this license; `null` stands for an activation new to the device. */
  count: (state: CountState | null) => CountState;
}

/** All that one answer with licenses changes, done in one transaction. */
export interface Installation extends Acknowledgement {
  /** At least one. */
  installed: readonly Installed[];
  /** Whether one of them clears the supervisor's PIN. */
  clearsPin: boolean;
}

/**
 * Stores verified licenses with everything that belongs to them, all or none, and reads them back.
 *
 * @throws ACTIVATION_ENDED - when this device gave one of the activations up, whatever the revision.
 * @throws STORAGE_FAILED - also when a license does not come back as written.
 */
export async function installLicenses(store: Store, change: Installation): Promise<void> {
  await store.write(
    ['licenses', 'counters', 'requests', 'refusals', 'trust', 'device', 'ended'],
    async tx => {
      for (const each of change.installed) await install(tx, each);
      await acknowledge(tx, change);
      if (change.clearsPin) await changeDevice(tx, ({ pin: _, ...rest }) => rest);
    },
  );
  for (const { license } of change.installed) await confirm(store, license);
}

async function install(tx: Writing, { license, count }: Installed): Promise<void> {
  const id = license.activationId;
  if (await tx.objectStore('ended').get(id)) throw ended();
  await tx.objectStore('licenses').put(license, license.id);
  const counter = await tx.objectStore('counters').get(id);
  await tx.objectStore('counters').put({ id, state: count(counter?.state ?? null) }, id);
}

async function confirm(store: Store, { id, file }: LicenseRecord): Promise<void> {
  const stored = await store.read(tx => tx.objectStore('licenses').get(id));
  if (stored && equalBytes(stored.file, file)) return;
  throw new LatchkeyError('STORAGE_FAILED', 'the license did not come back from the database as written');
}

/** What an answer changes besides licenses: the trust, the clock's mark, and which request is still open. */
export interface Acknowledgement {
  /** The trust that came with it, or null when nothing newer came. */
  trust: TrustRecord | null;
  /** The open request that it answers, or null for a refresh. */
  requestId: string | null;
  mark: Mark;
  nowMs: number;
}

/** Notes an answer whose licenses are here already or are older than those here. */
export async function noteAnswer(store: Store, change: Acknowledgement): Promise<void> {
  await store.write(['requests', 'refusals', 'trust', 'device'], tx => acknowledge(tx, change));
}

async function acknowledge(tx: Writing, { trust, requestId, nowMs, mark }: Acknowledgement): Promise<void> {
  if (trust) await tx.objectStore('trust').put(trust, ONLY);
  if (requestId) await closeRequest(tx, requestId, nowMs);
  await moveMark(tx, mark);
}

async function closeRequest(tx: Writing, id: string, answeredAtMs: number): Promise<void> {
  const request = await tx.objectStore('requests').get(id);
  if (request) await tx.objectStore('requests').put({ ...request, answeredAtMs }, id);
  await tx.objectStore('refusals').delete(id);
}

function ended(): LatchkeyError {
  return new LatchkeyError('ACTIVATION_ENDED', 'the activation was given up on this device');
}
