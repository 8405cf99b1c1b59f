import type { Bytes } from '../bytes/bytes.ts';
import { MAX_FILE_BYTES, readCarrier } from '../bytes/carrier.ts';
import { sha256 } from '../crypto/hash.ts';
import { type ErrorCode, FILE_ERROR_CODES, type FileErrorCode, LatchkeyError } from '../errors.ts';
import type { NamedCredentials } from '../format/batch/named-credentials.ts';
import { encodeContainer } from '../format/container.ts';
import type { DeviceKind } from '../format/kinds.ts';
import { type Answer, refuseFile, refuseUntraced } from './answer/answer.ts';
import { answerDeactivation, answerReport } from './answer/answer-account.ts';
import { answerAgain } from './answer/answer-erased.ts';
import { answerRequest } from './answer/answer-request.ts';
import { withNamed } from './decide/credentials.ts';
import { decideNamedRepeat, decideRepeat } from './decide/repeat.ts';
import type { DeviceFile } from './open-device-file.ts';
import { contextOf, type IssueContext, type Portal } from './portal.ts';
import type { ExchangeRecords } from './repository.ts';
import { allTrustFiles, trustFilesSince } from './trust-bundle.ts';

/** What became of a file. */
export interface Exchanged {
  /** The container to hand out: the trust files that the device lacks, then licenses, or a receipt or refusal. */
  readonly container: Bytes;
  /** null when the file could not be opened. */
  readonly kind: DeviceKind | null;
  /** The code of the refusal; null for a license or receipt. */
  readonly code: ErrorCode | null;
  /** It was answered before, and got the same answer, or what stands now for one that was erased. */
  readonly isRepeated: boolean;
}

/**
 * Answers one device file. Whatever the file is, there is a signed answer, and it is handed out only once what was
 * decided is durable. The same file gets the same answer, however often and by whatever way it comes.
 *
 * Does not limit how often it is called.
 *
 * @param input - One file in any carrier, at most 64 KiB.
 * @param named - Key or user that its carrier names for it, if it is an activation request.
 * @throws whatever the repository throws, or opening that fails for no fault of the file; nothing was decided then.
 * @see FORMAT.md#exchange
 */
export async function exchange(
  input: Bytes,
  portal: Portal,
  named: NamedCredentials | null = null,
): Promise<Exchanged> {
  const opened = await open(input, portal, named);
  if ('container' in opened) return opened;
  const { file } = opened;
  const { answer, isRepeated } = await portal.repository.transact(records =>
    answerOnce(opened, records, contextOf(portal)),
  );
  const container = encodeContainer([...trustFilesSince(portal.trust(), file.claims), ...answer.files]);
  return { container, kind: file.kind, code: answer.code, isRepeated };
}

interface Received {
  readonly file: DeviceFile;
  /** In its binary form, still sealed. */
  readonly received: Bytes;
  /** Its carrier named key or user. */
  readonly isNamed: boolean;
}

/** The file opened, or the refusal of one that does not open. */
async function open(
  input: Bytes,
  portal: Portal,
  named: NamedCredentials | null,
): Promise<Received | Exchanged> {
  let binary = input;
  try {
    if (input.length > MAX_FILE_BYTES) {
      throw new LatchkeyError('FILE_TOO_LARGE', `expected at most ${MAX_FILE_BYTES} bytes`);
    }
    binary = readCarrier(input);
    const file = await portal.open(binary);
    if (named === null || file.kind !== 'activation-request')
      return { file, received: binary, isNamed: false };
    return {
      file: { ...file, claims: withNamed(file.claims, named) },
      received: binary,
      isNamed: true,
    };
  } catch (error) {
    const code = faultOf(error);
    if (code === null) throw error;
    const refusal = await refuseFile(sha256(binary), { code }, contextOf(portal));
    const container = encodeContainer([...allTrustFiles(portal.trust()), refusal]);
    return { container, kind: null, code, isRepeated: false };
  }
}

/** What is wrong with the file; null for a fault of the portal, which no refusal may lay on the file. */
function faultOf(error: unknown): FileErrorCode | null {
  if (!(error instanceof LatchkeyError)) return null;
  return FILE_ERROR_CODES.find(code => code === error.code) ?? null;
}

/** @see FORMAT.md#deciding-an-activation-request */
async function answerOnce(
  { file, received, isNamed }: Received,
  records: ExchangeRecords,
  context: IssueContext,
): Promise<{ answer: Answer; isRepeated: boolean }> {
  // Step 1: what was decided before.
  const known = await records.findExchanges(file.deviceId, file.claims.requestId);
  const repeat = (isNamed ? decideNamedRepeat : decideRepeat)(known, file.digest, context.nowS);
  if (repeat === 'reused') {
    return {
      answer: await refuseUntraced(file, { refused: 'REQUEST_ID_REUSED' }, context),
      isRepeated: false,
    };
  }
  if (repeat === 'again') {
    return { answer: await answerAgain(file, known, records, context), isRepeated: true };
  }
  const answer = await answerDeviceFile(file, records, context);
  const receivedAtS = known[0]?.receivedAtS ?? context.nowS;
  // What is decided anew may be about other licenses than before; a guess is about none, and takes nothing away.
  const isGuess = isNamed && answer.about.length === 0;
  if (known.length > 0 && !isGuess) await records.removeExchanges(file.deviceId, file.claims.requestId);
  await remember({ file, received, answer, receivedAtS }, records, context);
  return { answer, isRepeated: false };
}

function answerDeviceFile(
  file: DeviceFile,
  records: ExchangeRecords,
  context: IssueContext,
): Promise<Answer> {
  switch (file.kind) {
    case 'activation-request':
      return answerRequest(file, records, context);
    case 'usage-report':
      return answerReport(file, records, context);
    case 'deactivation':
      return answerDeactivation(file, records, context);
  }
}

/** Files that name no license that there is leave no trace. */
async function remember(
  {
    file,
    received,
    answer,
    receivedAtS,
  }: Pick<Received, 'file' | 'received'> & { answer: Answer; receivedAtS: number },
  records: ExchangeRecords,
  { nowS }: IssueContext,
): Promise<void> {
  const { deviceId, kind, digest, claims } = file;
  const { requestId, deviceSequence } = claims;
  const forkSign = answer.forkSign ?? null;
  const sent = { deviceId, requestId, kind, digest, deviceSequence, received, forkSign };
  for (const subject of answer.about) {
    await records.saveExchange({ ...sent, ...subject, receivedAtS, decidedAtS: nowS });
  }
}
