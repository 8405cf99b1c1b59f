import { LatchkeyError } from '../../errors.ts';
import { type NamedFile, writeBeside } from './write-whole.ts';

/** Nobody closes a dialog as fast as this: none was shown. */
const NOBODY_MS = 120;

/** Whether this browser lets a page write into a folder that the person chooses. */
export function canChooseFolder(): boolean {
  return typeof Reflect.get(window, 'showDirectoryPicker') === 'function';
}

/**
 * Lets the person choose a folder; null when they choose none. Call it in the event of a button.
 *
 * @param purpose - The browser begins where it was for this purpose the last time.
 * @throws STICK_NOT_ALLOWED - where the browser has no such dialog, or a policy forbids it.
 */
export async function chooseFolder(purpose: string): Promise<FileSystemDirectoryHandle | null> {
  const pick: unknown = Reflect.get(window, 'showDirectoryPicker');
  if (typeof pick !== 'function') throw notAllowed('the browser has no dialog for folders');
  const startMs = performance.now();
  try {
    const folder: unknown = await pick.call(window, { id: purpose, mode: 'readwrite' });
    return folder instanceof FileSystemDirectoryHandle ? folder : null;
  } catch (cause) {
    const isClosed = cause instanceof DOMException && cause.name === 'AbortError';
    if (isClosed && performance.now() - startMs > NOBODY_MS) return null;
    throw notAllowed('no dialog for folders was shown', cause);
  }
}

/** Whether the page may write into a folder: now, after a question that needs a press of a button, or not at all. */
export async function permissionFor(folder: FileSystemDirectoryHandle): Promise<PermissionState> {
  return permission(folder, 'queryPermission');
}

/** Asks the person for a folder that was chosen before. Call it in the event of a button. */
export async function askForFolder(folder: FileSystemDirectoryHandle): Promise<PermissionState> {
  return permission(folder, 'requestPermission');
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
      await writeBeside(folder, file);
    } catch {
      return saved;
    }
    saved += 1;
  }
  return saved;
}

/** TypeScript's library has neither method; a browser without them asks when the folder is used. */
async function permission(
  folder: FileSystemDirectoryHandle,
  method: 'queryPermission' | 'requestPermission',
): Promise<PermissionState> {
  const ask: unknown = Reflect.get(folder, method);
  if (typeof ask !== 'function') return 'granted';
  try {
    const state: unknown = await ask.call(folder, { mode: 'readwrite' });
    return state === 'granted' || state === 'prompt' ? state : 'denied';
  } catch {
    return 'denied';
  }
}

function notAllowed(message: string, cause?: unknown): LatchkeyError {
  return new LatchkeyError('STICK_NOT_ALLOWED', message, { cause });
}
