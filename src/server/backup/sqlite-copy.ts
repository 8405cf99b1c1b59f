import { closeSync, copyFileSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * Copies a database as it stands at one moment, and looks through the copy. Whoever writes meanwhile is not held up.
 *
 * @throws TypeError - the copy is damaged, as the database then is.
 */
export function copySqlite(path: string, copy: string): void {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.prepare('vacuum into ?').run(copy);
  } finally {
    database.close();
  }
  checkSqlite(copy);
  sync(copy);
}

/** Puts a copy in its place: there is the whole file under this name, or none. */
export function placeSqlite(copy: string, path: string): void {
  const unfinished = `${path}.unfinished`;
  copyFileSync(copy, unfinished);
  checkSqlite(unfinished);
  sync(unfinished);
  renameSync(unfinished, path);
}

function checkSqlite(path: string): void {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = database.prepare('pragma integrity_check').all();
    const isSound = rows.length === 1 && rows[0]?.integrity_check === 'ok';
    if (!isSound) throw new TypeError(`${path} is damaged`);
  } finally {
    database.close();
  }
}

/** SQLite leaves what `vacuum into` has written to the operating system. */
function sync(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
