import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { firstHead } from '../license/chain.ts';
import { type Answer, issueLicense, needsClockCorrection, refuse } from './answer.ts';
import type { ActivationFacts, Granted } from './decide/activation.ts';
import { decideAmong } from './decide/choice.ts';
import type { Refused } from './decide/decision.ts';
import { deviceSeen } from './device-seen.ts';
import { type Identified, identify } from './identify.ts';
import { account, endedAs, noticeCopy } from './known-chain.ts';
import type { OpenedRequest } from './open-device-file.ts';
import { type IssueContext, nextRevision } from './portal.ts';
import type { ActivationRecord, LicenseRecord } from './records.ts';
import type { ExchangeRecords } from './repository.ts';

/** Decides an activation request, writes down what follows and signs the answer. */
export async function answerRequest(
  file: OpenedRequest,
  records: ExchangeRecords,
  context: IssueContext,
): Promise<Answer> {
  const identified = await identify(file, records, context);
  const gathered = await gatherFacts(file, identified, records);
  const { facts, decision } = decideAmong(gathered, file.claims, context.nowS);
  if ('refused' in decision) return refuseRequest({ file, facts, refused: decision }, records, context);
  const settled = await settleReplaced({ file, facts, granted: decision }, records, context);
  if ('refused' in settled) return refuseRequest({ file, facts, refused: settled }, records, context);
  return grant({ file, facts, granted: settled }, records, context);
}

async function refuseRequest(
  { file, facts, refused }: { file: OpenedRequest; facts: ActivationFacts; refused: Refused },
  records: ExchangeRecords,
  context: IssueContext,
): Promise<Answer> {
  const refusal = await refuse(file, refused, context);
  const { license } = facts;
  if ('refused' in license) return { ...refusal, about: null };
  if (refused.refused === 'DEVICE_COPIED')
    await noticeCopy({ file, activation: ownNamed(facts) ?? facts.held }, records, context);
  return { ...refusal, about: { licenseId: license.id, activationId: null, revision: null } };
}

/** The facts of each license that the request has a right to; without one, of the refusal. */
async function gatherFacts(
  { deviceId, claims }: OpenedRequest,
  identified: Identified | Refused,
  records: ExchangeRecords,
): Promise<ActivationFacts[]> {
  const { requestId, deviceSequence, replaces } = claims;
  const common = {
    deviceId,
    device: await records.findDevice(deviceId),
    sequenceTaken: await records.isSequenceTaken({ deviceId, deviceSequence, requestId }),
  };
  if ('refused' in identified)
    return [{ ...common, license: identified, user: null, held: null, named: null }];
  const { licenses, user } = identified;
  const all: ActivationFacts[] = [];
  for (const license of licenses) {
    const devices = user === null ? 0 : await records.countDevicesOfUser(license.id, user.id);
    const held = await records.findActiveActivation(license.id, deviceId);
    const named = await findNamed(license, replaces?.id, records);
    all.push({ ...common, license, user: user && { id: user.id, devices }, held, named });
  }
  return all;
}

async function findNamed(
  license: LicenseRecord,
  id: Bytes | undefined,
  records: ExchangeRecords,
): Promise<ActivationRecord | null> {
  if (id === undefined) return null;
  if (id.length === 32) return records.findActiveActivation(license.id, id);
  const activation = await records.findActivation(id);
  return activation !== null && equalBytes(activation.licenseId, license.id) ? activation : null;
}

/** The activation that this very device says it gave up. */
function ownNamed({ named, deviceId }: ActivationFacts): ActivationRecord | null {
  return named !== null && equalBytes(named.deviceId, deviceId) ? named : null;
}

/**
 * Ends what is replaced, and counts what the device states of an activation that it gave up, once, as its deactivation
 * would: so a deactivation that never comes gives nobody a fresh maximum.
 */
async function settleReplaced(
  { file, facts, granted }: { file: OpenedRequest; facts: ActivationFacts; granted: Granted },
  records: ExchangeRecords,
  context: IssueContext,
): Promise<Granted | Refused> {
  const { requestId, deviceSequence, consumption } = file.claims;
  const { replaced, license } = granted;
  const own = ownNamed(facts);
  if (own === null || consumption === undefined) {
    if (replaced) await records.saveActivation(replacedBy(replaced, context.nowS));
    return granted;
  }
  const claims = { requestId, deviceSequence, consumption, heads: [] };
  const accounted = await account({ deviceId: file.deviceId, claims }, own, records, context);
  if (accounted.relation === 'forked') return { refused: 'DEVICE_COPIED' };
  await records.saveActivation(endedAs('replaced', accounted.activation, context.nowS));
  return { ...granted, license: (await records.findLicense(license.id)) ?? license };
}

async function grant(
  { file, facts, granted }: { file: OpenedRequest; facts: ActivationFacts; granted: Granted },
  records: ExchangeRecords,
  context: IssueContext,
): Promise<Answer> {
  const { nowS, issuer } = context;
  const device = deviceSeen(file, facts.device, nowS);
  await records.saveDevice(device);
  const license = granted.held ? granted.license : takeSeat(granted, file.deviceId);
  if (!granted.held) await records.saveSeats(license);
  const userId = facts.user?.id ?? null;
  const activation = granted.held
    ? renewed(granted.held, { file, userId, nowS })
    : newActivation(context.crypto.randomBytes(16), { file, license, userId, nowS });
  await records.saveActivation(activation);
  const features = await records.findFeatures(license.id);
  const totals = granted.held ? await records.findTotals(activation.id) : [];
  const occasion = {
    nowS,
    requestId: file.claims.requestId,
    clockCorrection: needsClockCorrection(file, nowS),
  };
  return issueLicense({ license, features, device, activation, totals }, occasion, issuer);
}

/** A device that goes on in the seat that it gave up takes none and moves none. */
function takeSeat({ license, replaced, isTransfer }: Granted, deviceId: Bytes): LicenseRecord {
  if (replaced && equalBytes(replaced.deviceId, deviceId)) return license;
  return {
    ...license,
    seatsTaken: license.seatsTaken + (replaced ? 0 : 1),
    seatsGranted: license.seatsGranted + 1,
    transfersUsed: license.transfersUsed + (isTransfer ? 1 : 0),
  };
}

function replacedBy(activation: ActivationRecord, nowS: number): ActivationRecord {
  return { ...activation, endReason: 'replaced', endedAtS: nowS };
}

/** An activation stays with the user who made it; one that was adopted gets the first who comes. */
function renewed(
  held: ActivationRecord,
  { file: { claims }, userId, nowS }: { file: OpenedRequest; userId: Bytes | null; nowS: number },
): ActivationRecord {
  return {
    ...held,
    userId: held.userId ?? userId,
    revision: nextRevision(held.revision, nowS),
    fingerprint: claims.fingerprint ?? held.fingerprint,
    recoveryCommitment: claims.recoveryCommitment ?? held.recoveryCommitment,
    online: claims.online ?? false,
  };
}

function newActivation(
  id: Bytes,
  {
    file,
    license,
    userId,
    nowS,
  }: { file: OpenedRequest; license: LicenseRecord; userId: Bytes | null; nowS: number },
): ActivationRecord {
  const { claims, deviceId } = file;
  return {
    id,
    licenseId: license.id,
    deviceId,
    userId,
    endReason: null,
    endedAtS: null,
    revision: nextRevision(0, nowS),
    reportedSequence: 0,
    reportedHead: firstHead(id).head,
    reportedDeviceSequence: claims.deviceSequence,
    reportedAtS: null,
    finalSequence: null,
    fingerprint: claims.fingerprint ?? null,
    recoveryCommitment: claims.recoveryCommitment ?? null,
    online: claims.online ?? false,
    grantedAtS: nowS,
    copiedAtS: null,
  };
}
