import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import type { ActivationFacts } from '../decide/activation.ts';
import { isFork } from '../decide/chain.ts';
import type { Refused } from '../decide/decision.ts';
import type { ForkSign } from '../decide/fork.ts';
import type { OpenedRequest } from '../open-device-file.ts';
import type { ActivationRecord, LicenseRecord } from '../records.ts';
import type { ExchangeRecords } from '../repository.ts';
import { type Fork, forkOf } from './forks.ts';
import type { Identified } from './identify.ts';
import { type Comparison, compare } from './known-chain.ts';
import { findGivenSeat, type GivenSeat, notAsked } from './lost-seats.ts';

/** All that is decided by of one license, and what the request states of an activation that its device has or had. */
export interface RequestFacts extends ActivationFacts, GivenSeat {
  readonly fork: Fork | null;
  /** null: it states nothing of this license. */
  readonly stated: Comparison | null;
}

const nothing = {
  ...{ fork: null, stated: null, user: null, held: null, named: null, isReturning: false, lost: null },
  ...notAsked,
};

/** The facts of each license that the request has a right to; without one, of the refusal. */
export async function gatherFacts(
  file: OpenedRequest,
  identified: Identified | Refused,
  records: ExchangeRecords,
  nowS: number,
): Promise<RequestFacts[]> {
  const { deviceId, claims } = file;
  const common = { deviceId, device: await records.findDevice(deviceId) };
  if ('refused' in identified) {
    return [{ ...common, ...nothing, license: identified }];
  }
  const { licenses, user } = identified;
  const stated = await compareStated(file, licenses, records);
  const sign = await signOf(file, stated, records);
  const all: RequestFacts[] = [];
  for (const license of licenses) {
    const fork = sign && (await forkOf(sign, license.id, records));
    const devices = user === null ? 0 : await records.countDevicesOfUser(license.id, user.id);
    const held = await records.findActiveActivation(license.id, deviceId);
    const named = await findNamed(license, claims.replaces?.id, records);
    const isReturning = common.device !== null && (await records.isReturning(license.id, deviceId));
    const asked = { user: user && { id: user.id, devices }, held, named, isReturning };
    const given =
      common.device === null ? notAsked : await findGivenSeat({ license, deviceId }, records, nowS);
    all.push({
      ...common,
      fork,
      stated: ofLicense(stated, license),
      license,
      ...asked,
      ...given,
      lost: null,
    });
  }
  return all;
}

function ofLicense(stated: Comparison | null, { id }: LicenseRecord): Comparison | null {
  return stated !== null && equalBytes(stated.activation.licenseId, id) ? stated : null;
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

/**
 * Step 4: what the request states of an activation of its own: the one that it holds, else the one that it gave up. Without
 * it a copied chain that only went further would pass as the known one.
 */
async function compareStated(
  { deviceId, claims }: OpenedRequest,
  licenses: readonly LicenseRecord[],
  records: ExchangeRecords,
): Promise<Comparison | null> {
  const { requestId, deviceSequence, consumption, periods, heads = [], activationId, replaces } = claims;
  if (consumption === undefined) return null;
  for (const license of licenses) {
    const activation = await findNamed(license, activationId ?? replaces?.id, records);
    if (activation === null || !equalBytes(activation.deviceId, deviceId)) continue;
    const statement = { deviceId, claims: { requestId, deviceSequence, consumption, periods, heads } };
    return compare(statement, activation, records);
  }
  return null;
}

/** What shows that a second copy of the device made the request. */
async function signOf(
  { deviceId, claims: { requestId, deviceSequence } }: OpenedRequest,
  stated: Comparison | null,
  records: ExchangeRecords,
): Promise<ForkSign | null> {
  if (stated !== null) return isFork(stated.relation) ? stated.relation : null;
  const isTaken = await records.isSequenceTaken({ deviceId, deviceSequence, requestId });
  return isTaken ? 'same-number' : null;
}
