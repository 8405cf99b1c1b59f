import type { DeviceSession } from '../state/device-session.ts';
import type { DeviceState } from '../state/device-state.ts';
import { allViews } from '../state/views.ts';
import type { LicenseView } from '../views.ts';
import type { Standing, Waiting } from './rules.ts';

/** What a device has for the portal: what frees a seat first, then what was made first. */
export function waitingOf(session: DeviceSession): Waiting {
  const { state } = session;
  const { licenses } = allViews(state, session.surroundings());
  const ended = state.ended.filter(({ verifiedReceipt }) => verifiedReceipt === null);
  const requests = openRequests(state).sort((a, b) => a.createdAtMs - b.createdAtMs);
  return {
    files: [...ended, ...requests].map(({ id }) => ({ id, isRefused: state.refusals.has(id) })),
    licenses: licenses.map(license => standingOf(license, state)),
    answeredAtMs: state.sync.answeredAtMs ?? null,
  };
}

function standingOf(
  { id, activationId, loadedAtMs, unreported, ...license }: LicenseView,
  state: DeviceState,
) {
  return {
    licenseId: id,
    loadedAtMs,
    unreported,
    hasOpenReport: openRequests(state).some(request => request.activationId === activationId),
    isUrgent: isUrgent(license),
    isOver: isOver(license),
  } satisfies Standing;
}

function openRequests({ requests }: DeviceState) {
  return requests.filter(({ answeredAtMs }) => answeredAtMs === undefined);
}

type Status = Pick<LicenseView, 'status' | 'claims'>;

function isUrgent({ status: { state, notices } }: Status): boolean {
  const isWell = state === 'active' || state === 'not-started';
  return !isWell || notices.some(({ kind }) => kind === 'report-due' || kind === 'issuer-compromised');
}

function isOver({ claims: { licenseState } }: Status): boolean {
  return licenseState === 'released' || licenseState === 'replaced' || licenseState === 'ended';
}
