import { equalBytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { LatchkeyError } from '../../errors.ts';
import type { License } from '../../format/license.ts';
import { acknowledge } from '../../license/consumption/acknowledge.ts';
import { firstHead } from '../../license/consumption/chain.ts';
import { noConsumption } from '../../license/consumption/consumption.ts';
import type { Mark } from '../../store/device.ts';
import { type Acknowledgement, installLicenses, noteAnswer } from '../../store/licenses.ts';
import type { CountState, LicenseRecord, RequestRecord, TrustRecord } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { type AcceptedLicense, acceptLicenses } from '../../verify/accept.ts';
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
 * Installs the licenses of one answer, all of them or none: they answer a request of this device, or one refreshes an
 * activation that it has. Those that are here already, or are older, still close the request that they answer.
 *
 * @throws ACTIVATION_ENDED, REQUEST_UNKNOWN, REVISION_OLD - nothing of the answer is to be installed.
 */
export async function applyLicenses(
  session: Session,
  licenses: readonly VerifiedLicense[],
  incoming: Incoming,
): Promise<LoadResult> {
  const { state, store } = session;
  const [first] = licenses;
  if (first === undefined) throw new RangeError('expected a license');
  const request = answeredRequest(state, first.claims);
  const nowMs = session.clock();
  const note = {
    trust: incoming.trustRecord,
    requestId: request?.id ?? null,
    mark: markAfter(licenses, request),
    nowMs,
  };
  const accepted = acceptLicenses(licenses, heldFor(state, incoming.trust)).map(each =>
    isReplaced(state, each, request) ? { ...each, acceptance: replaced() } : each,
  );
  const fresh = accepted.filter(({ acceptance }) => acceptance === 'install').map(({ license }) => license);
  if (fresh.length === 0) return noteOnly(store, accepted, note);
  const installed = fresh.map(({ claims, file }) => {
    const record = { ...recordOf(state, claims, request), file, loadedAtMs: nowMs };
    return { license: record, count: (old: CountState | null) => counted(old, claims) };
  });
  const clearsPin = fresh.some(({ claims }) => claims.clearPin === true);
  await installLicenses(store, { ...note, installed, clearsPin });
  const isNew = fresh.some(
    ({ claims }) => storedRecord(state, claims)?.activationId !== toHex(claims.activationId),
  );
  return { kind: isNew ? 'activated' : 'refreshed', licenseIds: idsOf(fresh) };
}

/** Nothing of the answer is new here, or may be installed. */
async function noteOnly(
  store: Store,
  accepted: readonly AcceptedLicense[],
  note: Acknowledgement,
): Promise<LoadResult> {
  const here = accepted.filter(({ acceptance }) => acceptance === 'already-installed');
  const reasons = accepted.flatMap(({ acceptance }) =>
    acceptance instanceof LatchkeyError ? acceptance : [],
  );
  const isOld = reasons.some(({ code }) => code === 'REVISION_OLD');
  if (here.length > 0 || isOld) await noteAnswer(store, note);
  const [reason] = reasons;
  if (here.length === 0 && reason !== undefined) throw reason;
  return { kind: 'already-loaded', licenseIds: idsOf(here.map(({ license }) => license)) };
}

function idsOf(licenses: readonly VerifiedLicense[]): string[] {
  return licenses.map(({ claims }) => toHex(claims.licenseId));
}

/** What is stored of a license besides its file. */
function recordOf(
  state: DeviceState,
  claims: License,
  request: RequestRecord | null,
): Pick<LicenseRecord, 'id' | 'activationId' | 'fingerprintKey'> {
  const fingerprintKey = request?.fingerprintKey ?? storedRecord(state, claims)?.fingerprintKey;
  if (!fingerprintKey)
    throw new LatchkeyError('REQUEST_UNKNOWN', 'nothing here says how to compare the device');
  return { id: toHex(claims.licenseId), activationId: toHex(claims.activationId), fingerprintKey };
}

/**
 * Only the first answer to an activation request puts another activation in place: an answer that was loaded before,
 * or one to an old report, is not to bring an activation back that another has replaced since.
 */
function isReplaced(
  state: DeviceState,
  { acceptance, license: { claims } }: AcceptedLicense,
  request: RequestRecord | null,
): boolean {
  if (acceptance !== 'install') return false;
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
function markAfter(licenses: readonly VerifiedLicense[], request: RequestRecord | null): Mark {
  const issuedAtMs = Math.max(...licenses.map(({ claims }) => claims.issuedAt)) * 1000;
  const isCorrected = licenses.every(({ claims }) => claims.clockCorrection === true);
  const isOpen = request !== null && request.answeredAtMs === undefined;
  if (isCorrected && isOpen && request.statedMarkMs > issuedAtMs) return { setToMs: issuedAtMs };
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
