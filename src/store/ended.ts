import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';
import { type CountState, type EndedRecord, ONLY, type TrustRecord } from './records.ts';
import type { Store, Writing } from './store.ts';

/**
 * Gives a license up: in one transaction the license becomes unusable, for good, and its deactivation file is
 * kept. Its reports wait for no answer any more: the deactivation says all that they do. Returns false, with nothing
 * changed, when consumption has gone on since the file was signed.
 *
 * @param unchanged - Whether the stored counters are the ones that the file states.
 * @throws LICENSE_MISSING - when the license is not here any more.
 */
export async function endActivation(
  store: Store,
  ended: EndedRecord,
  unchanged: (state: CountState) => boolean,
): Promise<boolean> {
  const done = await store.write(['licenses', 'counters', 'ended', 'requests', 'refusals'], async tx => {
    const license = await tx.objectStore('licenses').get(ended.licenseId);
    if (license?.activationId !== ended.id) throw missing();
    const counter = await tx.objectStore('counters').get(ended.id);
    if (counter && !unchanged(counter.state)) return false;
    await tx.objectStore('ended').put(ended, ended.id);
    await tx.objectStore('licenses').delete(ended.licenseId);
    await forgetReports(tx, ended.id);
    return true;
  });
  if (done) await confirmEnded(store, ended);
  return done;
}

/** Changes an ended activation's file after it was saved or sealed again. */
export async function changeEnded(store: Store, id: string, change: Partial<EndedRecord>): Promise<void> {
  await store.write(['ended'], async tx => {
    const ended = await tx.objectStore('ended').get(id);
    if (ended) await tx.objectStore('ended').put({ ...ended, ...change }, id);
  });
}

/** Keeps the portal's receipt, with newer trust that came with it, and reads it back. A refusal before it is over. */
export async function keepReceipt(
  store: Store,
  id: string,
  { receipt, trust }: { receipt: Bytes; trust: TrustRecord | null },
): Promise<void> {
  await store.write(['ended', 'refusals', 'trust'], async tx => {
    const ended = await tx.objectStore('ended').get(id);
    if (ended) await tx.objectStore('ended').put({ ...ended, receipt }, id);
    await tx.objectStore('refusals').delete(id);
    if (trust) await tx.objectStore('trust').put(trust, ONLY);
  });
  const stored = await store.read(tx => tx.objectStore('ended').get(id));
  if (stored?.receipt && equalBytes(stored.receipt, receipt)) return;
  throw new LatchkeyError('STORAGE_FAILED', 'the receipt did not come back from the database as written');
}

async function forgetReports(tx: Writing, activationId: string): Promise<void> {
  for (const request of await tx.objectStore('requests').getAll()) {
    if (request.activationId !== activationId) continue;
    await tx.objectStore('requests').delete(request.id);
    await tx.objectStore('refusals').delete(request.id);
  }
}

async function confirmEnded(store: Store, ended: EndedRecord): Promise<void> {
  const [stored, license] = await store.read(tx =>
    Promise.all([tx.objectStore('ended').get(ended.id), tx.objectStore('licenses').get(ended.licenseId)]),
  );
  if (stored && equalBytes(stored.file, ended.file) && license?.activationId !== ended.id) return;
  throw new LatchkeyError(
    'STORAGE_FAILED',
    'the deactivation did not come back from the database as written',
  );
}

function missing(): LatchkeyError {
  return new LatchkeyError('LICENSE_MISSING', 'the license is no longer on this device');
}
