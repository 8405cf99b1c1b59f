import { equalBytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { LatchkeyError } from '../../errors.ts';
import type { License } from '../../format/license.ts';
import { acknowledge } from '../../license/consumption/acknowledge.ts';
import { firstHead } from '../../license/consumption/chain.ts';
import { noConsumption } from '../../license/consumption/consumption.ts';
import type { Mark } from '../../store/device.ts';
import { installLicense, noteAnswer } from '../../store/licenses.ts';
import type { CountState, LicenseRecord, RequestRecord, TrustRecord } from '../../store/records.ts';
import { acceptLicense } from '../../verify/accept.ts';
import type { VerifiedLicense } from '../../verify/license.ts';
import type { Trust } from '../../verify/trust.ts';
import { type DeviceState, heldFor } from '../state/device-state.ts';
import type { Session } from '../state/session.ts';
import type { LoadResult } from '../views.ts';

/** The trust under which an answer was verified, and its record when it is newer than the stored one. */
export interface Incoming {
  readonly trust: Trust;
  readonly trustRecord: TrustRecord | null;
}

/**
 * Installs a license that answers a request of this device or refreshes an activation that it has. One that is here
 * already, or is older, still closes the request that it answers.
 *
 * @throws ACTIVATION_ENDED, REQUEST_UNKNOWN, REVISION_OLD
 */
export async function applyLicense(
  session: Session,
  license: VerifiedLicense,
  incoming: Incoming,
): Promise<LoadResult> {
  const { state, store } = session;
  const { claims, file } = license;
  const request = answeredRequest(state, claims);
  const nowMs = session.clock();
  const note = {
    trust: incoming.trustRecord,
    requestId: request?.id ?? null,
    mark: markAfter(claims, request),
    nowMs,
  };
  const id = toHex(claims.licenseId);
  const acceptance = accept(state, license, { request, incoming });
  if (acceptance !== 'install') await noteAnswer(store, note);
  if (acceptance === 'already-installed') return { kind: 'already-loaded', licenseId: id };
  if (acceptance !== 'install') throw acceptance;
  const stored = storedRecord(state, claims);
  const activationId = toHex(claims.activationId);
  const fingerprintKey = request?.fingerprintKey ?? stored?.fingerprintKey;
  if (!fingerprintKey)
    throw new LatchkeyError('REQUEST_UNKNOWN', 'nothing here says how to compare the device');
  const record = { id, activationId, file, fingerprintKey, loadedAtMs: nowMs };
  await installLicense(store, { ...note, license: record, count: old => counted(old, claims) });
  return { kind: stored?.activationId === activationId ? 'refreshed' : 'activated', licenseId: id };
}

/** What to do; a REVISION_OLD is returned, because the answered request is noted before it is thrown. */
function accept(
  state: DeviceState,
  license: VerifiedLicense,
  { request, incoming }: { request: RequestRecord | null; incoming: Incoming },
): 'install' | 'already-installed' | LatchkeyError {
  try {
    const acceptance = acceptLicense(license, heldFor(state, incoming.trust));
    return acceptance === 'install' && isReplaced(state, license, request) ? replaced() : acceptance;
  } catch (error) {
    if (error instanceof LatchkeyError && error.code === 'REVISION_OLD') return error;
    throw error;
  }
}

/**
 * Only the first answer to an activation request puts another activation in place: an answer that was loaded before,
 * or one to an old report, is not to bring an activation back that another has replaced since.
 */
function isReplaced(state: DeviceState, { claims }: VerifiedLicense, request: RequestRecord | null): boolean {
  const stored = storedRecord(state, claims);
  const isOther = stored !== null && stored.activationId !== toHex(claims.activationId);
  return isOther && (request?.answeredAtMs !== undefined || request?.kind !== 'activation-request');
}

function replaced(): LatchkeyError {
  return new LatchkeyError('REVISION_OLD', 'another activation of this license has replaced it');
}

/** The counters once a license is here. */
function counted(old: CountState | null, license: License): CountState {
  const { activationId } = license;
  const start = { consumption: noConsumption(activationId), heads: [firstHead(activationId)] };
  return acknowledge(old ?? start, license);
}

/** A correction lowers the mark once: for an open request that stated a mark ahead of the portal's time. */
function markAfter({ issuedAt, clockCorrection }: License, request: RequestRecord | null): Mark {
  const issuedAtMs = issuedAt * 1000;
  const isOpen = request !== null && request.answeredAtMs === undefined;
  if (clockCorrection === true && isOpen && request.statedMarkMs > issuedAtMs) return { setToMs: issuedAtMs };
  return { raiseToMs: issuedAtMs };
}

/** The record under this license id, also of a license that does not verify any more. */
function storedRecord(state: DeviceState, { licenseId }: License): LicenseRecord | null {
  const id = toHex(licenseId);
  const all = [...state.licenses, ...state.broken].map(({ record }) => record);
  return all.find(record => record.id === id) ?? null;
}

function answeredRequest(state: DeviceState, { requestId }: License): RequestRecord | null {
  if (!requestId) return null;
  return state.requests.find(request => equalBytes(request.requestId, requestId)) ?? null;
}
