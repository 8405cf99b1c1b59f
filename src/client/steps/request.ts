import { toHex } from '../../bytes/hex.ts';
import { createDeviceKey } from '../../crypto/device-key.ts';
import { parseLicenseKey } from '../../license/license-key.ts';
import { createActivationRequest } from '../../request/activation-request.ts';
import { keepDeviceKey } from '../../store/device.ts';
import { keepRequest } from '../../store/requests.ts';
import { type Identity, identityOf } from '../state/device-state.ts';
import type { Session } from '../state/session.ts';
import { describe, nextFileContext } from './device-file.ts';
import { seal } from './seal.ts';

/**
 * Makes an activation request and keeps it; returns its id. The first one makes the device's key, which is read back
 * from the database before anything is signed with it.
 *
 * @param keyText - As typed; null leaves it to whoever carries the file to name the license at the portal.
 * @throws LICENSE_KEY_MISTYPED, LICENSE_KEY_INCOMPLETE - before anything is made.
 * @throws DEVICE_KEY_NOT_STORED, STORAGE_FULL, STORAGE_FAILED
 */
export async function makeRequest(
  session: Session,
  keyText: string | null,
  online: boolean,
): Promise<string> {
  const { store, product } = session;
  const licenseKey = keyText === null ? undefined : parseLicenseKey(keyText);
  const context = await nextFileContext(session, await ensureIdentity(session));
  const machine = await session.machine();
  const input = {
    ...describe(session, machine, online),
    signals: machine.signals,
    product: product ?? undefined,
    licenseKey,
  };
  const request = await createActivationRequest(input, context);
  const id = toHex(request.requestId);
  await keepRequest(store, {
    id,
    kind: 'activation-request',
    ...request,
    ...(await seal(session, request.signed)),
    createdAtMs: context.clockMs,
    statedMarkMs: context.highWaterMarkMs,
  });
  return id;
}

async function ensureIdentity(session: Session): Promise<Identity> {
  if (session.state.identity) return session.state.identity;
  const identity = await identityOf(await keepDeviceKey(session.store, await createDeviceKey()));
  if (!identity) throw new TypeError('expected a key pair');
  return identity;
}
