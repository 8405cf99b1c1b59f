import type { Bytes } from '../../bytes/bytes.ts';
import { type ErrorCode, type ErrorData, LatchkeyError } from '../../errors.ts';
import { isSystemFile, isUnfinished, MAX_STICK_FILES } from './layout.ts';

/** A file on a stick, read whole, or why it was not read. Nothing of it is verified. */
export type StickFile =
  | { name: string; size: number; bytes: Bytes }
  | { name: string; size: number; bytes: null; code: ErrorCode; data: ErrorData };

/** The files of one folder, in the order of their names: their count is known before the first is read. */
export interface StickListing extends AsyncIterable<StickFile> {
  readonly names: readonly string[];
}

/**
 * Lists a folder's files and reads them one after the other as they are asked for. Folders in it, and what systems
 * leave beside files, are passed over.
 *
 * A file that is empty or unfinished (as a pulled stick leaves it), too large or not readable comes with a code in the
 * place of its bytes. Whether bytes are a whole file is for their reader: every file states its length.
 *
 * @param maxBytesOf - How many bytes a file of this name may have. A larger one is named, and not read.
 * @param wants - Other names are passed over, and do not count.
 * @throws STICK_TOO_MANY_FILES - before anything is read; and what the browser throws.
 */
export async function listFiles(
  folder: FileSystemDirectoryHandle,
  maxBytesOf: (name: string) => number,
  wants: (name: string) => boolean = () => true,
): Promise<StickListing> {
  const handles: FileSystemFileHandle[] = [];
  for await (const entry of folder.values()) {
    if (!(entry instanceof FileSystemFileHandle) || isSystemFile(entry.name) || !wants(entry.name)) continue;
    handles.push(entry);
    if (handles.length > MAX_STICK_FILES) throw tooMany(folder.name);
  }
  handles.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    names: handles.map(({ name }) => name),
    async *[Symbol.asyncIterator]() {
      for (const handle of handles) yield await read(folder, handle, maxBytesOf(handle.name));
    },
  };
}

/** The text of a file of at most so many bytes; null where there is no such file. */
export async function textOf(
  folder: FileSystemDirectoryHandle,
  name: string,
  maxBytes: number,
): Promise<string | null> {
  const file = await fileIn(folder, name);
  return file && file.size <= maxBytes ? file.text() : null;
}

/** A file by its name; null where there is none, or a folder of that name. */
export async function fileIn(folder: FileSystemDirectoryHandle, name: string): Promise<File | null> {
  try {
    return await (await folder.getFileHandle(name)).getFile();
  } catch (error) {
    if (error instanceof DOMException && missing.has(error.name)) return null;
    throw error;
  }
}

const missing: ReadonlySet<string> = new Set(['NotFoundError', 'TypeMismatchError']);

async function read(
  folder: FileSystemDirectoryHandle,
  handle: FileSystemFileHandle,
  maxBytes: number,
): Promise<StickFile> {
  const { name } = handle;
  try {
    const file = await handle.getFile();
    const { size } = file;
    if (size > maxBytes) return { name, size, bytes: null, code: 'FILE_TOO_LARGE', data: { maxBytes } };
    if (size === 0 || isUnfinished(name)) {
      return { name, size, bytes: null, code: 'FILE_CUT_SHORT', data: {} };
    }
    return { name, size, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch (error) {
    await assertThere(folder, error);
    return { name, size: 0, bytes: null, code: 'FILE_NOT_READ', data: {} };
  }
}

/** One file that cannot be read does not stop the others, unless none can. */
async function assertThere(folder: FileSystemDirectoryHandle, error: unknown): Promise<void> {
  if (error instanceof DOMException && error.name === 'NotAllowedError') throw error;
  await folder.values().next();
}

function tooMany(folder: string): LatchkeyError {
  const data = { folder, most: MAX_STICK_FILES };
  return new LatchkeyError('STICK_TOO_MANY_FILES', `more than ${MAX_STICK_FILES} files`, { data });
}
