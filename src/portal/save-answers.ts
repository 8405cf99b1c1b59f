import { equalBytes } from '../bytes/bytes.ts';
import { unusedFileName } from '../format/file-name.ts';
import { saveFile } from '../ui/files/save-file.ts';
import type { AnswerFile } from './answer-files.ts';

/** Browsers drop downloads that come at once. */
const downloadGapMs = 200;

/** Whether this browser lets a page write into a folder that the person chooses. */
export function canSaveToFolder(): boolean {
  return typeof Reflect.get(window, 'showDirectoryPicker') === 'function';
}

/** Lets the person choose a folder; null when they choose none. */
export async function chooseFolder(): Promise<FileSystemDirectoryHandle | null> {
  const pick: unknown = Reflect.get(window, 'showDirectoryPicker');
  if (typeof pick !== 'function') return null;
  try {
    const folder: unknown = await pick.call(window, { id: 'answers', mode: 'readwrite' });
    return folder instanceof FileSystemDirectoryHandle ? folder : null;
  } catch {
    return null;
  }
}

/**
 * Writes answers into a folder and returns how many are there. Another file of the same name is left alone and the
 * answer gets a number; the same answer is not written twice. Stops at the first that cannot be written.
 */
export async function saveToFolder(
  folder: FileSystemDirectoryHandle,
  files: Iterable<AnswerFile>,
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

/** Saves answers through the browser's downloads, one after the other. */
export async function downloadAll(files: Iterable<AnswerFile>): Promise<number> {
  let started = 0;
  for (const { name, bytes } of files) {
    if (started > 0) await new Promise(resolve => setTimeout(resolve, downloadGapMs));
    saveFile(name, bytes);
    started += 1;
  }
  return started;
}

async function saveOne(folder: FileSystemDirectoryHandle, { name, bytes }: AnswerFile): Promise<void> {
  const taken = new Set<string>();
  for (;;) {
    const free = unusedFileName(name, taken);
    const handle = await folder.getFileHandle(free, { create: true });
    const present = await handle.getFile();
    if (present.size === bytes.length && equalBytes(new Uint8Array(await present.arrayBuffer()), bytes))
      return;
    if (present.size > 0) {
      taken.add(free);
      continue;
    }
    const writable = await handle.createWritable();
    await writable.write(bytes);
    await writable.close();
    return;
  }
}
