import { deviceNumber } from '../../license/device-number.ts';
import type { DeviceFile } from '../open-device-file.ts';
import type { DeviceRecord } from '../records.ts';

/** What a device says of itself. */
interface Description {
  readonly deviceName?: string | undefined;
  readonly appVersion?: string | undefined;
  readonly platform?: string | undefined;
  readonly virtualMachine?: boolean | undefined;
}

/** The device as it stands after this file: what the file leaves out stays as it was. */
export function deviceSeen(file: DeviceFile, before: DeviceRecord | null, nowS: number): DeviceRecord {
  const says: Description = file.kind === 'deactivation' ? {} : file.claims;
  return {
    id: file.deviceId,
    number: deviceNumber(file.deviceId),
    publicKey: file.claims.deviceKey,
    name: says.deviceName ?? before?.name ?? '',
    platform: says.platform ?? before?.platform ?? '',
    appVersion: says.appVersion ?? before?.appVersion ?? '',
    virtualMachine: says.virtualMachine ?? before?.virtualMachine ?? false,
    blocked: before?.blocked ?? false,
    firstSeenAtS: before?.firstSeenAtS ?? nowS,
    lastSeenAtS: nowS,
    copiedAtS: before?.copiedAtS ?? null,
  };
}
