import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hasDatabase } from '../db/database.ts';
import { isPostgres, type Places } from '../db/place.ts';
import { takeStartLock } from '../db/start-lock.ts';
import { type Manifest, readBackup } from './manifest.ts';
import { DUMP, restorePostgres } from './postgres-programs.ts';
import { placeSqlite } from './sqlite-copy.ts';

/**
 * Puts a backup where no records are yet. The server is started afterwards, with the master key of the one that the
 * backup is of; it brings an older backup up to date by itself.
 *
 * @throws TypeError - the folder is no whole backup, it is of the other kind of database, or records are there.
 * @throws LatchkeyError SERVER_FAILED - a server runs there.
 */
export async function restore(
  { places, dataFolder }: { readonly places: Places; readonly dataFolder: string },
  folder: string,
): Promise<Manifest> {
  const manifest = await readBackup(folder);
  const { portal, accounts } = places;
  const isHere = isPostgres(portal) ? 'postgresql' : 'sqlite';
  if (manifest.database !== isHere) {
    throw new TypeError(`the backup is of ${manifest.database}, and the records would go to ${isHere}`);
  }
  const lock = await takeStartLock(portal, dataFolder);
  try {
    if ((await hasDatabase(portal)) || (isHere === 'sqlite' && [portal, accounts].some(isTaken))) {
      throw new TypeError('records are there already: restore to an empty place');
    }
    if (isHere === 'postgresql') await restorePostgres(portal, join(folder, DUMP));
    // The records come last: with them the place is taken.
    else for (const path of [accounts, portal]) placeSqlite(join(folder, basename(path)), path);
  } finally {
    await lock.release();
  }
  return manifest;
}

/** A log that is left of a database would be played into the restored one. */
function isTaken(path: string): boolean {
  return [path, `${path}-wal`, `${path}-shm`].some(each => existsSync(each));
}
