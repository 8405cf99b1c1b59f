import { prepareSource } from '../license-file/license-source.ts';
import type { DeviceFile } from '../open-device-file.ts';
import { type IssueContext, nextRevision } from '../portal.ts';
import type { ExchangeRecord } from '../records.ts';
import type { ExchangeRecords } from '../repository.ts';
import { type Answer, issueLicense, needsClockCorrection } from './answer.ts';

/**
 * Answers a file that was granted and whose license was erased since, because its activation had ended: with the
 * license as it stands now, which says so.
 *
 * @see FORMAT.md#idempotence
 */
export async function answerErased(
  file: DeviceFile,
  { licenseId, deviceId, activationId }: ExchangeRecord,
  records: ExchangeRecords,
  { nowS, issuer }: IssueContext,
): Promise<Answer> {
  const before = activationId && (await records.findActivation(activationId));
  const license = await records.findLicense(licenseId);
  const device = await records.findDevice(deviceId);
  if (!before || license === null || device === null) throw new TypeError('a grant without its activation');
  const activation = { ...before, revision: nextRevision(before.revision, nowS) };
  await records.saveActivation(activation);
  const clockCorrection = needsClockCorrection(file, nowS);
  const { requestId } = file.claims;
  const source = await prepareSource({ license, device, activation }, { records, nowS });
  return issueLicense(source, { nowS, requestId, clockCorrection }, issuer);
}
