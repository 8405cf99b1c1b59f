import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import type { ErrorCode } from '../../errors.ts';
import { firstHead } from '../../license/consumption/chain.ts';
import type { Granted } from '../decide/activation.ts';
import { type Choice, decideAmong } from '../decide/choice.ts';
import type { Refused } from '../decide/decision.ts';
import { decideLicenseBundle, isRefused } from '../decide/license-bundle.ts';
import { wantsSeat } from '../decide/rebind.ts';
import { begunBy } from '../decide/validity.ts';
import { withNextFile } from '../license-file/changes.ts';
import { prepareSource } from '../license-file/license-source.ts';
import type { OpenedRequest } from '../open-device-file.ts';
import { type IssueContext, nextRevision } from '../portal.ts';
import type { ActivationRecord, LicenseRecord } from '../records.ts';
import type { ExchangeRecords } from '../repository.ts';
import {
  type Answer,
  type AnswerSubject,
  answerOf,
  issueLicense,
  needsClockCorrection,
  refuse,
  refuseUntraced,
} from './answer.ts';
import { deviceSeen } from './device-seen.ts';
import { noticeFork } from './forks.ts';
import { type Identified, identify } from './identify.ts';
import { type Comparison, count, countRecovered, endedAs } from './known-chain.ts';
import { noteRebind, rememberAsker, withHolders } from './lost-seats.ts';
import { gatherFacts, isOfDevice, type RequestFacts } from './request-facts.ts';

/**
 * Decides an activation request, writes down what follows and signs the answer: a license, or one of each product that
 * is under the key, or the refusal of all.
 *
 * @see FORMAT.md#deciding-an-activation-request
 */
export async function answerRequest(
  file: OpenedRequest,
  records: ExchangeRecords,
  context: IssueContext,
): Promise<Answer> {
  // Steps 2 to 14: what bears on the request; then the decision.
  const identified = await identify(file, records, context);
  const { choices, refusal } = await decide(file, identified, records, context);
  if (refusal !== null) return refuseRequest({ file, choices, refusal }, records, context);
  const subjects: AnswerSubject[] = [];
  for (const choice of choices) {
    const { facts, decision } = choice;
    const isLeftOut = 'refused' in decision;
    subjects.push(
      isLeftOut ? notGranted(choice) : await grantOne({ file, facts, decision }, records, context),
    );
  }
  const stating = choices.find(({ facts }) => facts.stated !== null) ?? choices[0];
  if (stating !== undefined) await noticeIfCopied(stating.facts, records, context);
  return answerOf(subjects, stating?.facts.fork);
}

type Decided = ReturnType<typeof decideLicenseBundle<RequestFacts>>;

/** Who has the seats is read where there is none left. */
async function decide(
  file: OpenedRequest,
  identified: Identified | Refused,
  records: ExchangeRecords,
  context: IssueContext,
): Promise<Decided> {
  const all = await gatherFacts(file, identified, records, context.nowS);
  const decided = decideAll(all, file, context);
  if (!decided.choices.some(({ decision }) => wantsSeat(decision))) return decided;
  return decideAll(await withHolders(all, records), file, context);
}

/** Of the licenses of a user one is chosen; those under a key go together. */
function decideAll(all: readonly RequestFacts[], { claims }: OpenedRequest, { nowS }: IssueContext): Decided {
  if (all.every(({ user }) => user === null)) return decideLicenseBundle(all, claims, nowS);
  const choice = decideAmong(all, claims, nowS);
  return { choices: [choice], refusal: isRefused(choice) ? choice : null };
}

async function grantOne(
  { file, facts, decision }: { file: OpenedRequest } & Choice<RequestFacts, Granted>,
  records: ExchangeRecords,
  context: IssueContext,
): Promise<AnswerSubject> {
  // Step 15: what it states as consumed; step 16: the grant.
  const granted = await settle({ facts, granted: decision }, records, context);
  return grant({ file, facts, granted }, records, context);
}

interface RefusedRequest {
  readonly file: OpenedRequest;
  readonly choices: readonly Choice<RequestFacts>[];
  readonly refusal: Choice<RequestFacts, Refused>;
}

/** A device that names a license is kept also when it gets nothing: somebody may call and read its number. */
async function refuseRequest(
  { file, choices, refusal }: RefusedRequest,
  records: ExchangeRecords,
  context: IssueContext,
): Promise<Answer> {
  const { facts, decision } = refusal;
  const { license } = facts;
  if ('refused' in license) return refuseUntraced(file, decision, context);
  await records.saveDevice(deviceSeen(file, facts.device, context.nowS));
  for (const each of choices) {
    const { license: wanted } = each.facts;
    if (wantsSeat(each.decision) && !('refused' in wanted))
      await rememberAsker(file, wanted.id, records, context);
  }
  const isCopied = decision.refused === 'DEVICE_COPIED';
  if (isCopied) await noticeIfCopied(facts, records, context);
  const product = choices.length > 1 ? await records.findProduct(license.product) : null;
  const data = product === null ? decision.data : { ...decision.data, product: product.name };
  const answer = await refuse(file, { ...decision, ...(data && { data }) }, context);
  // A copy is one to all licenses; what else stands against one of them is no reason of the others.
  const ofOthers = isCopied ? 'DEVICE_COPIED' : 'BUNDLED_LICENSE_REFUSED';
  const subjects = choices.map(choice =>
    choice === refusal ? { ...notGranted(refusal), answer } : notGranted(choice, ofOthers),
  );
  return answerOf(subjects, isCopied ? facts.fork : null);
}

const noFile: Bytes = new Uint8Array(0);

/** What is kept about a license that is not granted and has no file in the answer. */
function notGranted(
  { facts: { license }, decision }: Choice<RequestFacts>,
  otherwise: ErrorCode = 'BUNDLED_LICENSE_REFUSED',
): AnswerSubject {
  if ('refused' in license) throw new TypeError('expected a license');
  const code = 'refused' in decision ? decision.refused : otherwise;
  return { licenseId: license.id, activationId: null, revision: null, code, answer: noFile };
}

async function noticeIfCopied(
  { fork, license, stated, held, deviceId }: RequestFacts,
  records: ExchangeRecords,
  context: IssueContext,
): Promise<void> {
  if (fork === null || 'refused' in license) return;
  const activationId = stated?.activation.id ?? held?.id ?? null;
  await noticeFork({ fork, deviceId, licenseId: license.id, activationId }, records, context);
}

/**
 * Counts what the device states, once, as its report or deactivation would, and ends what is replaced: so a
 * deactivation that never comes gives nobody a fresh maximum.
 */
async function settle(
  { facts, granted }: { facts: RequestFacts; granted: Granted },
  records: ExchangeRecords,
  context: IssueContext,
): Promise<Granted> {
  const { stated, named } = facts;
  const { replaced, held, license } = granted;
  const isStated = (activation: ActivationRecord | null | undefined) =>
    activation != null && stated !== null && equalBytes(activation.id, stated.activation.id);
  if (replaced && !isStated(replaced)) await records.saveActivation(replacedBy(replaced, context.nowS));
  if (stated === null) return granted;
  if (!isOfDevice(stated, facts.deviceId)) return settleRecovered(stated, granted, records, context);
  const { activation } = await count(stated, records, context);
  const isGivenUp = isStated(named);
  await records.saveActivation(isGivenUp ? endedAs('replaced', activation, context.nowS) : activation);
  const counted = { ...granted, license: (await records.findLicense(license.id)) ?? license };
  return isStated(held) ? { ...counted, held: activation } : counted;
}

/** Counts what the recovery file has beyond what the lost device reported. Its late reports still count: no sequence is final. */
async function settleRecovered(
  stated: Comparison,
  granted: Granted,
  records: ExchangeRecords,
  { nowS }: IssueContext,
): Promise<Granted> {
  const { license, replaced } = granted;
  const activation = await countRecovered(stated, records, nowS);
  const isReplaced = replaced !== undefined && equalBytes(replaced.id, activation.id);
  await records.saveActivation(isReplaced ? replacedBy(activation, nowS) : activation);
  return { ...granted, license: (await records.findLicense(license.id)) ?? license };
}

async function grant(
  { file, facts, granted }: { file: OpenedRequest; facts: RequestFacts; granted: Granted },
  records: ExchangeRecords,
  context: IssueContext,
): Promise<AnswerSubject> {
  const { nowS, issuer } = context;
  const device = deviceSeen(file, facts.device, nowS);
  await records.saveDevice(device);
  const license = await begin(
    granted.held ? granted.license : takeSeat(granted, file.deviceId),
    records,
    nowS,
  );
  if (!granted.held) await records.saveSeats(license);
  if (facts.hasAsked) await records.removeSeatRequest(license.id, file.deviceId);
  if (granted.rebind && granted.replaced) await noteRebind(file, granted.replaced, records, context);
  const userId = facts.user?.id ?? null;
  const activation = granted.held
    ? renewed(granted.held, { file, userId, nowS })
    : newActivation(context.crypto.randomBytes(16), { file, granted, userId, nowS });
  await records.saveActivation(activation);
  const known = { records, nowS, ...(!granted.held && { totals: [] }) };
  const source = await prepareSource({ license, device, activation }, known);
  const occasion = {
    nowS,
    requestId: file.claims.requestId,
    clockCorrection: needsClockCorrection(file, nowS),
  };
  return issueLicense(source, occasion, issuer);
}

/** Whoever edits the license at that moment is told, as by an edit. */
async function begin(license: LicenseRecord, records: ExchangeRecords, nowS: number): Promise<LicenseRecord> {
  const begun = begunBy(license, nowS);
  if (begun === license) return license;
  const changed = { ...begun, version: license.version + 1, updatedAtS: nowS };
  await records.saveEnd(changed);
  return changed;
}

/** A device that goes on in the seat that it gave up, or that was its own before it lost its storage, takes none and moves none. */
function takeSeat(
  { license, replaced, rebind, isTransfer, isReturning = false }: Granted,
  deviceId: Bytes,
): LicenseRecord {
  if (replaced && equalBytes(replaced.deviceId, deviceId)) return license;
  if (rebind) return { ...license, rebindsUsed: license.rebindsUsed + (rebind === 'by-itself' ? 1 : 0) };
  return {
    ...license,
    seatsTaken: license.seatsTaken + (replaced ? 0 : 1),
    seatsGranted: license.seatsGranted + (isReturning ? 0 : 1),
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
    ...withNextFile(held, nowS),
    userId: held.userId ?? userId,
    fingerprint: claims.fingerprint ?? held.fingerprint,
    recoveryCommitment: claims.recoveryCommitment ?? held.recoveryCommitment,
    online: claims.online ?? false,
  };
}

function newActivation(
  id: Bytes,
  {
    file,
    granted: { license, replaced },
    userId,
    nowS,
  }: { file: OpenedRequest; granted: Granted; userId: Bytes | null; nowS: number },
): ActivationRecord {
  const { claims, deviceId } = file;
  const isOfAnother = replaced !== undefined && !equalBytes(replaced.deviceId, deviceId);
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
    replaces: isOfAnother ? replaced.id : null,
    copiedAtS: null,
    changedAtS: null,
    carriedByRevision: null,
  };
}
