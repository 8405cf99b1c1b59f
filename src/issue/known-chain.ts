import type { Bytes } from '../bytes/bytes.ts';
import { equalBytes } from '../bytes/bytes.ts';
import type { Consumption, Total } from '../format/claims.ts';
import { audit } from './audit.ts';
import {
  type ChainRelation,
  compareChain,
  deltasOf,
  type KnownChain,
  type StatedChain,
  statedHeads,
} from './decide/chain.ts';
import type { DeviceFile, OpenedDeactivation, OpenedReport } from './open-device-file.ts';
import type { IssueContext } from './portal.ts';
import type { ActivationRecord, EndReason } from './records.ts';
import type { ExchangeRecords } from './repository.ts';

/** A device file that states consumption. */
export type OpenedAccount = OpenedReport | OpenedDeactivation;

/** The activation that a file is about; null when there is none of this device and license. */
export async function findStatedActivation(
  { deviceId, claims }: OpenedAccount,
  records: ExchangeRecords,
): Promise<ActivationRecord | null> {
  const activation = await records.findActivation(claims.activationId);
  const isOwn =
    activation !== null &&
    equalBytes(activation.deviceId, deviceId) &&
    equalBytes(activation.licenseId, claims.licenseId);
  return isOwn ? activation : null;
}

/** What was counted after this file. */
export interface Accounted {
  readonly relation: ChainRelation;
  /** With what was counted, not saved yet. */
  readonly activation: ActivationRecord;
  readonly totals: readonly Total[];
}

/** The consumption that a device states, in a file of any kind. */
export interface Statement {
  readonly deviceId: Bytes;
  readonly claims: StatedChain & { readonly requestId: Bytes };
}

/** Compares the chain that a device states with the known one, and counts what is new, once. */
export async function account(
  { deviceId, claims }: Statement,
  activation: ActivationRecord,
  records: ExchangeRecords,
  { nowS }: Pick<IssueContext, 'nowS'>,
): Promise<Accounted> {
  const { requestId, deviceSequence, consumption } = claims;
  const stated = statedHeads(claims);
  const sequences = stated.map(({ sequence }) => sequence);
  const heads = await records.findHeads(activation.id, sequences);
  const totals = await records.findTotals(activation.id);
  const known: KnownChain = { activation, heads, totals };
  const sequenceTaken = await records.isSequenceTaken({ deviceId, deviceSequence, requestId });
  const relation = sequenceTaken ? 'forked' : compareChain(known, claims);
  if (relation === 'forked') return { relation, activation, totals };
  const seen = { ...activation, reportedAtS: nowS };
  await records.saveHeads(
    activation.id,
    stated.filter(({ sequence }) => sequence > 0),
  );
  if (relation === 'counted') return { relation, activation: seen, totals };
  await records.addUsage(activation.licenseId, deltasOf(totals, consumption.totals));
  await records.saveTotals(activation.id, consumption.totals);
  return {
    relation,
    activation: { ...seen, ...reached(consumption, deviceSequence) },
    totals: consumption.totals,
  };
}

/** The activation ended by the device's own word. What ended it first stays the reason; what was counted then is final. */
export function endedAs(reason: EndReason, activation: ActivationRecord, nowS: number): ActivationRecord {
  return {
    ...activation,
    endReason: activation.endReason ?? reason,
    endedAtS: activation.endedAtS ?? nowS,
    finalSequence: activation.finalSequence ?? activation.reportedSequence,
  };
}

function reached(
  { sequence, head }: Consumption,
  deviceSequence: number,
): Pick<ActivationRecord, 'reportedSequence' | 'reportedHead' | 'reportedDeviceSequence'> {
  return { reportedSequence: sequence, reportedHead: head, reportedDeviceSequence: deviceSequence };
}

/** Marks device and activation as copied, for the vendor to see. */
export async function noticeCopy(
  { file, activation }: { file: DeviceFile; activation: ActivationRecord | null },
  records: ExchangeRecords,
  { nowS }: Pick<IssueContext, 'nowS'>,
): Promise<void> {
  const device = await records.findDevice(file.deviceId);
  if (device !== null) await records.saveDevice({ ...device, copiedAtS: nowS });
  if (activation !== null) await records.saveActivation({ ...activation, copiedAtS: nowS });
  const about = { ...(activation && { licenseId: activation.licenseId }), deviceId: file.deviceId };
  await records.appendAudit(audit('device.copied', { actor: 'system', nowS, ...about }));
}
