import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { createDeviceKey } from '../../crypto/device-key.ts';
import { fingerprintKey } from '../../license/credentials.ts';
import { type ActivationRequestInput, createActivationRequest } from '../../request/activation-request.ts';
import { keepDeviceKey } from '../../store/device.ts';
import { keepReport, keepRequest } from '../../store/requests.ts';
import { type DeviceState, type HeldLicense, type Identity, identityOf } from '../state/device-state.ts';
import type { Session } from '../state/session.ts';
import { allViews } from '../state/views.ts';
import type { KnownCredentials } from './credentials.ts';
import { describe, nextFileContext, reportedIn } from './device-file.ts';
import { seal } from './seal.ts';

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
  const { store, product } = session;
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
    ...givenUp(session.state, sought),
    ...(held && { activationId: held.verified.claims.activationId, ...held.count }),
  };
  const request = await createActivationRequest(input, context);
  const id = toHex(request.requestId);
  const record = {
    id,
    kind: 'activation-request' as const,
    ...request,
    ...(await seal(session, request.signed)),
    createdAtMs: context.clockMs,
    statedMarkMs: context.highWaterMarkMs,
  };
  await (held ? keepReport(store, record, reportedIn(held)) : keepRequest(store, record));
  return id;
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
): Pick<ActivationRequestInput, 'replaces' | 'consumption' | 'periods'> {
  if (sought === null) return {};
  const [latest] = ended
    .filter(({ fingerprintKey: key, receipt }) => !receipt && key && equalBytes(key, sought))
    .sort((a, b) => b.endedAtMs - a.endedAtMs);
  if (!latest) return {};
  return { replaces: { id: fromHex(latest.id) }, consumption: latest.consumption, periods: latest.periods };
}

async function ensureIdentity(session: Session): Promise<Identity> {
  if (session.state.identity) return session.state.identity;
  const identity = await identityOf(await keepDeviceKey(session.store, await createDeviceKey()));
  if (!identity) throw new TypeError('expected a key pair');
  return identity;
}
