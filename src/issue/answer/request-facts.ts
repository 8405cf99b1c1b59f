import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import type { ActivationFacts } from '../decide/activation.ts';
import { isFork } from '../decide/chain.ts';
import type { Refused } from '../decide/decision.ts';
import type { ForkSign } from '../decide/fork.ts';
import { provesRecovery } from '../decide/rebind.ts';
import type { OpenedRequest } from '../open-device-file.ts';
import type { LicenseRecord } from '../records.ts';
import type { ExchangeRecords } from '../repository.ts';
import { type Fork, forkOf } from './forks.ts';
import type { Identified } from './identify.ts';
import { type Comparison, compare } from './known-chain.ts';
import { findGivenSeat, findNamed, findOfLicense, type GivenSeat, notAsked } from './lost-seats.ts';

/** All that is decided by of one license, and what the request states of an activation that its device has or had. */
export interface RequestFacts extends ActivationFacts, GivenSeat {
  readonly fork: Fork | null;
  /** null: it states nothing of this license. */
  readonly stated: Comparison | null;
}

const nothing = {
  ...{
    fork: null,
    stated: null,
    user: null,
    held: null,
    named: null,
    isNamedBlocked: false,
    isReturning: false,
    lost: null,
  },
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
    const named = await findNamed({ license, deviceId }, claims.replaces, records);
    const isNamedBlocked = named !== null && (await records.findDevice(named.deviceId))?.blocked === true;
    const isReturning = common.device !== null && (await records.isReturning(license.id, deviceId));
    const asked = { user: user && { id: user.id, devices }, held, named, isNamedBlocked, isReturning };
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

/**
 * Step 4: what the request states of an activation of its own: the one that it holds, else the one that it gave up, or
 * what the recovery file of a lost one had. Without it a copied chain that only went further would pass as the known one.
 */
async function compareStated(
  { deviceId, claims }: OpenedRequest,
  licenses: readonly LicenseRecord[],
  records: ExchangeRecords,
): Promise<Comparison | null> {
  const { requestId, deviceSequence, consumption, periods, heads = [], activationId, replaces } = claims;
  const id = activationId ?? replaces?.id;
  if (consumption === undefined || id === undefined) return null;
  for (const license of licenses) {
    const activation = await findOfLicense(license, id, records);
    if (activation === null) continue;
    if (!equalBytes(activation.deviceId, deviceId) && !provesRecovery(replaces, activation)) continue;
    const statement = { deviceId, claims: { requestId, deviceSequence, consumption, periods, heads } };
    return compare(statement, activation, records);
  }
  return null;
}

/** What shows that a second copy of the device made the request. A recovery file shows nothing: it may be an old one. */
async function signOf(
  { deviceId, claims: { requestId, deviceSequence } }: OpenedRequest,
  stated: Comparison | null,
  records: ExchangeRecords,
): Promise<ForkSign | null> {
  if (stated !== null && isOfDevice(stated, deviceId))
    return isFork(stated.relation) ? stated.relation : null;
  const isTaken = await records.isSequenceTaken({ deviceId, deviceSequence, requestId });
  return isTaken ? 'same-number' : null;
}

/** Whether a device states what it counted itself, and not what a recovery file says. */
export function isOfDevice({ activation }: Comparison, deviceId: Bytes): boolean {
  return equalBytes(activation.deviceId, deviceId);
}
