import { equalBytes } from '../../bytes/bytes.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { createDeviceKey } from '../../crypto/device-key.ts';
import { fingerprintKey, keySecret } from '../../license/credentials.ts';
import { type LicenseKey, parseLicenseKey } from '../../license/license-key.ts';
import { type ActivationRequestInput, createActivationRequest } from '../../request/activation-request.ts';
import { keepDeviceKey } from '../../store/device.ts';
import { keepRequest } from '../../store/requests.ts';
import { type DeviceState, type Identity, identityOf } from '../state/device-state.ts';
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
    ...givenUp(session.state, licenseKey),
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

/**
 * What this device gave up of the same license, as long as no receipt says that the portal knows: it would answer
 * with that very activation otherwise, which this device refuses forever.
 */
function givenUp(
  { ended, trust: { domainId } }: DeviceState,
  licenseKey: LicenseKey | undefined,
): Pick<ActivationRequestInput, 'replaces' | 'consumption'> {
  if (licenseKey === undefined) return {};
  const sought = fingerprintKey(domainId, keySecret(domainId, licenseKey));
  const [latest] = ended
    .filter(({ fingerprintKey: key, receipt }) => !receipt && key && equalBytes(key, sought))
    .sort((a, b) => b.endedAtMs - a.endedAtMs);
  return latest ? { replaces: { id: fromHex(latest.id) }, consumption: latest.consumption } : {};
}

async function ensureIdentity(session: Session): Promise<Identity> {
  if (session.state.identity) return session.state.identity;
  const identity = await identityOf(await keepDeviceKey(session.store, await createDeviceKey()));
  if (!identity) throw new TypeError('expected a key pair');
  return identity;
}
