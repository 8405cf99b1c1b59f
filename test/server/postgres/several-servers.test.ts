import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { dataFolder } from '../support/data-folder.ts';
import { keysIn, passwordIn, serverProcess } from '../support/server-process.ts';
import { databaseEnv } from '../support/test-database.ts';

suite('several servers on one database', () => {
  test('make keys, demo and owner once, when they start for the first time together', async t => {
    const folder = dataFolder(t);
    const env = await databaseEnv(t, folder);
    const servers = [1, 2, 3].map(() => serverProcess(t, { folder, env }));
    await Promise.all(servers.map(({ ready }) => ready()));
    assert.equal(servers.filter(({ output }) => passwordIn(output())).length, 1);
    const [first, ...others] = servers.map(({ output }) => keysIn(output()));
    assert.equal(first?.length, 5);
    for (const keys of others) assert.deepEqual(keys, first);
  });
});
