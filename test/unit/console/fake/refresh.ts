import type { Device } from '../../../../src/api/devices.ts';
import { fromHex } from '../../../../src/bytes/hex.ts';
import { licenseAnswer } from '../../../support/portal-files.ts';

/** A refresh file for a device, signed by the test vendor. */
export function refreshFileOf({
  activationId,
  deviceId,
  revision,
}: Device): Promise<Uint8Array<ArrayBuffer>> {
  return licenseAnswer(0, {
    requestId: undefined,
    activationId: fromHex(activationId ?? ''),
    deviceId: fromHex(deviceId),
    revision: revision + 1,
  });
}
