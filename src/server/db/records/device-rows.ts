import type { Selectable } from 'kysely';

import type { ActivationRecord, DeviceRecord, ExchangeRecord } from '../../../issue/records.ts';
import type { ActivationTable, DeviceTable, ExchangeTable } from '../tables.ts';
import { toFlag } from './license-rows.ts';

/** A device as its row has it. */
export function toDevice(row: Selectable<DeviceTable>): DeviceRecord {
  return {
    id: row.id,
    number: row.number,
    publicKey: row.public_key,
    name: row.name,
    platform: row.platform,
    appVersion: row.app_version,
    virtualMachine: row.virtual_machine === 1,
    blocked: row.blocked === 1,
    firstSeenAtS: row.first_seen_at_s,
    lastSeenAtS: row.last_seen_at_s,
    copiedAtS: row.copied_at_s,
  };
}

/** The row of a device. */
export function fromDevice(device: DeviceRecord): Selectable<DeviceTable> {
  return {
    id: device.id,
    number: device.number,
    public_key: device.publicKey,
    name: device.name,
    platform: device.platform,
    app_version: device.appVersion,
    virtual_machine: toFlag(device.virtualMachine),
    blocked: toFlag(device.blocked),
    first_seen_at_s: device.firstSeenAtS,
    last_seen_at_s: device.lastSeenAtS,
    copied_at_s: device.copiedAtS,
  };
}

/** An activation as its row has it. */
export function toActivation(row: Selectable<ActivationTable>): ActivationRecord {
  return {
    id: row.id,
    licenseId: row.license_id,
    deviceId: row.device_id,
    userId: row.user_id,
    endReason: row.end_reason,
    endedAtS: row.ended_at_s,
    revision: row.revision,
    reportedSequence: row.reported_sequence,
    reportedHead: row.reported_head,
    reportedDeviceSequence: row.reported_device_sequence,
    reportedAtS: row.reported_at_s,
    finalSequence: row.final_sequence,
    fingerprint: row.fingerprint,
    recoveryCommitment: row.recovery_commitment,
    online: row.online === 1,
    grantedAtS: row.granted_at_s,
    replaces: row.replaces,
    copiedAtS: row.copied_at_s,
    changedAtS: row.changed_at_s,
    carriedByRevision: row.carried_by_revision,
  };
}

/** The row of an activation. */
export function fromActivation(activation: ActivationRecord): Selectable<ActivationTable> {
  return {
    id: activation.id,
    license_id: activation.licenseId,
    device_id: activation.deviceId,
    user_id: activation.userId,
    end_reason: activation.endReason,
    ended_at_s: activation.endedAtS,
    revision: activation.revision,
    reported_sequence: activation.reportedSequence,
    reported_head: activation.reportedHead,
    reported_device_sequence: activation.reportedDeviceSequence,
    reported_at_s: activation.reportedAtS,
    final_sequence: activation.finalSequence,
    fingerprint: activation.fingerprint,
    recovery_commitment: activation.recoveryCommitment,
    online: toFlag(activation.online),
    granted_at_s: activation.grantedAtS,
    replaces: activation.replaces,
    copied_at_s: activation.copiedAtS,
    changed_at_s: activation.changedAtS,
    carried_by_revision: activation.carriedByRevision,
  };
}

/** An exchange as its row has it. */
export function toExchange(row: Selectable<ExchangeTable>): ExchangeRecord {
  return {
    deviceId: row.device_id,
    requestId: row.request_id,
    kind: row.kind,
    digest: row.digest,
    deviceSequence: row.device_sequence,
    licenseId: row.license_id,
    activationId: row.activation_id,
    code: row.code,
    forkSign: row.fork_sign,
    revision: row.revision,
    answer: row.answer,
    received: row.received,
    receivedAtS: row.received_at_s,
    decidedAtS: row.decided_at_s,
  };
}

/** The row of an exchange. */
export function fromExchange(exchange: ExchangeRecord): Selectable<ExchangeTable> {
  return {
    device_id: exchange.deviceId,
    request_id: exchange.requestId,
    kind: exchange.kind,
    digest: exchange.digest,
    device_sequence: exchange.deviceSequence,
    license_id: exchange.licenseId,
    activation_id: exchange.activationId,
    code: exchange.code,
    fork_sign: exchange.forkSign,
    revision: exchange.revision,
    answer: exchange.answer,
    received: exchange.received,
    received_at_s: exchange.receivedAtS,
    decided_at_s: exchange.decidedAtS,
  };
}
