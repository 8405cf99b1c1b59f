import { withNextFile } from '../license-file/changes.ts';
import { prepareSource } from '../license-file/license-source.ts';
import type { DeviceFile } from '../open-device-file.ts';
import type { IssueContext } from '../portal.ts';
import type { ExchangeRecord } from '../records.ts';
import type { ExchangeRecords } from '../repository.ts';
import { type Answer, type AnswerSubject, answerOf, issueLicense, needsClockCorrection } from './answer.ts';

/**
 * What a file that was granted is answered when it comes again: the same bytes, save where a license was erased since,
 * because its activation had ended. There it is the license as it stands now, which says so.
 *
 * @param known - What it was answered about each license, in the order of their ids.
 * @see FORMAT.md#idempotence
 */
export async function answerAgain(
  file: DeviceFile,
  known: readonly ExchangeRecord[],
  records: ExchangeRecords,
  context: IssueContext,
): Promise<Answer> {
  const subjects: AnswerSubject[] = [];
  for (const exchange of known) {
    const isErased = exchange.code === null && exchange.answer.length === 0;
    subjects.push(isErased ? await issueErased(file, exchange, records, context) : exchange);
  }
  return answerOf(subjects);
}

async function issueErased(
  file: DeviceFile,
  { licenseId, deviceId, activationId }: ExchangeRecord,
  records: ExchangeRecords,
  { nowS, issuer }: IssueContext,
): Promise<AnswerSubject> {
  const before = activationId && (await records.findActivation(activationId));
  const license = await records.findLicense(licenseId);
  const device = await records.findDevice(deviceId);
  if (!before || license === null || device === null) throw new TypeError('a grant without its activation');
  const activation = withNextFile(before, nowS);
  await records.saveActivation(activation);
  const clockCorrection = needsClockCorrection(file, nowS);
  const { requestId } = file.claims;
  const source = await prepareSource({ license, device, activation }, { records, nowS });
  return issueLicense(source, { nowS, requestId, clockCorrection }, issuer);
}
