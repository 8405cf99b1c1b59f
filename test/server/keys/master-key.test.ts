import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { openDatabase } from '../../../src/server/db/database.ts';
import { createSettings } from '../../../src/server/db/settings.ts';
import { loadMasterKey } from '../../../src/server/keys/master-key.ts';
import { dataFolder } from '../support/data-folder.ts';
import { portalPlace } from '../support/test-database.ts';

type Env = Record<string, string | undefined>;

async function loader(t: TestContext) {
  const folder = dataFolder(t);
  const database = await openDatabase(await portalPlace(t, folder));
  t.after(() => database.close());
  const load = (env: Env = {}) =>
    loadMasterKey({ env, dataFolder: folder, settings: createSettings(database) });
  return { folder, load };
}

const newKey = () => randomBytes(32).toString('base64url');

suite('loadMasterKey()', () => {
  test('makes a file of mode 0600 once, when the environment names no key', async t => {
    const { folder, load } = await loader(t);
    const first = await load();
    assert.equal(first.source, 'file');
    assert.equal(first.bytes.length, 32);
    assert.equal(statSync(join(folder, 'master.key')).mode & 0o777, 0o600);
    assert.deepEqual(await load(), first);
  });

  test('takes the key of the environment before the file', async t => {
    const { load } = await loader(t);
    const key = newKey();
    const { bytes, source } = await load({ LATCHKEY_KEY: key });
    assert.deepEqual([Buffer.from(bytes).toString('base64url'), source], [key, 'environment']);
  });

  test('derives the same key from the same passphrase, however its characters are composed', async t => {
    const { load } = await loader(t);
    const { bytes, source } = await load({ LATCHKEY_PASSPHRASE: 'Kl\u00fcver und Gro\u00dfsegel' });
    assert.equal(source, 'passphrase');
    assert.deepEqual((await load({ LATCHKEY_PASSPHRASE: 'Klu\u0308ver und Gro\u00dfsegel' })).bytes, bytes);
  });

  test('salts the passphrase for each database', async t => {
    const env = { LATCHKEY_PASSPHRASE: 'the same words' };
    const [one, two] = [await loader(t), await loader(t)];
    assert.notDeepEqual((await one.load(env)).bytes, (await two.load(env)).bytes);
  });

  test('refuses the key of another database', async t => {
    const { load } = await loader(t);
    await load({ LATCHKEY_KEY: newKey() });
    await assert.rejects(load({ LATCHKEY_KEY: newKey() }), /not the master key of this database/);
    await assert.rejects(load({ LATCHKEY_PASSPHRASE: 'a guess' }), /not the master key of this database/);
  });

  test('makes no new key for a database whose key is missing', async t => {
    const { folder, load } = await loader(t);
    await load();
    rmSync(join(folder, 'master.key'));
    await assert.rejects(load(), /is missing/);
  });

  test('refuses what is no key, and two keys at once', async t => {
    const { folder, load } = await loader(t);
    for (const LATCHKEY_KEY of ['short', `${newKey()}A`, '!'.repeat(43)]) {
      await assert.rejects(load({ LATCHKEY_KEY }), /32 bytes/);
    }
    await assert.rejects(load({ LATCHKEY_KEY: newKey(), LATCHKEY_PASSPHRASE: 'too' }), /not both/);
    writeFileSync(join(folder, 'master.key'), 'cut sho');
    await assert.rejects(load(), /32 bytes/);
  });
});
