import { equalBytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';
import {
  type CountState,
  ONLY,
  type RefusalRecord,
  type RequestRecord,
  type TrustRecord,
} from './records.ts';
import type { Store, Writing } from './store.ts';

/** Keeps a file that waits for its answer, and reads it back before it may leave the device. */
export async function keepRequest(store: Store, request: RequestRecord): Promise<void> {
  await store.write(['requests'], tx => tx.objectStore('requests').put(request, request.id));
  await confirmRequest(store, request);
}

/** How many answered reports of an activation are remembered, so that an answer that comes again is known. */
export const KEPT_REPORTS = 32;

/**
 * Keeps a file that states consumption together with the counters that remember what it reported.
 *
 * @throws ACTIVATION_ENDED - when the activation was given up meanwhile.
 */
export async function keepReport(
  store: Store,
  report: RequestRecord,
  { activationId: id, remember }: { activationId: string; remember: (state: CountState) => CountState },
): Promise<void> {
  await store.write(['requests', 'counters', 'ended'], async tx => {
    if (await tx.objectStore('ended').get(id)) throw ended();
    const counter = await tx.objectStore('counters').get(id);
    if (counter) await tx.objectStore('counters').put({ id, state: remember(counter.state) }, id);
    await tx.objectStore('requests').put(report, report.id);
    await forgetOldReports(tx, id);
  });
  await confirmRequest(store, report);
}

/** Reports go by themselves, maybe every hour: without an end they would fill the database. */
async function forgetOldReports(tx: Writing, activationId: string): Promise<void> {
  const requests = await tx.objectStore('requests').getAll();
  const answered = requests.filter(request => request.activationId === activationId && request.answeredAtMs);
  const byAge = answered.sort((a, b) => b.createdAtMs - a.createdAtMs);
  for (const { id } of byAge.slice(KEPT_REPORTS)) await tx.objectStore('requests').delete(id);
}

/** Changes a request that is kept, for instance after it was saved or sealed again; one that is gone stays gone. */
export async function changeRequest(store: Store, id: string, change: Partial<RequestRecord>): Promise<void> {
  await store.write(['requests'], async tx => {
    const request = await tx.objectStore('requests').get(id);
    if (request) await tx.objectStore('requests').put({ ...request, ...change }, id);
  });
}

/** Forgets a request that nobody will carry any more: an answer to it is then refused. */
export async function removeRequest(store: Store, id: string): Promise<void> {
  await store.write(['requests', 'refusals'], async tx => {
    await tx.objectStore('requests').delete(id);
    await tx.objectStore('refusals').delete(id);
  });
}

/** Keeps the portal's latest refusal of a request, and newer trust that came with it. The request stays open. */
export async function keepRefusal(
  store: Store,
  refusal: RefusalRecord,
  trust: TrustRecord | null,
): Promise<void> {
  await store.write(['refusals', 'trust'], async tx => {
    await tx.objectStore('refusals').put(refusal, refusal.id);
    if (trust) await tx.objectStore('trust').put(trust, ONLY);
  });
}

async function confirmRequest(store: Store, request: RequestRecord): Promise<void> {
  const stored = await store.read(tx => tx.objectStore('requests').get(request.id));
  if (stored && equalBytes(stored.file, request.file) && equalBytes(stored.signed, request.signed)) return;
  throw new LatchkeyError('STORAGE_FAILED', 'the request did not come back from the database as written');
}

function ended(): LatchkeyError {
  return new LatchkeyError('ACTIVATION_ENDED', 'the activation was given up on this device');
}
