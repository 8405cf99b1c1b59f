import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { openDatabase } from '../../../src/server/db/database.ts';
import { prepared } from '../../../src/server/db/prepared.ts';
import { dataFolder } from '../support/data-folder.ts';
import { portalPlace } from '../support/test-database.ts';

const save = prepared((db, { name, value }: { name: string; value: string }) =>
  db
    .insertInto('setting')
    .values({ name, value })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ value })),
);
const find = prepared((db, { name }: { name: string }) =>
  db.selectFrom('setting').select('value').where('name', '=', name),
);

const valuesOf = (rows: { value: string }[]) => rows.map(({ value }) => value);

suite('prepared()', () => {
  test('gives each run its own values, also one that stands in two places', async t => {
    const { db, close } = await openDatabase(await portalPlace(t, dataFolder(t)));
    await save(db, { name: 'color', value: 'red' });
    await save(db, { name: 'shape', value: 'round' });
    await save(db, { name: 'color', value: 'blue' });
    assert.deepEqual(valuesOf(await find(db, { name: 'color' })), ['blue']);
    assert.deepEqual(valuesOf(await find(db, { name: 'shape' })), ['round']);
    assert.deepEqual(valuesOf(await find(db, { name: 'size' })), []);
    await close();
  });

  test('runs inside a transaction and on another database', async t => {
    for (const name of ['one', 'two']) {
      const { db, transact, close } = await openDatabase(await portalPlace(t, dataFolder(t)));
      await transact(transaction => save(transaction, { name: 'file', value: name }));
      assert.deepEqual(valuesOf(await find(db, { name: 'file' })), [name]);
      await close();
    }
  });

  test('refuses a parameter that is none of its values: it would stay what it was at the first run', async t => {
    const { db, close } = await openDatabase(await portalPlace(t, dataFolder(t)));
    const findColor = prepared(use => use.selectFrom('setting').select('value').where('name', '=', 'color'));
    await assert.rejects(findColor(db, {}), TypeError);
    await close();
  });
});
