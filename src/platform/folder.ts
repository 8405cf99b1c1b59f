import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { unusedFileName } from '../format/file-name.ts';

/** A file to save, with the name that people see. */
export interface NamedFile {
  name: string;
  bytes: Bytes;
}

/** Whether this browser lets a page write into a folder that the person chooses. */
export function canSaveToFolder(): boolean {
  return typeof Reflect.get(window, 'showDirectoryPicker') === 'function';
}

/**
 * Lets the person choose a folder; null when they choose none. Call it in the event of a button.
 *
 * @param purpose - The browser begins where it was for this purpose the last time.
 */
export async function chooseFolder(purpose: string): Promise<FileSystemDirectoryHandle | null> {
  const pick: unknown = Reflect.get(window, 'showDirectoryPicker');
  if (typeof pick !== 'function') return null;
  try {
    const folder: unknown = await pick.call(window, { id: purpose, mode: 'readwrite' });
    return folder instanceof FileSystemDirectoryHandle ? folder : null;
  } catch {
    return null;
  }
}

/** The folder of this name in another, or that one itself when it is called so; null when it cannot be made. */
export async function folderIn(
  parent: FileSystemDirectoryHandle,
  name: string,
): Promise<FileSystemDirectoryHandle | null> {
  if (parent.name === name) return parent;
  try {
    return await parent.getDirectoryHandle(name, { create: true });
  } catch {
    return null;
  }
}

/**
 * Writes files into a folder and returns how many are there. Each is written whole or not at all, and read back.
 * Another file of the same name is left alone and the new one gets a number; the same file is not written twice. Stops
 * at the first that cannot be written.
 */
export async function saveToFolder(
  folder: FileSystemDirectoryHandle,
  files: Iterable<NamedFile>,
): Promise<number> {
  let saved = 0;
  for (const file of files) {
    try {
      await saveOne(folder, file);
    } catch {
      return saved;
    }
    saved += 1;
  }
  return saved;
}

async function saveOne(folder: FileSystemDirectoryHandle, { name, bytes }: NamedFile): Promise<void> {
  const taken = new Set<string>();
  for (;;) {
    const free = unusedFileName(name, taken);
    const handle = await folder.getFileHandle(free, { create: true });
    const present = await contentOf(handle);
    if (equalBytes(present, bytes)) return;
    if (present.length === 0) return writeWhole(folder, handle, bytes);
    taken.add(free);
  }
}

/** The browser writes beside the file and puts that in its place when it is closed. */
async function writeWhole(
  folder: FileSystemDirectoryHandle,
  handle: FileSystemFileHandle,
  bytes: Bytes,
): Promise<void> {
  try {
    await write(handle, bytes);
    if (!equalBytes(await contentOf(handle), bytes)) throw new Error('expected to read what was written');
  } catch (error) {
    await folder.removeEntry(handle.name).catch(() => {});
    throw error;
  }
}

async function write(handle: FileSystemFileHandle, bytes: Bytes): Promise<void> {
  const writable = await handle.createWritable();
  try {
    await writable.write(bytes);
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => {});
    throw error;
  }
}

async function contentOf(handle: FileSystemFileHandle): Promise<Bytes> {
  return new Uint8Array(await (await handle.getFile()).arrayBuffer());
}
