import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { Kysely } from 'kysely';
import { groupCommit } from '../../../src/server/db/group-commit.ts';
import { NodeSqliteDialect, openSqlite } from '../../../src/server/db/node-sqlite.ts';
import { SerializableDialect } from '../../../src/server/db/postgres/dialect.ts';
import { openPool } from '../../../src/server/db/postgres/pool.ts';
import { dataFolder } from '../support/data-folder.ts';
import { databaseEnv } from '../support/test-database.ts';

interface Notes {
  note: { id: number; text: string };
}

async function notebook(t: TestContext) {
  const statements: string[] = [];
  const folder = dataFolder(t);
  const { DATABASE_URL: address } = await databaseEnv(t, folder);
  const db = new Kysely<Notes>({
    dialect: address
      ? new SerializableDialect({ pool: openPool({ address, schema: 'public', maxConnections: 2 }) })
      : new NodeSqliteDialect(openSqlite(join(folder, 'test.db'))),
    log: event => {
      statements.push(event.query.sql);
    },
  });
  t.after(() => db.destroy());
  await db.schema
    .createTable('note')
    .addColumn('id', 'integer', c => c.primaryKey())
    .addColumn('text', 'text')
    .execute();
  const transact = groupCommit(db);
  return {
    write: (id: number, text = '') => transact(tx => tx.insertInto('note').values({ id, text }).execute()),
    transact,
    ids: async () => (await db.selectFrom('note').select('id').orderBy('id').execute()).map(({ id }) => id),
    commits: () => statements.filter(sql => sql === 'commit').length,
  };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

suite('groupCommit()', () => {
  test('puts works that arrive together into commits of at most 32', async t => {
    const { write, commits, ids } = await notebook(t);
    await Promise.all(numbers(100).map(id => write(id)));
    assert.equal((await ids()).length, 100);
    assert(commits() >= 4 && commits() <= 6, `${commits()} commits`);
  });

  test('undoes a work that fails without harm to those beside it', async t => {
    const { write, transact, ids } = await notebook(t);
    const failing = transact(async tx => {
      await tx.insertInto('note').values({ id: 50, text: '' }).execute();
      throw new RangeError('a work that fails');
    });
    const outcomes = await Promise.allSettled([write(1), failing, write(2), write(2), write(3)]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
    );
    await assert.rejects(failing, RangeError);
    assert.deepEqual(await ids(), [1, 2, 3]);
  });

  test('runs one work after the other', async t => {
    const { transact } = await notebook(t);
    let inside = 0;
    const alone = async () => {
      inside += 1;
      assert.equal(inside, 1);
      await Promise.resolve();
      inside -= 1;
    };
    await Promise.all(numbers(40).map(() => transact(alone)));
  });

  test('rejects every work of a commit that fails, and goes on', async t => {
    const { write, transact, ids } = await notebook(t);
    const deferred = transact(tx =>
      tx.executeQuery({ ...tx.selectFrom('note').selectAll().compile(), sql: 'rollback' }),
    );
    const outcomes = await Promise.allSettled([deferred, write(1)]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    await write(2);
    assert.deepEqual(await ids(), [2]);
  });
});
