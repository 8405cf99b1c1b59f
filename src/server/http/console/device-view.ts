import type { AuditEntry, Device, Exchange } from '../../../api/devices.ts';
import { toHex } from '../../../bytes/hex.ts';
import { deviceNumber } from '../../../license/device-number.ts';
import type { ExchangeLine, LicensedDevice } from '../../db/console/device-queries.ts';
import type { AuditLine } from '../../db/console/overview-queries.ts';

/** An activation and its device as the console shows them. */
export function viewDevice({ activation, device, user, totals, files }: LicensedDevice): Device {
  return {
    activationId: activation && toHex(activation.id),
    deviceId: toHex(device.id),
    deviceNumber: device.number,
    name: device.name,
    platform: device.platform,
    appVersion: device.appVersion,
    user,
    activationType: activation?.online ? 'online' : 'offline',
    state: activation === null ? 'refused' : (activation.endReason ?? 'active'),
    blocked: device.blocked,
    copiedAt: activation?.copiedAtS ?? device.copiedAtS,
    firstSeenAt: device.firstSeenAtS,
    lastSeenAt: device.lastSeenAtS,
    revision: activation?.revision ?? 0,
    totals: totals.map(({ counter, used, givenBack }) => ({
      counter,
      used,
      givenBack,
      total: used - givenBack,
    })),
    files: files.map(viewExchange),
  };
}

/** A file that came in or went out as the console shows it. */
export function viewExchange(line: ExchangeLine): Exchange {
  return {
    id: toHex(line.requestId),
    at: line.decidedAtS,
    kind: line.kind,
    decision: decisionOf(line),
    code: line.code,
    deviceId: toHex(line.deviceId),
    deviceNumber: deviceNumber(line.deviceId),
    deviceName: line.deviceName,
    activationId: line.activationId && toHex(line.activationId),
    revision: line.revision,
  };
}

/** What was done, as the console shows it. */
export function viewAudit({ atMs, actor, action, user, changed, deviceId }: AuditLine): AuditEntry {
  return {
    at: Math.floor(atMs / 1000),
    actor,
    action,
    user,
    changed: [...changed],
    deviceNumber: deviceId && deviceNumber(deviceId),
  };
}

function decisionOf({ kind, code }: ExchangeLine): Exchange['decision'] {
  if (code !== null) return 'refusal';
  return kind === 'deactivation' ? 'receipt' : 'license';
}
