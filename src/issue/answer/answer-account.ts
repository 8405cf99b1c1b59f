import type { Receipt } from '../../format/receipt.ts';
import { withNextFile } from '../license-file/changes.ts';
import { prepareSource } from '../license-file/license-source.ts';
import type { OpenedDeactivation, OpenedReport } from '../open-device-file.ts';
import type { IssueContext } from '../portal.ts';
import type { ActivationRecord, LicenseRecord } from '../records.ts';
import type { ExchangeRecords } from '../repository.ts';
import { adopt, findCarriedLicense } from './adopt.ts';
import {
  type Answer,
  answerOf,
  issueLicense,
  issueReceipt,
  needsClockCorrection,
  refuse,
  refuseUntraced,
} from './answer.ts';
import { deviceSeen } from './device-seen.ts';
import { type Fork, noticeFork } from './forks.ts';
import { account, endedAs, findStatedActivation, type OpenedAccount } from './known-chain.ts';

/** Counts a usage report and answers with the license as it stands now. A report is also how a device asks for it. */
export async function answerReport(
  file: OpenedReport,
  records: ExchangeRecords,
  context: IssueContext,
): Promise<Answer> {
  const { nowS, issuer } = context;
  const found = await findOrAdopt(file, records, context);
  if (found === null) return refuseUnknown(file, context);
  const accounted = await account(file, found, records, context);
  const { fork } = accounted;
  if (fork !== null && !fork.isServed) return refuseCopy({ file, activation: found, fork }, records, context);
  const device = deviceSeen(file, await records.findDevice(file.deviceId), nowS);
  await records.saveDevice(device);
  const activation = {
    ...withNextFile(accounted.activation, nowS),
    fingerprint: file.claims.fingerprint ?? accounted.activation.fingerprint,
  };
  await records.saveActivation(activation);
  await noticeAny({ fork, activation }, records, context);
  const license = await requireLicense(activation, records);
  const { totals } = accounted;
  const isNewest = file.claims.revision === found.revision;
  const source = await prepareSource({ license, device, activation }, { records, nowS, totals, isNewest });
  const clockCorrection = needsClockCorrection(file, nowS);
  const issued = await issueLicense(
    source,
    { nowS, requestId: file.claims.requestId, clockCorrection },
    issuer,
  );
  return answerOf([issued], fork);
}

/**
 * Ends an activation and answers with a receipt. A genuine deactivation is never refused: not for a blocked device, a
 * disabled or expired license, a fork, nor an activation that a restored portal does not know.
 */
export async function answerDeactivation(
  file: OpenedDeactivation,
  records: ExchangeRecords,
  context: IssueContext,
): Promise<Answer> {
  const found = await findOrAdopt(file, records, context);
  if (found === null) return answerUnknownDeactivation(file, context);
  const accounted = await account(file, found, records, context);
  const ended = endedAs('deactivated', accounted.activation, context.nowS);
  await records.saveActivation(ended);
  await records.saveDevice(deviceSeen(file, await records.findDevice(file.deviceId), context.nowS));
  if (found.endReason === null) await freeSeat(found, records);
  await noticeAny({ fork: accounted.fork, activation: ended }, records, context);
  const consumption = {
    sequence: ended.reportedSequence,
    head: ended.reportedHead,
    totals: accounted.totals,
  };
  const receipt = await issueReceipt(receiptOf(file, consumption, context.nowS), context.issuer);
  const { licenseId, id: activationId } = ended;
  const subject = { licenseId, activationId, revision: null, code: null, answer: receipt };
  return answerOf([subject], accounted.fork);
}

async function findOrAdopt(
  file: OpenedAccount,
  records: ExchangeRecords,
  context: IssueContext,
): Promise<ActivationRecord | null> {
  const found = await findStatedActivation(file, records);
  if (found !== null) return found;
  if ((await records.findActivation(file.claims.activationId)) !== null) return null;
  const carried = await findCarriedLicense(file, context);
  const license = carried && (await records.findLicense(carried.licenseId));
  return license && adopt({ file, carried, license }, records, context);
}

/** The license itself is not known here, or nothing proves that there was one. */
async function answerUnknownDeactivation(file: OpenedDeactivation, context: IssueContext): Promise<Answer> {
  const carried = await findCarriedLicense(file, context);
  if (carried === null) return refuseUnknown(file, context);
  const receipt = receiptOf(file, file.claims.consumption, context.nowS);
  return { files: [await issueReceipt(receipt, context.issuer)], code: null, about: [] };
}

function refuseUnknown(file: OpenedAccount, context: IssueContext): Promise<Answer> {
  return refuseUntraced(file, { refused: 'ACTIVATION_UNKNOWN' }, context);
}

async function refuseCopy(
  { file, activation, fork }: { file: OpenedReport; activation: ActivationRecord; fork: Fork },
  records: ExchangeRecords,
  context: IssueContext,
): Promise<Answer> {
  await noticeAny({ fork, activation }, records, context);
  const { licenseId, id: activationId } = activation;
  const code = 'DEVICE_COPIED';
  const answer = await refuse(file, { refused: code }, context);
  return answerOf([{ licenseId, activationId, revision: null, code, answer }], fork);
}

async function noticeAny(
  { fork, activation }: { fork: Fork | null; activation: ActivationRecord },
  records: ExchangeRecords,
  context: IssueContext,
): Promise<void> {
  const { id: activationId, deviceId, licenseId } = activation;
  if (fork !== null) await noticeFork({ fork, deviceId, licenseId, activationId }, records, context);
}

async function freeSeat(activation: ActivationRecord, records: ExchangeRecords): Promise<void> {
  const license = await requireLicense(activation, records);
  await records.saveSeats({ ...license, seatsTaken: license.seatsTaken - 1 });
}

async function requireLicense(
  { licenseId }: ActivationRecord,
  records: ExchangeRecords,
): Promise<LicenseRecord> {
  const license = await records.findLicense(licenseId);
  if (license === null) throw new TypeError('an activation without its license');
  return license;
}

function receiptOf(
  { deviceId, claims }: OpenedDeactivation,
  consumption: Receipt['consumption'],
  nowS: number,
): Receipt {
  const { requestId, licenseId, activationId } = claims;
  return { requestId, deviceId, licenseId, activationId, issuedAt: nowS, consumption };
}
