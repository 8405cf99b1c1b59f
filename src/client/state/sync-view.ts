import { isOnline } from '../../platform/network.ts';
import { waitingOf } from '../sync/waiting.ts';
import type { SyncView } from '../views.ts';
import type { DeviceSession } from './device-session.ts';

/** How syncing goes, as people see it. */
export function syncView(session: DeviceSession): SyncView {
  const { answeredAtMs = null, failed = null } = session.state.sync;
  return {
    isOn: session.isSyncOn,
    isOffline: !isOnline(),
    answeredAtMs,
    problem: failed && isStillToDo(session, failed.atMs) ? { code: failed.code, data: failed.data } : null,
  };
}

/** Whether something is left of what did not go at that time: it may have been carried since, or forgotten. */
function isStillToDo(session: DeviceSession, failedAtMs: number): boolean {
  const { files, licenses } = waitingOf(session);
  const asksForNews = licenses.some(
    ({ loadedAtMs, isOver, unreported }) => loadedAtMs <= failedAtMs && (unreported > 0 || !isOver),
  );
  return files.length > 0 || asksForNews;
}
