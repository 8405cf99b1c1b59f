import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import type { Replaces } from '../../format/claims.ts';
import { deviceNumber } from '../../license/device-number.ts';
import { audit } from '../audit.ts';
import type { ActivationFacts } from '../decide/activation.ts';
import { decideApproval, provesRecovery, type SeatHolder } from '../decide/rebind.ts';
import type { OpenedRequest } from '../open-device-file.ts';
import type { IssueContext } from '../portal.ts';
import type { ActivationRecord, LicenseRecord } from '../records.ts';
import type { ExchangeRecords } from '../repository.ts';

/** What a person gave to a device, and whether the device was refused for want of a seat before. */
export interface GivenSeat extends Pick<ActivationFacts, 'approved'> {
  readonly hasAsked: boolean;
}

/** Of a device that was never refused. */
export const notAsked: GivenSeat = { approved: null, hasAsked: false };

/**
 * The activation whose seat a request asks for. A recovery file stays good: where another device took the place of that
 * activation by the same secret, it is the seat of that one.
 */
export async function findNamed(
  { license, deviceId }: { license: LicenseRecord; deviceId: Bytes },
  replaces: Replaces | undefined,
  records: ExchangeRecords,
): Promise<ActivationRecord | null> {
  const named = replaces ? await findOfLicense(license, replaces.id, records) : null;
  const commitment = named?.recoveryCommitment;
  if (!named || !commitment || named.endReason !== 'replaced' || !provesRecovery(replaces, named))
    return named;
  const holder = await records.findRecoverable(license.id, commitment);
  return holder === null || equalBytes(holder.deviceId, deviceId) ? named : holder;
}

/** An activation of this license by its id, or the active one by the id of its device. */
export async function findOfLicense(
  license: LicenseRecord,
  id: Bytes,
  records: ExchangeRecords,
): Promise<ActivationRecord | null> {
  if (id.length === 32) return records.findActiveActivation(license.id, id);
  const activation = await records.findActivation(id);
  return activation !== null && equalBytes(activation.licenseId, license.id) ? activation : null;
}

/** Finds the seat that a person gave to the device. */
export async function findGivenSeat(
  { license, deviceId }: { license: LicenseRecord; deviceId: Bytes },
  records: ExchangeRecords,
  nowS: number,
): Promise<GivenSeat> {
  const request = await records.findSeatRequest(license.id, deviceId);
  if (request === null) return notAsked;
  const activation = request.approvedId && (await records.findActivation(request.approvedId));
  const holder = activation && (await holderOf(activation, records));
  return { approved: decideApproval(request, holder, nowS), hasAsked: true };
}

/** The same facts with who has the seats of each license, which is much to read of a large one. */
export async function withHolders<F extends ActivationFacts>(
  all: readonly F[],
  records: ExchangeRecords,
): Promise<F[]> {
  const withAll: F[] = [];
  for (const facts of all) {
    const { license, deviceId } = facts;
    if ('refused' in license) return [...all];
    const hadLicense = await records.hadLicense(license.id, deviceId);
    const isAllowed = license.maxRebinds === null || license.rebindsUsed < license.maxRebinds;
    const holders = isAllowed && !hadLicense ? await records.findHolders(license.id) : [];
    withAll.push({ ...facts, lost: { holders, hadLicense } });
  }
  return withAll;
}

/** Keeps who was refused for want of a seat: a person may give it that of a device that is alike. */
export async function rememberAsker(
  { deviceId, claims }: OpenedRequest,
  licenseId: Bytes,
  records: ExchangeRecords,
  { nowS }: IssueContext,
): Promise<void> {
  const before = await records.findSeatRequest(licenseId, deviceId);
  const { approvedId = null, approvedAtS = null } = before ?? {};
  const fingerprint = claims.fingerprint ?? null;
  await records.saveSeatRequest({
    ...{ licenseId, deviceId, fingerprint, askedAtS: nowS },
    ...{ approvedId, approvedAtS },
  });
}

/** Writes down that a device took the seat of an activation. */
export async function noteRebind(
  { deviceId }: OpenedRequest,
  replaced: ActivationRecord,
  records: ExchangeRecords,
  { nowS }: IssueContext,
): Promise<void> {
  const about = { actor: 'system', nowS, licenseId: replaced.licenseId, deviceId };
  const changed = [deviceNumber(replaced.deviceId)];
  await records.appendAudit(audit('activation.rebind', { ...about, changed }));
}

async function holderOf(activation: ActivationRecord, records: ExchangeRecords): Promise<SeatHolder> {
  const device = await records.findDevice(activation.deviceId);
  const isCopied = activation.copiedAtS !== null || (device?.copiedAtS ?? null) !== null;
  return { activation, isBlocked: device?.blocked ?? false, isCopied };
}
