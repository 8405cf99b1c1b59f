import { LatchkeyError } from '../../errors.ts';
import { BACKGROUND_TIMEOUT_MS, greetPortal } from '../../platform/exchange.ts';
import { isOnline } from '../../platform/network.ts';
import type { DeviceSession } from '../state/device-session.ts';
import { portalsOf } from '../state/device-state.ts';
import { makeReport } from '../steps/report.ts';
import { isNetworkFailure, sendKept } from '../steps/send.ts';
import { type Errand, errandsDue, type Occasion, retryAtMs } from './rules.ts';
import { waitingOf } from './waiting.ts';

/**
 * Does everything that is due, one after the other, unless another tab is at it. Ends with the first failure of the
 * network; what fails for another reason does not stop the rest. Whatever happens is noted for all tabs; never throws
 * a LatchkeyError.
 */
export async function syncOnce(session: DeviceSession, occasion: Occasion): Promise<void> {
  try {
    await session.ifNoOther(() => doAll(session, occasion));
  } catch (error) {
    // Without the database there is nothing to sync; whoever needs it next is told.
    if (!(error instanceof LatchkeyError)) throw error;
  }
}

/** Whether it may be tried now. */
export function maySync(session: DeviceSession, occasion: Occasion): boolean {
  const { failed } = session.state.sync;
  const nowMs = session.clock();
  if (session.isClosed) return false;
  return session.isSyncOn && isOnline() && (!failed || retryAtMs(failed, nowMs, occasion) <= nowMs);
}

async function doAll(session: DeviceSession, occasion: Occasion): Promise<void> {
  const tried = new Set<string>();
  const failedBefore = session.state.sync.failed?.count ?? 0;
  let failure: LatchkeyError | null = null;
  // Looked at anew each time: a report that was made is a file to send, and a person may have turned syncing off.
  while (!isNetworkFailure(failure) && maySync(session, occasion)) {
    const due = errandsDue(waitingOf(session), session.clock(), occasion);
    const errand = due.find(({ id }) => !tried.has(id));
    if (!errand) break;
    tried.add(errand.id);
    failure = (await failureOf(() => run(session, errand))) ?? failure;
  }
  if (failure) await noteFailure(session, failure, failedBefore + 1);
}

async function run(session: DeviceSession, errand: Errand): Promise<void> {
  if (errand.kind === 'send') {
    await sendKept(session, errand.id, BACKGROUND_TIMEOUT_MS);
    const isOpen = waitingOf(session).files.some(({ id, isRefused }) => id === errand.id && !isRefused);
    if (isOpen) throw new LatchkeyError('PORTAL_ANSWER_REFUSED', 'the answer is to another file');
    return;
  }
  // No report is made, which would then wait to be carried, before a portal is there to take it.
  await greetPortal(portalsOf(session.state), BACKGROUND_TIMEOUT_MS);
  await session.alone(steps => makeReport(steps, errand.id, true));
}

/** An answer that is older than the license here has done all it can: the file is answered. */
async function failureOf(steps: () => Promise<void>): Promise<LatchkeyError | null> {
  try {
    await steps();
    return null;
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    return error.code === 'REVISION_OLD' ? null : error;
  }
}

async function noteFailure(
  session: DeviceSession,
  { code, data }: LatchkeyError,
  count: number,
): Promise<void> {
  const failed = { count, atMs: session.clock(), code, data };
  await session.noteSync(old => ({ ...old, failed }));
}
