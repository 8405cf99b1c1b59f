import { equalBytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import type { License } from '../../format/license.ts';
import { firstHead } from '../../license/consumption/chain.ts';
import { LICENSE_COUNTER, limitsOf } from '../../license/consumption/remaining.ts';
import { verifyLicense } from '../../verify/license.ts';
import { audit } from '../audit.ts';
import type { IssueContext } from '../portal.ts';
import type { ActivationRecord, EndReason, LicenseRecord } from '../records.ts';
import type { ExchangeRecords } from '../repository.ts';
import { deviceSeen } from './device-seen.ts';
import type { OpenedAccount } from './known-chain.ts';

/**
 * The license that a device file carries, if this vendor issued it for the activation that the file is about: what
 * a portal restored from an older backup goes by. Its end and its state do not matter.
 */
export async function findCarriedLicense(
  file: OpenedAccount,
  context: IssueContext,
): Promise<License | null> {
  const license = await verifyCarried(file, context);
  const { claims } = file;
  const isOfFile =
    license !== null &&
    equalBytes(license.licenseId, claims.licenseId) &&
    equalBytes(license.activationId, claims.activationId);
  return isOfFile ? license : null;
}

/** Takes up an activation that the portal does not know, by the license that it issued for it once. */
export async function adopt(
  { file, carried, license }: { file: OpenedAccount; carried: License; license: LicenseRecord },
  records: ExchangeRecords,
  { nowS }: Pick<IssueContext, 'nowS'>,
): Promise<ActivationRecord> {
  await records.saveDevice(deviceSeen(file, await records.findDevice(file.deviceId), nowS));
  const held = await records.findActiveActivation(license.id, file.deviceId);
  const activation = adopted(carried, held === null ? endReasonOf(carried) : 'replaced', nowS);
  await records.saveActivation(activation);
  if (activation.endReason === null) await takeShares(carried, records);
  await records.saveSeats({
    ...license,
    seatsTaken: license.seatsTaken + (activation.endReason === null ? 1 : 0),
    seatsGranted: license.seatsGranted + (activation.endReason === 'released' ? 0 : 1),
  });
  const about = { licenseId: license.id, deviceId: file.deviceId };
  await records.appendAudit(audit('activation.adopt', { actor: 'system', nowS, ...about }));
  return activation;
}

/** What the device may use by the license that it has: others get no share of it. */
async function takeShares(carried: License, records: ExchangeRecords): Promise<void> {
  const counters = [LICENSE_COUNTER, ...(carried.features ?? []).map(({ code }) => code)];
  for (const counter of counters) {
    const ceiling = limitsOf(carried, counter)?.allotment;
    if (ceiling !== undefined) {
      await records.saveShare(carried.activationId, counter, { ceiling, held: ceiling });
    }
  }
}

function adopted(carried: License, endReason: EndReason | null, nowS: number): ActivationRecord {
  return {
    id: carried.activationId,
    licenseId: carried.licenseId,
    deviceId: carried.deviceId,
    userId: null,
    endReason,
    endedAtS: endReason && nowS,
    revision: carried.revision,
    reportedSequence: 0,
    reportedHead: firstHead(carried.activationId).head,
    reportedDeviceSequence: 0,
    reportedAtS: null,
    finalSequence: null,
    fingerprint: carried.fingerprint ?? null,
    recoveryCommitment: null,
    online: false,
    grantedAtS: nowS,
    replaces: null,
    copiedAtS: null,
    changedAtS: null,
    carriedByRevision: null,
  };
}

const endReasons: Partial<Record<NonNullable<License['licenseState']>, EndReason>> = {
  released: 'released',
  replaced: 'replaced',
  ended: 'deactivated',
};

function endReasonOf({ licenseState }: License): EndReason | null {
  return licenseState === undefined ? null : (endReasons[licenseState] ?? null);
}

/** null for whatever is no license of ours for this device; what is wrong with it does not matter. */
async function verifyCarried(
  { claims, deviceId }: OpenedAccount,
  context: IssueContext,
): Promise<License | null> {
  if (claims.license === undefined) return null;
  try {
    const verified = await verifyLicense(claims.license, { ...context, deviceId, product: null });
    return verified.claims;
  } catch (error) {
    if (error instanceof LatchkeyError) return null;
    throw error;
  }
}
