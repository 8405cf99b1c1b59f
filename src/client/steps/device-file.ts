import { deviceSigner } from '../../crypto/device-key.ts';
import { LatchkeyError } from '../../errors.ts';
import { headsAfterReport } from '../../license/consumption/chain.ts';
import { headOf } from '../../license/consumption/consumption.ts';
import { type Machine, platformFamily } from '../../platform/signals.ts';
import type { DeviceDescription, DeviceFileContext } from '../../request/device-file.ts';
import { nextSequence } from '../../store/device.ts';
import type { CountState } from '../../store/records.ts';
import { deviceTimeOf, type HeldLicense, type Identity } from '../state/device-state.ts';
import type { Session } from '../state/session.ts';

/** What the next file of this device is signed with; takes the next device sequence for it. */
export async function nextFileContext(session: Session, identity: Identity): Promise<DeviceFileContext> {
  const { store, state, crypto } = session;
  const clockMs = session.clock();
  return {
    trust: state.trust,
    signer: deviceSigner(identity.keyPair.privateKey),
    publicKey: identity.publicKey,
    crypto,
    clockMs,
    highWaterMarkMs: deviceTimeOf(state, clockMs).deviceTimeMs,
    deviceSequence: await nextSequence(store, clockMs),
  };
}

/** What the device tells about itself, besides the fingerprint. */
export function describe(
  { state, appVersion }: Session,
  machine: Machine,
  online: boolean,
): DeviceDescription {
  return {
    deviceName: state.deviceName,
    appVersion,
    platform: platformFamily(),
    online,
    virtualMachine: machine.looksVirtual,
  };
}

/** What to remember once a file has stated what a license here has counted. */
export function reportedIn({ record: { activationId }, count }: HeldLicense) {
  const reported = headOf(count.consumption);
  const remember = (state: CountState) => ({ ...state, heads: headsAfterReport(state.heads, reported) });
  return { activationId, remember };
}

/** A held license and the key that signs for it. @throws LICENSE_MISSING */
export function licenseToSignFor(
  { state }: Session,
  licenseId: string,
): { held: HeldLicense; identity: Identity } {
  const held = state.licenses.find(({ record }) => record.id === licenseId);
  if (!held || !state.identity) throw new LatchkeyError('LICENSE_MISSING', 'no such license on this device');
  return { held, identity: state.identity };
}
