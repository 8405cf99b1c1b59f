import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { createDeviceKey } from '../../crypto/device-key.ts';
import { sha256 } from '../../crypto/hash.ts';
import { fingerprintKey } from '../../license/credentials.ts';
import {
  type ActivationRequestInput,
  createActivationRequest,
  type SignedActivationRequest,
} from '../../request/activation-request.ts';
import type { DeviceFileContext } from '../../request/device-file.ts';
import { keepDeviceKey, keepRecoverySecret } from '../../store/device.ts';
import type { RequestRecord } from '../../store/records.ts';
import { keepReport, keepRequest } from '../../store/requests.ts';
import { lostDevice } from '../recovery/lost-device.ts';
import { type DeviceState, type HeldLicense, type Identity, identityOf } from '../state/device-state.ts';
import type { Session } from '../state/session.ts';
import { allViews } from '../state/views.ts';
import type { KnownCredentials } from './credentials.ts';
import { describe, nextFileContext, reportedIn } from './device-file.ts';
import { seal } from './seal.ts';

const RECOVERY_SECRET_BYTES = 32;

/**
 * Makes an activation request and keeps it; returns its id. The first one makes the device's key, which is read back
 * from the database before anything is signed with it.
 *
 * @throws DEVICE_KEY_NOT_STORED, STORAGE_FULL, STORAGE_FAILED
 */
export async function makeRequest(
  session: Session,
  known: KnownCredentials,
  online: boolean,
): Promise<string> {
  const { store, product, crypto } = session;
  const recoverySecret = await keepRecoverySecret(store, crypto.randomBytes(RECOVERY_SECRET_BYTES));
  const context = await nextFileContext(session, await ensureIdentity(session));
  const machine = await session.machine();
  const sought = known.secret && fingerprintKey(session.state.trust.domainId, known.secret);
  const held = sought && holding(session, sought);
  const input = {
    ...describe(session, machine, online),
    signals: machine.signals,
    product: product ?? undefined,
    licenseKey: known.licenseKey,
    user: known.user,
    recoveryCommitment: sha256(recoverySecret),
    ...(givenUp(session.state, sought) ?? (held ? {} : lost(session))),
    ...(held && { activationId: held.verified.claims.activationId, ...held.count }),
  };
  const request = await createActivationRequest(input, context);
  const record = await recordOf(session, request, context);
  await (held ? keepReport(store, record, reportedIn(held)) : keepRequest(store, record));
  return record.id;
}

/** An activation request as it is kept until its answer is here. */
export async function recordOf(
  session: Session,
  request: SignedActivationRequest,
  { clockMs, highWaterMarkMs }: DeviceFileContext,
): Promise<RequestRecord> {
  return {
    id: toHex(request.requestId),
    kind: 'activation-request',
    ...request,
    ...(await seal(session, request.signed)),
    createdAtMs: clockMs,
    statedMarkMs: highWaterMarkMs,
  };
}

/**
 * The license that is here already: its request states what it counted, as a report does, so that a copy shows. Of
 * several of one user the one in use, which the portal renews first; the others have their own reports.
 */
function holding(session: Session, sought: Bytes): HeldLicense | undefined {
  const { state } = session;
  const own = state.licenses.filter(({ record }) => equalBytes(record.fingerprintKey, sought));
  const [inUse] = allViews({ ...state, licenses: own }, session.surroundings()).licenses;
  return own.find(({ record }) => record.id === inUse?.id);
}

/**
 * What this device gave up of the same license or user, as long as no receipt says that the portal knows: it would answer
 * with that very activation otherwise, which this device refuses forever.
 */
function givenUp(
  { ended }: DeviceState,
  sought: Bytes | null,
): Pick<ActivationRequestInput, 'replaces' | 'consumption' | 'periods'> | null {
  if (sought === null) return null;
  const [latest] = ended
    .filter(({ fingerprintKey: key, receipt }) => !receipt && key && equalBytes(key, sought))
    .sort((a, b) => b.endedAtMs - a.endedAtMs);
  if (!latest) return null;
  return { replaces: { id: fromHex(latest.id) }, consumption: latest.consumption, periods: latest.periods };
}

/** A browser that lost what this app kept may still know which device this was: the seat of that one is asked for. */
function lost({ database, state }: Session): Pick<ActivationRequestInput, 'replaces'> {
  const device = lostDevice(database, state);
  return device === null ? {} : { replaces: { id: fromHex(device.id) } };
}

/** The device's key, which the first request makes. */
export async function ensureIdentity(session: Session): Promise<Identity> {
  if (session.state.identity) return session.state.identity;
  const identity = await identityOf(await keepDeviceKey(session.store, await createDeviceKey()));
  if (!identity) throw new TypeError('expected a key pair');
  return identity;
}
