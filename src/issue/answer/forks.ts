import type { Bytes } from '../../bytes/bytes.ts';
import { audit } from '../audit.ts';
import {
  DEFAULT_FORK_POLICY,
  decideFork,
  type ForkAnswer,
  type ForkPolicy,
  type ForkSign,
} from '../decide/fork.ts';
import type { IssueContext } from '../portal.ts';
import type { ExchangeRecords } from '../repository.ts';

/** A second copy of a device, and what the vendor wants done about it. */
export interface Fork extends ForkAnswer {
  readonly sign: ForkSign;
  readonly policy: ForkPolicy;
}

/** A fork as the policy of the license's product answers it. */
export async function forkOf(sign: ForkSign, licenseId: Bytes, records: ExchangeRecords): Promise<Fork> {
  const license = await records.findLicense(licenseId);
  const product = license && (await records.findProduct(license.product));
  const policy = product?.forkPolicy ?? DEFAULT_FORK_POLICY;
  return { sign, policy, ...decideFork(policy) };
}

/** Whom a fork is noted for. */
interface Noticed {
  readonly fork: Fork;
  readonly deviceId: Bytes;
  readonly licenseId: Bytes;
  /** null: the device holds no activation of this license. */
  readonly activationId: Bytes | null;
}

/** Marks device and activation as copied, for the vendor to see, and blocks the device where that is the policy. */
export async function noticeFork(
  { fork, deviceId, licenseId, activationId }: Noticed,
  records: ExchangeRecords,
  { nowS }: Pick<IssueContext, 'nowS'>,
): Promise<void> {
  const about = { actor: 'system', nowS, licenseId, deviceId };
  await records.appendAudit(audit('device.copied', { ...about, changed: [fork.sign] }));
  const activation = activationId && (await records.findActivation(activationId));
  if (activation) await records.saveActivation({ ...activation, copiedAtS: nowS });
  const device = await records.findDevice(deviceId);
  if (device === null) return;
  const blocked = device.blocked || fork.blocksDevice;
  await records.saveDevice({ ...device, blocked, copiedAtS: nowS });
  if (blocked && !device.blocked) await records.appendAudit(audit('device.block', about));
}
