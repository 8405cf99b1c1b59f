import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sql } from 'kysely';
import { openDatabase, readDatabase } from '../../../src/server/db/database.ts';
import { dataFolder } from '../support/data-folder.ts';
import { portalPlace } from '../support/test-database.ts';

suite('openDatabase()', () => {
  test('makes the tables once and keeps what is in them', async t => {
    const place = await portalPlace(t, dataFolder(t));
    const first = await openDatabase(place);
    await first.transact(db => db.insertInto('setting').values({ name: 'a', value: '1' }).execute());
    await first.close();
    const second = await openDatabase(place);
    t.after(() => second.close());
    assert.deepEqual((await second.db.selectFrom('setting').selectAll().execute()).length, 1);
  });

  test('refuses a database that a newer version has changed', async t => {
    const place = await portalPlace(t, dataFolder(t));
    const first = await openDatabase(place);
    await first.transact(db =>
      sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')`.execute(db),
    );
    await first.close();
    await assert.rejects(openDatabase(place), /SERVER_FAILED/);
  });

  test('gives integers as numbers and bytes as plain bytes', async t => {
    const { db, transact, close } = await openDatabase(await portalPlace(t, dataFolder(t)));
    t.after(close);
    const file = Uint8Array.of(0, 92, 255);
    const row = { kind: 'trust-bundle', version: Number.MAX_SAFE_INTEGER, file } as const;
    await transact(use => use.insertInto('trust_file').values(row).execute());
    const [read] = await db.selectFrom('trust_file').selectAll().execute();
    assert.deepEqual({ ...read }, row);
    assert.equal(Object.getPrototypeOf(read?.file), Uint8Array.prototype);
    const [counted] = await db
      .selectFrom('trust_file')
      .select(({ fn }) => [fn.countAll().as('count'), fn.sum('version').as('sum')])
      .execute();
    assert.deepEqual({ ...counted }, { count: 1, sum: Number.MAX_SAFE_INTEGER });
  });

  test('refuses an integer that a number does not hold', async t => {
    const { db, transact, close } = await openDatabase(await portalPlace(t, dataFolder(t)));
    t.after(close);
    const row = { kind: 'trust-bundle', version: Number.MAX_SAFE_INTEGER, file: Uint8Array.of(1) } as const;
    await transact(use => use.insertInto('trust_file').values(row).execute());
    const past = db.selectFrom('trust_file').select(sql<number>`version + 1`.as('version'));
    await assert.rejects(past.execute());
    assert.equal((await db.selectFrom('trust_file').select('kind').execute()).length, 1, 'and goes on');
  });
});

suite('readDatabase()', () => {
  test('reads beside a server, and brings nothing up to date', async t => {
    const place = await portalPlace(t, dataFolder(t));
    const server = await openDatabase(place);
    t.after(() => server.close());
    const reader = await readDatabase(place);
    assert.equal((await reader.db.selectFrom('license').selectAll().execute()).length, 0);
    await reader.close();
    await server.transact(db => sql`delete from kysely_migration where name = '0026-fork-signs'`.execute(db));
    await assert.rejects(readDatabase(place), /SERVER_FAILED/);
    const { rows } = await sql`select name from kysely_migration where name like '0026%'`.execute(server.db);
    assert.equal(rows.length, 0);
  });
});
