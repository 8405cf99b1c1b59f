import { type IDBPDatabase, openDB } from 'idb';

const DATABASE = 'latchkey-stick';
const STORE = 'folders';

/** The folder that was chosen the last time; null when there is none, or this browser keeps none. Never throws. */
export async function rememberedFolder(): Promise<FileSystemDirectoryHandle | null> {
  const folder: unknown = await inStore(database => database.get(STORE, 0));
  return typeof FileSystemDirectoryHandle === 'function' && folder instanceof FileSystemDirectoryHandle
    ? folder
    : null;
}

/** Remembers a folder for all pages of this origin, across restarts. The browser asks again before it is used. Never throws. */
export async function rememberFolder(folder: FileSystemDirectoryHandle): Promise<void> {
  await inStore(database => database.put(STORE, folder, 0));
}

/** Forgets it. Never throws. */
export async function forgetFolder(): Promise<void> {
  await inStore(database => database.delete(STORE, 0));
}

/** A database of its own: what is in it may be lost, and is chosen again. */
async function inStore(act: (database: IDBPDatabase) => Promise<unknown>): Promise<unknown> {
  let database: IDBPDatabase | null = null;
  try {
    database = await openDB(DATABASE, 1, { upgrade: fresh => void fresh.createObjectStore(STORE) });
    return await act(database);
  } catch {
    return null;
  } finally {
    database?.close();
  }
}
