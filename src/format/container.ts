import { type Bytes, concatBytes, startsWith } from '../bytes/bytes.ts';
import { FILE_PREFIX, isContainer, MAX_CONTAINER_BYTES, MAX_FILE_BYTES } from '../bytes/carrier.ts';
import { type ErrorData, LatchkeyError } from '../errors.ts';

const byteStringType = 2;
const arrayType = 4;

/**
 * Puts whole files into one container, in this order.
 *
 * @see FORMAT.md#container
 */
export function encodeContainer(files: readonly Bytes[]): Bytes {
  if (files.length === 0) throw new RangeError('a container holds at least one file');
  const items = files.flatMap(file => [encodeHead(byteStringType, file.length), file]);
  return concatBytes(FILE_PREFIX, encodeHead(arrayType, files.length), ...items);
}

/**
 * Takes the files out of a container: views of its bytes, not copies. A container vouches for nothing; each file is
 * checked by whoever reads it.
 *
 * @throws {@link LatchkeyError} FILE_NOT_LATCHKEY - no container, or a container in a container.
 * @throws {@link LatchkeyError} FILE_EMPTY - no file in it.
 * @throws {@link LatchkeyError} FILE_TOO_LARGE - past 64 MiB, or a file past 64 KiB.
 * @throws {@link LatchkeyError} FILE_CUT_SHORT, TRAILING_BYTES, CBOR_NOT_DETERMINISTIC, CBOR_MALFORMED
 * @see FORMAT.md#reading-a-container
 */
export function decodeContainer(container: Bytes): Bytes[] {
  if (container.length > MAX_CONTAINER_BYTES) throw tooLarge('container', MAX_CONTAINER_BYTES);
  if (!startsWith(container, FILE_PREFIX) || !isContainer(container)) {
    throw new LatchkeyError('FILE_NOT_LATCHKEY', 'expected a container');
  }
  const { argument: count, end } = readHead(container, FILE_PREFIX.length, arrayType);
  if (count === 0) throw new LatchkeyError('FILE_EMPTY', 'no file in the container');
  const files: Bytes[] = [];
  let offset = end;
  for (let index = 0; index < count; index += 1) {
    const file = readFile(container, offset, index === count - 1);
    files.push(file);
    offset = file.byteOffset - container.byteOffset + file.length;
  }
  if (offset < container.length) {
    throw new LatchkeyError('TRAILING_BYTES', `${container.length - offset} bytes after the last file`);
  }
  return files;
}

/** The end of the last file is the end of the container: where that is cut, its length is known. */
function readFile(container: Bytes, offset: number, isLast: boolean): Bytes {
  const { argument: length, end } = readHead(container, offset, byteStringType);
  if (length > MAX_FILE_BYTES) throw tooLarge('file', MAX_FILE_BYTES);
  if (end + length > container.length) {
    throw cutShort(isLast ? { bytes: container.length, expectedBytes: end + length } : {});
  }
  const file = container.subarray(end, end + length);
  if (!startsWith(file, FILE_PREFIX) || isContainer(file)) {
    throw new LatchkeyError('FILE_NOT_LATCHKEY', 'expected a file in the container');
  }
  return file;
}

function tooLarge(what: string, maxBytes: number): LatchkeyError {
  return new LatchkeyError('FILE_TOO_LARGE', `${what}: expected at most ${maxBytes} bytes`, {
    data: { maxBytes },
  });
}

function cutShort(data: ErrorData = {}): LatchkeyError {
  return new LatchkeyError('FILE_CUT_SHORT', 'the container ends too early', { data });
}

interface Head {
  readonly argument: number;
  readonly end: number;
}

/** Reads a CBOR head of this major type: definite, in the shortest form. */
function readHead(bytes: Bytes, offset: number, major: number): Head {
  const initial = bytes[offset];
  if (initial === undefined) throw cutShort();
  if (initial >> 5 !== major) throw new LatchkeyError('CBOR_MALFORMED', `expected CBOR major type ${major}`);
  const info = initial & 31;
  if (info < 24) return { argument: info, end: offset + 1 };
  if (info === 31) throw new LatchkeyError('CBOR_NOT_DETERMINISTIC', 'an indefinite length');
  if (info > 27) throw new LatchkeyError('CBOR_MALFORMED', `a reserved length form ${info}`);
  const size = 2 ** (info - 24);
  const end = offset + 1 + size;
  if (end > bytes.length) throw cutShort();
  const argument = bytes.subarray(offset + 1, end).reduce((sum, byte) => sum * 256 + byte, 0);
  const smallest = size === 1 ? 24 : 2 ** (4 * size);
  if (argument < smallest) throw new LatchkeyError('CBOR_NOT_DETERMINISTIC', 'a length in a longer form');
  return { argument, end };
}

function encodeHead(major: number, argument: number): Bytes {
  const initial = major << 5;
  if (argument < 24) return Uint8Array.of(initial | argument);
  if (argument < 0x100) return Uint8Array.of(initial | 24, argument);
  if (argument < 0x1_0000) return Uint8Array.of(initial | 25, argument >> 8, argument & 255);
  const head = new Uint8Array(5);
  head[0] = initial | 26;
  new DataView(head.buffer).setUint32(1, argument);
  return head;
}
