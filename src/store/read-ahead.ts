import { type Contents, readContents } from './contents.ts';
import { Store } from './store.ts';

/** A database, and what it holds as soon as that has been read. */
export interface OpenedStore {
  readonly store: Store;
  readonly contents: Promise<Contents>;
}

const ahead = new Map<string, OpenedStore>();

/** Begins to read a device's database while what verifies it is still on its way. */
export function readAhead(database: string): void {
  const opened = openStore(database);
  // Whoever opens the device tells the failure.
  opened.contents.catch(() => undefined);
  ahead.set(database, opened);
}

/** Opens a device's database; what was read ahead serves once. */
export function openStore(database: string): OpenedStore {
  const opened = ahead.get(database);
  ahead.delete(database);
  if (opened) return opened;
  const store = new Store(database);
  return { store, contents: readContents(store) };
}
