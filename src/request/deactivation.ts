import { encodeDeactivation } from '../format/deactivation.ts';
import { type ActivationState, activationClaims } from './activation-state.ts';
import {
  commonClaims,
  type DeviceFileContext,
  type SignedDeviceFile,
  signDeviceFile,
} from './device-file.ts';

/**
 * Makes a deactivation: the device's proof that it gave the license up, with its final consumption. Make the license
 * unusable in the same transaction that stores this, before the file is handed out.
 *
 * @see FORMAT.md#deactivation
 */
export async function createDeactivation(
  state: ActivationState,
  context: DeviceFileContext,
): Promise<SignedDeviceFile> {
  const common = commonClaims(context);
  const claims = encodeDeactivation({ ...common, ...activationClaims(state) });
  return signDeviceFile('deactivation', { requestId: common.requestId, claims }, context);
}
