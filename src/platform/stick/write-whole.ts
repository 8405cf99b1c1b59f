import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import { unusedFileName } from '../../format/file-name.ts';

/** A file to save, with the name that people see. */
export interface NamedFile {
  name: string;
  bytes: Bytes;
}

/**
 * Writes a file under a name that is free and returns the name: another file of the same name is left alone and the
 * new one gets a number; the same file is not written twice; what a pulled stick left empty is filled. Throws what the
 * browser throws, and leaves nothing of the file then, as far as the stick is still there.
 */
export async function writeBeside(
  folder: FileSystemDirectoryHandle,
  { name, bytes }: NamedFile,
): Promise<string> {
  const taken = new Set<string>();
  for (;;) {
    const free = unusedFileName(name, taken);
    const handle = await folder.getFileHandle(free, { create: true });
    const { size } = await handle.getFile();
    if (size === 0) {
      await fill(folder, handle, bytes);
      return free;
    }
    if (size === bytes.length && equalBytes(await contentOf(handle), bytes)) return free;
    taken.add(free);
  }
}

/** Writes a file in the place of what has this name, whole or not at all. */
export async function writeOver(
  folder: FileSystemDirectoryHandle,
  { name, bytes }: NamedFile,
): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true });
  await writeBack(handle, bytes);
}

/** The bytes of a file, all of them. */
export async function contentOf(handle: FileSystemFileHandle): Promise<Bytes> {
  return new Uint8Array(await (await handle.getFile()).arrayBuffer());
}

async function fill(
  folder: FileSystemDirectoryHandle,
  handle: FileSystemFileHandle,
  bytes: Bytes,
): Promise<void> {
  try {
    await writeBack(handle, bytes);
  } catch (error) {
    await takeAway(folder, handle.name);
    throw error;
  }
}

/** Chromium lets go of a file a moment after the writing was given up. What stays then is empty, and no file. */
async function takeAway(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    try {
      return await folder.removeEntry(name);
    } catch (error) {
      const isHeld = error instanceof DOMException && error.name === 'NoModificationAllowedError';
      if (!isHeld) return;
      await new Promise(resolve => setTimeout(resolve, 40));
    }
  }
}

async function writeBack(handle: FileSystemFileHandle, bytes: Bytes): Promise<void> {
  await write(handle, bytes);
  if (equalBytes(await contentOf(handle), bytes)) return;
  throw new LatchkeyError('STICK_FAILED', 'expected to read what was written');
}

/** The browser writes beside the file and puts that in its place when it is closed. */
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
