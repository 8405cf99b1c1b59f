import type { AuditEntry, AuditLogEntry } from '../../../../api/audit.ts';
import type { Device, DeviceSummary, KnownDevice } from '../../../../api/devices.ts';
import type { Exchange } from '../../../../api/exchanges.ts';
import { toHex } from '../../../../bytes/hex.ts';
import type { DeviceRecord } from '../../../../issue/records.ts';
import { deviceNumber } from '../../../../license/device-number.ts';
import type { AuditLine } from '../../../db/console/audit-queries.ts';
import type { LicensedDevice } from '../../../db/console/device-queries.ts';
import type { LicenseOfDevice, ListedDevice } from '../../../db/console/device-search.ts';
import type { ExchangeLine } from '../../../db/console/exchange-queries.ts';

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
    license: { id: toHex(line.licenseId), customer: line.customer, holder: line.holder },
    hasReceived: line.hasReceived,
    hasAnswer: line.hasAnswer,
    showsCopy: line.forkSign !== null || line.code === 'DEVICE_COPIED',
  };
}

/** Names of products by their codes. */
export type ProductNames = ReadonlyMap<string, string>;

/** A device with its licenses as lists show it. */
export function viewListedDevice(device: ListedDevice, names: ProductNames): DeviceSummary {
  const licenses = device.licenses.map(license => viewLicenseOfDevice(license, names));
  return { ...viewSaid(device), state: device.state, licenses };
}

/** A device with all that it has, had or asked for. */
export function viewKnownDevice(
  device: DeviceRecord,
  licensed: readonly { license: LicenseOfDevice; device: LicensedDevice }[],
  names: ProductNames,
): KnownDevice {
  return {
    ...viewSaid(device),
    virtualMachine: device.virtualMachine,
    licenses: licensed.map(each => ({
      license: viewLicenseOfDevice(each.license, names),
      device: viewDevice(each.device),
    })),
  };
}

function viewLicenseOfDevice({ id, ...rest }: LicenseOfDevice, names: ProductNames) {
  return { ...rest, id: toHex(id), productName: names.get(rest.product) ?? rest.product };
}

function viewSaid(device: DeviceRecord) {
  return {
    id: toHex(device.id),
    number: device.number,
    name: device.name,
    platform: device.platform,
    appVersion: device.appVersion,
    blocked: device.blocked,
    copiedAt: device.copiedAtS,
    firstSeenAt: device.firstSeenAtS,
    lastSeenAt: device.lastSeenAtS,
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

/** An entry among all, as the console shows it. */
export function viewLogEntry(line: AuditLine): AuditLogEntry {
  const { sequence, hash, licenseId, deviceId, product, subjectId } = line;
  return {
    ...viewAudit(line),
    sequence,
    hash: toHex(hash),
    licenseId: licenseId && toHex(licenseId),
    deviceId: deviceId && toHex(deviceId),
    product,
    subjectId: subjectId && toHex(subjectId),
  };
}

function decisionOf({ kind, code }: ExchangeLine): Exchange['decision'] {
  if (code !== null) return 'refusal';
  return kind === 'deactivation' ? 'receipt' : 'license';
}
