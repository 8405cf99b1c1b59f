import { fileName, unusedFileName } from '../../format/file-name.ts';
import { counterStatus, LICENSE_COUNTER } from '../../license/consumption/remaining.ts';
import { deviceNumber } from '../../license/device-number.ts';
import { fingerprint, matchFingerprint, type Signals } from '../../license/node-lock.ts';
import { type FeatureStatus, featureStatus, licenseStatus } from '../../license/status.ts';
import type { LicenseStatusInput } from '../../license/validity.ts';
import type { RequestRecord } from '../../store/records.ts';
import type {
  BrokenView,
  DeactivationView,
  LicenseView,
  RecoveryView,
  RefusalView,
  RequestView,
} from '../views.ts';
import { type DeviceState, deviceTimeOf, type HeldEnded, type HeldLicense } from './device-state.ts';
import { refusalView } from './refusal-view.ts';

/** What is known of the machine at this moment. */
export interface Surroundings {
  readonly clockMs: number;
  readonly signals: Signals;
  readonly looksVirtual: boolean;
  readonly appReleasedAtMs: number | undefined;
}

/** Everything that people and apps see of the device. */
export interface Views {
  readonly licenses: readonly LicenseView[];
  readonly broken: readonly BrokenView[];
  readonly openRequests: readonly RequestView[];
  readonly deactivations: readonly DeactivationView[];
}

export function allViews(state: DeviceState, surroundings: Surroundings): Views {
  const open = state.requests.filter(({ answeredAtMs }) => answeredAtMs === undefined);
  return {
    licenses: inOrder(state.licenses.map(held => licenseView(state, held, surroundings))),
    broken: state.broken.map(({ record, code }) => ({ licenseId: record.id, code })),
    openRequests: latestFirst(open, ({ createdAtMs }) => createdAtMs).map(record =>
      requestView(state, record),
    ),
    deactivations: latestFirst(state.ended, ({ endedAtMs }) => endedAtMs).map(deactivationView(state)),
  };
}

/** One feature by whichever license unlocks it, else by the first that has it. */
export function featureView(licenses: readonly LicenseView[], code: string): FeatureStatus {
  const found = licenses.flatMap(({ features }) => features.filter(feature => feature.code === code));
  return found.find(({ unlocked }) => unlocked) ?? found[0] ?? missingFeature(code, licenses.length > 0);
}

/** How the recovery file stands. */
export function recoveryView({ recovery, licenses }: DeviceState): RecoveryView {
  const ids = licenses.map(({ record }) => record.activationId);
  const covers = (known: readonly string[] = []) => ids.every(id => known.includes(id));
  return {
    savedAtMs: recovery?.saved?.atMs ?? null,
    isCurrent: covers(recovery?.saved?.activationIds),
    isDeclined: covers(recovery?.declined),
  };
}

/** The inputs of the rules for one license. */
export function statusInput(
  state: DeviceState,
  { record, verified, count }: HeldLicense,
  { clockMs, signals, looksVirtual, appReleasedAtMs }: Surroundings,
): LicenseStatusInput {
  return {
    license: verified.claims,
    ...deviceTimeOf(state, clockMs),
    totals: count.consumption.totals,
    periods: count.periods,
    nodeLock: matchFingerprint(verified.claims.fingerprint, fingerprint(record.fingerprintKey, signals)),
    issuerCompromised: verified.issuer.compromised ?? undefined,
    virtualMachine: looksVirtual,
    appReleasedAtMs,
  };
}

/** A license as people and apps see it. */
function licenseView(state: DeviceState, held: HeldLicense, surroundings: Surroundings): LicenseView {
  const { record, verified, count } = held;
  const { claims } = verified;
  const input = statusInput(state, held, surroundings);
  const acknowledged = count.heads[0]?.sequence ?? 0;
  return {
    id: record.id,
    activationId: record.activationId,
    claims,
    status: licenseStatus(input),
    features: (claims.features ?? []).map(({ code }) => featureStatus(input, code)),
    consumption: counterStatus(claims, LICENSE_COUNTER, input, input.deviceTimeMs),
    unreported: count.consumption.sequence - acknowledged,
    loadedAtMs: record.loadedAtMs,
  };
}

/** What unlocks comes before what does not, then what lasts longest. */
function inOrder(licenses: readonly LicenseView[]): LicenseView[] {
  const rank = ({ status }: LicenseView) => (status.unlocked ? 1 : 0);
  const end = ({ status }: LicenseView) => status.graceEndsAtMs ?? Number.POSITIVE_INFINITY;
  return [...licenses].sort(
    (a, b) => rank(b) - rank(a) || compare(end(b), end(a)) || b.loadedAtMs - a.loadedAtMs,
  );
}

function latestFirst<T>(records: readonly T[], timeOf: (record: T) => number): T[] {
  return [...records].sort((a, b) => timeOf(b) - timeOf(a));
}

function missingFeature(code: string, hasLicense: boolean): FeatureStatus {
  const none = { name: null, expiresAtMs: null, daysLeft: null, consumption: null };
  const reason = hasLicense ? 'FEATURE_UNKNOWN' : 'LICENSE_MISSING';
  return { code, ...none, state: 'missing', unlocked: false, reason };
}

/** A request as people see it. */
function requestView(state: DeviceState, record: RequestRecord): RequestView {
  return {
    id: record.id,
    kind: record.kind,
    fileName: requestFileName(state, record),
    createdAtMs: record.createdAtMs,
    savedAtMs: record.savedAtMs ?? null,
    refusal: refusalOf(state, record.id),
  };
}

function refusalOf({ refusals }: DeviceState, id: string): RefusalView | null {
  const refusal = refusals.get(id);
  return refusal ? refusalView(refusal) : null;
}

/** The name of a request's file; of several that wait, the later ones have a number. */
export function requestFileName(state: DeviceState, { id, kind }: RequestRecord): string {
  const waiting = state.requests.filter(
    request => request.answeredAtMs === undefined && request.kind === kind,
  );
  const inOrder = [...waiting].sort((a, b) => a.createdAtMs - b.createdAtMs);
  return nameAmong(
    fileName(kind, numberOf(state)),
    inOrder.map(request => request.id),
    id,
  );
}

/** The name of a deactivation's file; of several that wait, the later ones have a number. */
export function deactivationFileName(state: DeviceState, id: string): string {
  const waiting = state.ended.filter(({ verifiedReceipt }) => verifiedReceipt === null);
  const inOrder = [...waiting].sort((a, b) => a.endedAtMs - b.endedAtMs);
  return nameAmong(
    fileName('deactivation', numberOf(state)),
    inOrder.map(ended => ended.id),
    id,
  );
}

/** Several files of one name would overwrite each other on the stick. */
function nameAmong(name: string, waiting: readonly string[], id: string): string {
  const taken = new Set<string>();
  for (const other of waiting) {
    const own = unusedFileName(name, taken);
    if (other === id) return own;
    taken.add(own);
  }
  return name;
}

function deactivationView(state: DeviceState): (ended: HeldEnded) => DeactivationView {
  return ({ id, licenseId, lastLicense, verifiedReceipt, endedAtMs, savedAtMs = null }) => ({
    id,
    licenseId,
    claims: lastLicense?.claims ?? null,
    fileName: deactivationFileName(state, id),
    endedAtMs,
    savedAtMs,
    refusal: refusalOf(state, id),
    receipt: verifiedReceipt?.claims ?? null,
  });
}

function numberOf({ identity }: DeviceState): string | null {
  return identity && deviceNumber(identity.deviceId);
}

/** Infinity minus infinity is no number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
