import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { suite, test } from 'node:test';
import { sql } from 'kysely';
import { openAccounts } from '../../../src/server/accounts/accounts.ts';
import { openDatabase } from '../../../src/server/db/database.ts';
import { dataFolder } from '../support/data-folder.ts';

/** Another process: takes the lock, says so, and lets it go a moment later. */
const holdLock = `
  const { DatabaseSync } = require('node:sqlite');
  const db = new DatabaseSync(process.argv[1]);
  db.exec("begin immediate; insert into setting values ('a', '1')");
  console.log('held');
  setTimeout(() => db.exec('commit'), 300);
`;

suite('openDatabase() of a file', () => {
  test('writes ahead, waits for the disk at each commit, and holds foreign keys', async t => {
    const { db, close } = await openDatabase(join(dataFolder(t), 'test.db'));
    t.after(close);
    const pragma = async (name: string) =>
      Object.values(
        (await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db)).rows[0] ?? {},
      )[0];
    assert.equal(await pragma('journal_mode'), 'wal');
    assert.equal(await pragma('synchronous'), 2, 'FULL');
    assert.equal(await pragma('foreign_keys'), 1);
    assert.equal(await pragma('busy_timeout'), 5000);
  });

  test('shows a commit to another process once transact() has resolved', async t => {
    const path = join(dataFolder(t), 'test.db');
    const { transact, close } = await openDatabase(path);
    t.after(close);
    const other = new DatabaseSync(path);
    t.after(() => other.close());
    await transact(db => db.insertInto('setting').values({ name: 'a', value: '1' }).execute());
    assert.equal(other.prepare('select count(*) as n from setting').get()?.n, 1);
  });

  test('waits for another process that holds the lock for a moment', async t => {
    const path = join(dataFolder(t), 'test.db');
    const { transact, close } = await openDatabase(path);
    t.after(close);
    const holder = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '-e', holdLock, path]);
    await once(holder.stdout, 'data');
    const [{ rows }] = await Promise.all([
      transact(db => sql`insert into setting (name, value) values ('b', '2') returning name`.execute(db)),
      once(holder, 'exit'),
    ]);
    assert.equal(rows.length, 1);
  });

  test('refuses a file that is no database', async t => {
    await assert.rejects(openDatabase(dataFolder(t)), /SERVER_FAILED/);
  });
});

test('openAccounts() keeps its file for the owner of the process alone', async t => {
  const place = join(dataFolder(t), 'accounts.db');
  const secret = 'a secret for tests, of more than 32 characters';
  const accounts = await openAccounts({ place, secret, origin: 'http://console.latchkey.localhost:8787' });
  t.after(accounts.close);
  assert.equal(statSync(place).mode & 0o777, 0o600);
});
