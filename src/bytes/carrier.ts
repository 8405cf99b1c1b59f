import { LatchkeyError } from '../errors.ts';
import { fromArmor, isArmored } from './armor.ts';
import { fromBase45, toBase45 } from './base45.ts';
import { type Bytes, startsWith } from './bytes.ts';
import { FRAME_PREFIX, FrameReader, MAX_FILE_BYTES } from './fountain.ts';

export { toArmor } from './armor.ts';
export { MAX_FILE_BYTES } from './fountain.ts';

/** Tag 55799, self-described CBOR: every file begins with it. */
export const FILE_PREFIX: Bytes = Uint8Array.of(0xd9, 0xd9, 0xf7);
/** The most that a container may hold. */
export const MAX_CONTAINER_BYTES = 64 * 1024 * 1024;

/** The most that text armor or QR text may hold: text is for mail and cameras, not for a stick's worth. */
const MAX_TEXT_BYTES = 1024 * 1024;
const QR_PREFIX = 'LK1:';
const MAJOR_ARRAY = 4;

/**
 * Writes a file as the text of a QR code: `LK1:` and Base45.
 *
 * @see FORMAT.md#qr-text
 */
export function toQrText(file: Bytes): string {
  return QR_PREFIX + toBase45(file);
}

/**
 * Reads a file or container from any carrier: binary, text armor, QR text or frames, in UTF-8 or UTF-16, without being told
 * which. Does not check anything inside but the prefix.
 *
 * @returns The binary file, at most 64 KiB, or container, at most 64 MiB.
 * @throws {@link LatchkeyError} FILE_EMPTY - when there is nothing but white space.
 * @throws {@link LatchkeyError} FILE_TOO_LARGE - when the file, container or text (1 MiB) is too long.
 * @throws {@link LatchkeyError} FILE_CUT_SHORT - when it ends within the prefix, or frames are missing.
 * @throws {@link LatchkeyError} FILE_NOT_LATCHKEY - when it is something else.
 * @throws {@link LatchkeyError} TEXT_CUT_SHORT - when armor ends before its checksum.
 * @throws {@link LatchkeyError} CARRIER_DAMAGED - when armor, QR text or a frame has wrong characters or checksum.
 * @see FORMAT.md#carriers
 */
export function readCarrier(input: Bytes): Bytes {
  if (input.length === 0) throw new LatchkeyError('FILE_EMPTY', 'no bytes');
  if (input.length < FILE_PREFIX.length && startsWith(FILE_PREFIX, input)) {
    throw new LatchkeyError('FILE_CUT_SHORT', 'the file ends within its prefix');
  }
  const file = startsWith(input, FILE_PREFIX) ? input : readText(input);
  if (!startsWith(file, FILE_PREFIX)) throw notLatchkey();
  assertLength(file, isContainer(file) ? MAX_CONTAINER_BYTES : MAX_FILE_BYTES);
  return file;
}

/** Whether a file is a container: an array where a single file has a COSE message. Looks at one byte. */
export function isContainer(file: Bytes): boolean {
  return (file[FILE_PREFIX.length] ?? 0) >> 5 === MAJOR_ARRAY;
}

function readText(input: Bytes): Bytes {
  const text = decodeText(input.subarray(0, MAX_TEXT_BYTES));
  if (isArmored(text)) {
    assertLength(input, MAX_TEXT_BYTES);
    return fromArmor(text);
  }
  if (text.trimStart().startsWith(FRAME_PREFIX)) return readFrames(text, input);
  // A space is a character of Base45; a line break is where a mail program wrapped the line.
  const line = text.replaceAll(/^\s+|[\t\r\n]/g, '');
  if (line === '') throw new LatchkeyError('FILE_EMPTY', 'nothing but white space');
  if (!line.startsWith(QR_PREFIX)) throw notLatchkey();
  assertLength(input, MAX_TEXT_BYTES);
  return fromBase45(line.slice(QR_PREFIX.length));
}

/** Frames as a reader of QR codes may note them down, a line for each. */
function readFrames(text: string, input: Bytes): Bytes {
  assertLength(input, MAX_TEXT_BYTES);
  const reader = new FrameReader();
  const progress = text
    .split(/[\r\n]+/)
    .filter(line => line.trim() !== '')
    .map(line => reader.add(line.trimStart()))
    .at(-1);
  if (progress?.file) return progress.file;
  const { known = 0, blocks = 1 } = progress ?? {};
  throw new LatchkeyError('FILE_CUT_SHORT', `expected ${blocks} frames, got ${known}`);
}

/**
 * Some editors save pasted text as UTF-16 with a byte order mark. As a stream, because a text that is too long is cut
 * anywhere, within a character too.
 */
function decodeText(input: Bytes): string {
  const encoding = ENCODING_OF_MARK.find(({ mark }) => startsWith(input, mark))?.encoding ?? 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(input, { stream: true });
  } catch (cause) {
    throw new LatchkeyError('FILE_NOT_LATCHKEY', 'neither a known prefix nor text', { cause });
  }
}

const ENCODING_OF_MARK = [
  { mark: Uint8Array.of(0xff, 0xfe), encoding: 'utf-16le' },
  { mark: Uint8Array.of(0xfe, 0xff), encoding: 'utf-16be' },
];

function assertLength(bytes: Bytes, maxBytes: number): void {
  if (bytes.length <= maxBytes) return;
  throw new LatchkeyError('FILE_TOO_LARGE', `expected at most ${maxBytes} bytes, got ${bytes.length}`);
}

function notLatchkey(): LatchkeyError {
  return new LatchkeyError('FILE_NOT_LATCHKEY', 'expected the prefix d9d9f7, text armor or QR text');
}
