import { isOnline } from '../../platform/network.ts';
import type { SyncView } from '../views.ts';
import type { DeviceSession } from './device-session.ts';

/** How syncing goes, as people see it. */
export function syncView({ isSyncOn, state: { sync } }: DeviceSession): SyncView {
  const { answeredAtMs = null, failed = null } = sync;
  return {
    isOn: isSyncOn,
    isOffline: !isOnline(),
    answeredAtMs,
    problem: failed && { code: failed.code, data: failed.data },
  };
}
