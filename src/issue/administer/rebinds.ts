import type { Bytes } from '../../bytes/bytes.ts';
import { equalBytes } from '../../bytes/bytes.ts';
import { deviceNumber } from '../../license/device-number.ts';
import { type Actor, audit } from '../audit.ts';
import type { IssueContext } from '../portal.ts';
import type { SeatRequestRecord } from '../records.ts';
import type { Records } from '../repository.ts';
import { fieldRefused } from './license-terms.ts';
import { notFound } from './required.ts';

/** A device that was refused for want of a seat, of one license. */
export interface Asking {
  readonly licenseId: Bytes;
  readonly deviceId: Bytes;
}

/**
 * Gives the seat of an activation to a device that was refused for want of one: because it is the same machine, which
 * lost its storage and with it its key. The file that was refused, uploaded again, takes the seat over; until then the
 * old activation goes on. It costs neither a seat nor a transfer, and takes the place of an earlier word.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for a device that was not refused for want of a seat.
 * @throws {@link LatchkeyError} FIELD_REFUSED - for an activation that is not an active one of this license, or where
 * either device is blocked.
 */
export async function approveRebind(
  { activationId, ...asking }: Asking & { readonly activationId: Bytes },
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<SeatRequestRecord> {
  const before = await requireSeatRequest(asking, records);
  const activation = await records.findActivation(activationId);
  const isSeat = activation?.endReason === null && equalBytes(activation.licenseId, asking.licenseId);
  if (!isSeat) throw fieldRefused('activationId', 'not-allowed');
  for (const id of [activation.deviceId, asking.deviceId]) {
    if ((await records.findDevice(id))?.blocked) throw fieldRefused('activationId', 'not-allowed');
  }
  const approved = { ...before, approvedId: activationId, approvedAtS: nowS };
  await records.saveSeatRequest(approved);
  const changed = [deviceNumber(activation.deviceId)];
  await records.appendAudit(audit('activation.approve-rebind', { actor, nowS, ...asking, changed }));
  return approved;
}

/**
 * Takes back what {@link approveRebind} gave, before the device came for it.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for a device that was not refused for want of a seat.
 */
export async function withdrawRebind(
  asking: Asking,
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<SeatRequestRecord> {
  const before = await requireSeatRequest(asking, records);
  if (before.approvedId === null) return before;
  const withdrawn = { ...before, approvedId: null, approvedAtS: null };
  await records.saveSeatRequest(withdrawn);
  await records.appendAudit(audit('activation.withdraw-rebind', { actor, nowS, ...asking }));
  return withdrawn;
}

async function requireSeatRequest(
  { licenseId, deviceId }: Asking,
  records: Records,
): Promise<SeatRequestRecord> {
  const request = await records.findSeatRequest(licenseId, deviceId);
  if (request === null) throw notFound('request for a seat');
  return request;
}
