import type { Bytes } from '../../bytes/bytes.ts';
import { issueLicense } from '../answer/answer.ts';
import { type Actor, audit } from '../audit.ts';
import { withNextFile } from '../license-file/changes.ts';
import { prepareSource } from '../license-file/license-source.ts';
import type { IssueContext } from '../portal.ts';
import type { ActivationRecord, DeviceRecord } from '../records.ts';
import type { Records } from '../repository.ts';
import { notFound, requireDevice, requireLicense } from './required.ts';

/** A refresh file: a license of a higher revision, made without a request. */
export interface Refresh {
  readonly file: Bytes;
  readonly activation: ActivationRecord;
}

/**
 * Makes a license file for one activation as its license stands now. For an activation that ended it says so, and so
 * locks the device that loads it.
 *
 * @param context - `clearsPin`: the device forgets its supervisor's PIN with it.
 * @throws {@link LatchkeyError} NOT_FOUND - for an activation that there is not.
 */
export async function makeRefresh(
  activationId: Bytes,
  records: Records,
  { actor, clearsPin = false, ...context }: Actor & IssueContext & { clearsPin?: boolean },
): Promise<Refresh> {
  const { nowS, issuer, crypto } = context;
  const before = await requireActivation(activationId, records);
  const activation = withNextFile(before, nowS);
  const { licenseId, deviceId } = activation;
  const device = await requireDevice(deviceId, records);
  const license = await requireLicense(licenseId, records);
  const source = await prepareSource({ license, device, activation }, { records, nowS });
  const issued = await issueLicense(source, { nowS, clearPin: clearsPin }, issuer);
  await records.saveActivation(activation);
  await records.saveExchange({
    deviceId,
    requestId: crypto.randomBytes(16),
    kind: 'refresh',
    digest: null,
    deviceSequence: null,
    ...issued,
    forkSign: null,
    received: null,
    receivedAtS: nowS,
    decidedAtS: nowS,
  });
  const action = clearsPin ? 'device.clear-pin' : 'activation.refresh';
  await records.appendAudit(audit(action, { actor, nowS, licenseId, deviceId }));
  return { file: issued.answer, activation };
}

/**
 * Ends an activation from the vendor's side, for a device that is lost: its seat is free at once, and it counts as
 * never granted. What the device still reports is counted; it is locked by the next file that it loads.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for an activation that there is not.
 */
export async function releaseSeat(
  activationId: Bytes,
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<ActivationRecord> {
  const before = await requireActivation(activationId, records);
  if (before.endReason !== null) return before;
  const { licenseId, deviceId } = before;
  const activation = { ...before, endReason: 'released', endedAtS: nowS } as const;
  await records.saveActivation(activation);
  const license = await requireLicense(licenseId, records);
  const { seatsTaken, seatsGranted } = license;
  await records.saveSeats({ ...license, seatsTaken: seatsTaken - 1, seatsGranted: seatsGranted - 1 });
  await records.appendAudit(audit('activation.release', { actor, nowS, licenseId, deviceId }));
  return activation;
}

/**
 * Blocks a device for every license, or lets it in again. A blocked device gets no new license, and what it loads
 * next locks it. It keeps its seats until they are released.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for a device that there is not.
 */
export async function setDeviceBlocked(
  { deviceId, blocked }: { deviceId: Bytes; blocked: boolean },
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<DeviceRecord> {
  const before = await requireDevice(deviceId, records);
  if (before.blocked === blocked) return before;
  const device = { ...before, blocked };
  await records.saveDevice(device);
  await records.appendAudit(audit(blocked ? 'device.block' : 'device.unblock', { actor, nowS, deviceId }));
  return device;
}

/**
 * Takes the mark of a copy off a device and all its activations, since people have dealt with it. What was noticed stays in
 * the record, a blocked device stays blocked, and the next file that shows a copy sets the mark again.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for a device that there is not.
 */
export async function settleCopies(
  deviceId: Bytes,
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<DeviceRecord> {
  const before = await requireDevice(deviceId, records);
  if (before.copiedAtS === null) return before;
  const device = { ...before, copiedAtS: null };
  await records.saveDevice(device);
  await records.clearCopies(deviceId);
  await records.appendAudit(audit('device.settle-copies', { actor, nowS, deviceId }));
  return device;
}

async function requireActivation(id: Bytes, records: Records): Promise<ActivationRecord> {
  const activation = await records.findActivation(id);
  if (activation === null) throw notFound('activation');
  return activation;
}
