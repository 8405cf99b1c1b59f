import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hasDatabase } from '../db/database.ts';
import { isPostgres, type Places } from '../db/place.ts';
import { describeFile, MANIFEST, type Manifest } from './manifest.ts';
import { DUMP, dumpPostgres } from './postgres-programs.ts';
import { copySqlite } from './sqlite-copy.ts';

/**
 * Copies records and accounts into a new folder while the server goes on: each database as it stood at one moment. The
 * master key is not copied, so that nobody reads a secret from a backup alone. The folder gets its name when all is in it.
 *
 * @throws TypeError - there is nothing to copy, the folder is there already, or PostgreSQL's programs are not.
 */
export async function backup(places: Places, folder: string, nowMs: number): Promise<Manifest> {
  if (!(await hasDatabase(places.portal))) {
    throw new TypeError('no records: start the server once, or give --data or DATABASE_URL');
  }
  if (existsSync(folder)) throw new TypeError(`${folder} is there already: name a new folder`);
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  try {
    const names = await copyDatabases(places, unfinished);
    const files = await Promise.all(names.map(name => describeFile(unfinished, name)));
    const manifest: Manifest = {
      format: 'latchkey-backup',
      version: 1,
      database: isPostgres(places.portal) ? 'postgresql' : 'sqlite',
      madeAt: new Date(nowMs).toISOString(),
      files,
    };
    writeFileSync(join(unfinished, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
    renameSync(unfinished, folder);
    return manifest;
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** Names of the files that were made. */
async function copyDatabases({ portal, accounts }: Places, folder: string): Promise<string[]> {
  if (isPostgres(portal)) {
    await dumpPostgres(portal, join(folder, DUMP));
    return [DUMP];
  }
  for (const path of [portal, accounts]) copySqlite(path, join(folder, basename(path)));
  return [basename(portal), basename(accounts)];
}
