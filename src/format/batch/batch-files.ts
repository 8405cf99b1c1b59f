import type { Bytes } from '../../bytes/bytes.ts';
import { decodeEncrypt0 } from '../../cose/encrypt0.ts';
import { decodeFile } from '../../cose/file.ts';
import { LatchkeyError } from '../../errors.ts';
import { decodeContainer, encodeContainer } from '../container.ts';
import { type DeviceKind, isDeviceKind, kindOf } from '../kinds.ts';
import { isNamedCredentials } from './named-credentials.ts';

/** The most files that one batch may hold. */
export const MAX_BATCH_FILES = 10_000;

/** A device file of a batch, and what its carrier named. */
export interface BatchFile {
  readonly bytes: Bytes;
  /** An item as `encodeNamedCredentials` makes it; null: nobody named any. */
  readonly credentials: Bytes | null;
}

/** A file of a batch that came. */
export interface ReceivedFile extends BatchFile {
  /** Its place among the files of the container, from 0; credentials are not counted. */
  readonly index: number;
  /** As it says outside the seal; null: it says no such thing, and will not open. */
  readonly kind: DeviceKind | null;
}

/** Seats are freed before they are asked for, and what was counted is known before that. */
const order: Readonly<Record<DeviceKind, number>> = {
  deactivation: 0,
  'usage-report': 1,
  'activation-request': 2,
};

/** The place of a kind in the order in which a batch is decided: lower ones first. */
export function batchOrder(kind: DeviceKind | null): number {
  return kind === null ? 0 : order[kind];
}

/** Puts device files into the container of a batch, with what was named for them. */
export function encodeBatch(files: readonly BatchFile[]): Bytes {
  return encodeContainer(
    files.flatMap(({ bytes, credentials }) => (credentials ? [bytes, credentials] : [bytes])),
  );
}

/**
 * The files of a batch with what was named for each, in the order of the container. Opens nothing.
 *
 * @throws {@link LatchkeyError} as `decodeContainer` does
 * @throws {@link LatchkeyError} KIND_UNEXPECTED - credentials without a file before them.
 * @throws {@link LatchkeyError} TOO_MANY_FILES - past {@link MAX_BATCH_FILES}.
 * @see FORMAT.md#batch
 */
export function decodeBatch(container: Bytes): ReceivedFile[] {
  const files: ReceivedFile[] = [];
  for (const item of decodeContainer(container)) {
    if (isNamedCredentials(item)) files.push(withCredentials(files.pop(), item));
    else files.push({ index: files.length, bytes: item, credentials: null, kind: outerKind(item) });
    if (files.length > MAX_BATCH_FILES) throw tooMany();
  }
  return files;
}

function withCredentials(file: ReceivedFile | undefined, credentials: Bytes): ReceivedFile {
  if (file && file.credentials === null) return { ...file, credentials };
  throw new LatchkeyError('KIND_UNEXPECTED', 'expected a device file before these credentials');
}

/** A file that lies here is refused once it is open. */
function outerKind(file: Bytes): DeviceKind | null {
  try {
    const { type, content } = decodeFile(file);
    const kind = type === 'encrypt0' ? kindOf(decodeEncrypt0(content).typ) : null;
    return kind && isDeviceKind(kind) ? kind : null;
  } catch {
    return null;
  }
}

function tooMany(): LatchkeyError {
  const data = { maxFiles: MAX_BATCH_FILES };
  return new LatchkeyError('TOO_MANY_FILES', `expected at most ${MAX_BATCH_FILES} files`, { data });
}
