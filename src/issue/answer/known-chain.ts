import type { Bytes } from '../../bytes/bytes.ts';
import { equalBytes } from '../../bytes/bytes.ts';
import type { Consumption, Period, Total } from '../../format/claims.ts';
import { MAX_AMOUNT } from '../../format/codec.ts';
import { LICENSE_COUNTER } from '../../license/consumption/remaining.ts';
import {
  type ChainRelation,
  compareChain,
  deltasOf,
  isFork,
  type StatedChain,
  statedHeads,
} from '../decide/chain.ts';
import { raisedTotals } from '../decide/fork.ts';
import { countablePeriods, periodRises } from '../decide/periods.ts';
import { withInstalled } from '../license-file/changes.ts';
import type { OpenedDeactivation, OpenedReport } from '../open-device-file.ts';
import type { IssueContext } from '../portal.ts';
import type { ActivationRecord, EndReason, LicenseRecord, ProductFeatureRecord } from '../records.ts';
import type { ExchangeRecords } from '../repository.ts';
import { type Fork, forkOf } from './forks.ts';

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

/** The consumption that a device states, in a file of any kind. */
export interface Statement {
  readonly deviceId: Bytes;
  readonly claims: StatedChain & {
    readonly requestId: Bytes;
    readonly periods?: readonly Period[] | undefined;
    /** Of the license that is installed. */
    readonly revision?: number | undefined;
  };
}

/** What a device states beside what was counted before. */
export interface Comparison {
  readonly statement: Statement;
  readonly activation: ActivationRecord;
  readonly totals: readonly Total[];
  readonly relation: ChainRelation;
}

/** What was counted after this file. */
export interface Accounted {
  /** null: from the device that was known. */
  readonly fork: Fork | null;
  /** With what was counted, not saved yet. */
  readonly activation: ActivationRecord;
  readonly totals: readonly Total[];
}

/** Compares the chain that a device states with the known one. Changes nothing. */
export async function compare(
  statement: Statement,
  activation: ActivationRecord,
  records: ExchangeRecords,
): Promise<Comparison> {
  const { deviceId, claims } = statement;
  const { requestId, deviceSequence } = claims;
  const sequences = statedHeads(claims).map(({ sequence }) => sequence);
  const heads = await records.findHeads(activation.id, sequences);
  const totals = await records.findTotals(activation.id);
  const sequenceTaken = await records.isSequenceTaken({ deviceId, deviceSequence, requestId });
  const relation = sequenceTaken ? 'same-number' : compareChain({ activation, heads, totals }, claims);
  return { statement, activation, totals, relation };
}

/** Compares the chain that a device states with the known one, and counts what is new, once. */
export async function account(
  statement: Statement,
  activation: ActivationRecord,
  records: ExchangeRecords,
  context: Pick<IssueContext, 'nowS'>,
): Promise<Accounted> {
  return count(await compare(statement, activation, records), records, context);
}

/** Counts what a device states, once; from a copy that is not served, nothing. */
export async function count(
  comparison: Comparison,
  records: ExchangeRecords,
  { nowS }: Pick<IssueContext, 'nowS'>,
): Promise<Accounted> {
  const { statement, activation, relation, totals } = comparison;
  const { claims } = statement;
  const fork = isFork(relation) ? await forkOf(relation, activation.licenseId, records) : null;
  if (fork !== null && !fork.isServed) return { fork, activation, totals };
  const seen = { ...withInstalled(activation, claims.revision), reportedAtS: nowS };
  if (fork === null) await saveStatedHeads(activation.id, claims, records);
  if (relation === 'counted') return { fork, activation: seen, totals };
  const { consumption } = claims;
  const counted = fork === null ? consumption.totals : raisedTotals(totals, consumption.totals);
  await records.addUsage(activation.licenseId, deltasOf(totals, counted), nowS);
  await records.saveTotals(activation.id, counted);
  await addPeriods(activation, claims.periods, { records, nowS });
  const isFurthest = consumption.sequence > activation.reportedSequence;
  const place = isFurthest ? reached(consumption, claims.deviceSequence) : {};
  return { fork, activation: { ...seen, ...place }, totals: counted };
}

/**
 * Counts what a recovery file states of an activation whose device lost its storage: sums only rise. The activation is
 * not saved. A file of that device that was on its way meanwhile is older than this, and no sign of a copy.
 */
export async function countRecovered(
  { statement: { claims }, activation, relation, totals }: Comparison,
  records: ExchangeRecords,
  nowS: number,
): Promise<ActivationRecord> {
  if (relation === 'counted') return activation;
  const { consumption } = claims;
  const counted = raisedTotals(totals, consumption.totals);
  await records.addUsage(activation.licenseId, deltasOf(totals, counted), nowS);
  await records.saveTotals(activation.id, counted);
  await addPeriods(activation, claims.periods, { records, nowS });
  if (relation !== 'further') return activation;
  await saveStatedHeads(activation.id, claims, records);
  return { ...activation, ...reached(consumption, MAX_AMOUNT) };
}

async function addPeriods(
  { id, licenseId }: ActivationRecord,
  stated: readonly Period[] = [],
  { records, nowS }: { records: ExchangeRecords; nowS: number },
): Promise<void> {
  const license = stated.length > 0 ? await records.findLicense(licenseId) : null;
  if (license === null) return;
  const counters = countersOf(license, await records.findProductFeatures(license.product));
  const { utcOffset } = license;
  const counted = countablePeriods(stated, counters, { nowS, utcOffset });
  const indexes = [...new Set(counted.map(({ index }) => index))];
  if (indexes.length === 0) return;
  const rises = periodRises(await records.findPeriods(id, indexes), counted);
  await records.addPeriods({ licenseId, activationId: id }, rises);
}

/** What the license may count, also a feature that is not granted any more: granted again, it goes on. */
function countersOf({ type }: LicenseRecord, features: readonly ProductFeatureRecord[]): Set<string> {
  const codes = features.filter(feature => feature.type === 'consumption').map(({ code }) => code);
  return new Set(type === 'consumption' ? [LICENSE_COUNTER, ...codes] : codes);
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

async function saveStatedHeads(
  activationId: Bytes,
  claims: StatedChain,
  records: ExchangeRecords,
): Promise<void> {
  const heads = statedHeads(claims).filter(({ sequence }) => sequence > 0);
  await records.saveHeads(activationId, heads);
}

function reached(
  { sequence, head }: Consumption,
  deviceSequence: number,
): Pick<ActivationRecord, 'reportedSequence' | 'reportedHead' | 'reportedDeviceSequence'> {
  return { reportedSequence: sequence, reportedHead: head, reportedDeviceSequence: deviceSequence };
}
