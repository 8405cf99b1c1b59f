import { type UnzipFileInfo, unzipSync } from 'fflate';
import type { Bytes } from '../../bytes/bytes.ts';
import { MAX_CONTAINER_BYTES, MAX_FILE_BYTES } from '../../bytes/carrier.ts';
import { LatchkeyError } from '../../errors.ts';
import { MAX_BATCH_FILES } from '../../format/batch/batch-files.ts';

/** A file in a zip, or why it was not unpacked. */
export interface ZipEntry {
  /** Its own name, without folders. */
  name: string;
  /** null: larger than any file of a device. */
  bytes: Bytes | null;
}

const END_OF_ZIP = 0x06054b50;
const CENTRAL_ENTRY = 0x02014b50;
const END_LENGTH = 22;
const MAX_COMMENT = 0xffff;

const STORED = 0;
/** What a file that does not compress may grow by. */
const MAX_GROWTH_BYTES = 1024;

/** Whether bytes begin as a zip does, also an empty one. */
export function isZip(bytes: Bytes): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * Unpacks a zip, and nothing that no device makes: what is larger is named and not unpacked, what systems leave beside
 * files is passed over. What the zip says of its sizes is believed only as the most that is unpacked.
 *
 * @param zip - At most 64 MiB.
 * @throws {@link LatchkeyError} ZIP_ENCRYPTED, ZIP_PATH_REFUSED, ZIP_TOO_LARGE, ZIP_UNREADABLE, TOO_MANY_FILES
 */
export function zipEntries(zip: Bytes): ZipEntry[] {
  refuseEncrypted(zip);
  const tooLarge: ZipEntry[] = [];
  const demand = sizesOf(zip);
  const names = new Set<string>();
  let seen = 0;
  const filter = (file: UnzipFileInfo): boolean => {
    const { name, originalSize } = file;
    seen += 1;
    if (seen > MAX_BATCH_FILES) throw tooMany();
    refusePath(name);
    if (name.endsWith('/') || isOfSystem(name)) return false;
    // fflate keeps one entry of a name, and loses what is named as the prototype of its record.
    if (names.has(name) || name === '__proto__') throw unreadable('two entries of one name');
    names.add(name);
    if (originalSize > MAX_FILE_BYTES) {
      tooLarge.push({ name: ownName(name), bytes: null });
      return false;
    }
    demand(file);
    return true;
  };
  const entries = Object.entries(unzip(zip, filter));
  return [
    ...entries.map(([name, bytes]) => ({ name: ownName(name), bytes: new Uint8Array(bytes) })),
    ...tooLarge,
  ];
}

function unzip(zip: Bytes, filter: (file: UnzipFileInfo) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(zip, { filter });
  } catch (cause) {
    if (cause instanceof LatchkeyError) throw cause;
    throw unreadable('no zip, or one of another sort', cause);
  }
}

/**
 * Demands of one entry after the other that it takes no more than a file may, and of all together no more than there is:
 * fflate copies a stored entry by its packed length, whatever the other one says, and entries may lie on one another.
 */
function sizesOf(zip: Bytes): (file: UnzipFileInfo) => void {
  let packed = 0;
  let total = 0;
  return ({ size, originalSize, compression }) => {
    packed += size;
    total += originalSize;
    if (total > MAX_CONTAINER_BYTES) throw new LatchkeyError('ZIP_TOO_LARGE', 'more than 64 MiB in it');
    if (size > MAX_FILE_BYTES + MAX_GROWTH_BYTES || packed > zip.length)
      throw unreadable('it states wrong lengths');
    if (compression === STORED && size !== originalSize) throw unreadable('it states two lengths');
  };
}

function refusePath(name: string): void {
  const parts = name.split(/[/\\]/);
  if (parts.includes('..') || /^([/\\]|[a-z]:)/i.test(name) || name.includes('\0')) {
    throw new LatchkeyError('ZIP_PATH_REFUSED', 'a name that leads out of the zip');
  }
}

function isOfSystem(name: string): boolean {
  return name.startsWith('__MACOSX/') || /^(\.|desktop\.ini$|thumbs\.db$)/i.test(ownName(name));
}

function ownName(name: string): string {
  return name.split(/[/\\]/).at(-1) ?? name;
}

/** fflate takes an encrypted entry for a damaged one. All entries of such a zip say so; the first is enough. */
function refuseEncrypted(zip: Bytes): void {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const last = Math.max(0, zip.length - END_LENGTH - MAX_COMMENT);
  for (let at = zip.length - END_LENGTH; at >= last; at -= 1) {
    if (view.getUint32(at, true) !== END_OF_ZIP) continue;
    const first = view.getUint32(at + 16, true);
    if (first + 10 > zip.length || view.getUint32(first, true) !== CENTRAL_ENTRY) return;
    if ((view.getUint16(first + 8, true) & 1) === 1) {
      throw new LatchkeyError('ZIP_ENCRYPTED', 'protected by a password');
    }
    return;
  }
}

function unreadable(message: string, cause?: unknown): LatchkeyError {
  return new LatchkeyError('ZIP_UNREADABLE', message, { cause });
}

function tooMany(): LatchkeyError {
  const data = { maxFiles: MAX_BATCH_FILES };
  return new LatchkeyError('TOO_MANY_FILES', `expected at most ${MAX_BATCH_FILES} files`, { data });
}
