import { toHex } from '../../bytes/hex.ts';
import { createDeviceKey } from '../../crypto/device-key.ts';
import { LatchkeyError } from '../../errors.ts';
import { forgetMark } from '../../platform/device-mark.ts';
import { eraseDevice, replaceDeviceKey } from '../../store/former.ts';
import type { Session } from '../state/session.ts';

/**
 * Gives this copy of a device a key of its own. The old key, its licenses and its files are set aside; nothing here can
 * use them any more.
 *
 * @throws REQUEST_UNKNOWN - when the portal did not say that the device was copied.
 * @throws DEVICE_KEY_NOT_STORED, STORAGE_FULL, STORAGE_FAILED - nothing has changed then.
 */
export async function becomeNewDevice({ database, store, state, clock }: Session): Promise<void> {
  const isCopied = [...state.refusals.values()].some(({ code }) => code === 'DEVICE_COPIED');
  if (!state.identity || !isCopied) {
    throw new LatchkeyError('REQUEST_UNKNOWN', 'no file of this device was refused as that of a copy');
  }
  forgetMark(database);
  const former = { id: toHex(state.identity.deviceId), nowMs: clock() };
  await replaceDeviceKey(store, await createDeviceKey(), former);
}

/**
 * Erases the device's key before an image of the machine is taken, so that each copy makes its own with its first
 * request.
 *
 * @throws DEVICE_IN_USE - while a license is here, or a deactivation without its receipt.
 */
export async function prepareForCloning({ database, store, state }: Session): Promise<void> {
  const { licenses, ended } = state;
  const isWaiting = ended.some(({ verifiedReceipt }) => verifiedReceipt === null);
  if (licenses.length > 0 || isWaiting) {
    throw new LatchkeyError('DEVICE_IN_USE', 'a license is here, or a deactivation without receipt');
  }
  forgetMark(database);
  await eraseDevice(store);
}
