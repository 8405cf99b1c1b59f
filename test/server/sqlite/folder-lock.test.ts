import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { dataFolder } from '../support/data-folder.ts';
import { serverProcess } from '../support/server-process.ts';
import { testServer } from '../support/test-server.ts';

suite('a data folder', () => {
  test('has one server: a second one ends with a plain sentence and changes nothing', async t => {
    const folder = dataFolder(t);
    const first = serverProcess(t, { folder });
    await first.ready();
    const second = serverProcess(t, { folder });
    assert.equal(await second.ended, 1);
    assert.match(second.log(), /^latchkey: SERVER_FAILED: another server runs on the data folder /m);
    assert.doesNotMatch(second.log(), /\n\s+at /);
    assert.equal(second.output(), '');
    await assert.rejects(testServer(t, { dataFolder: folder }), /SERVER_FAILED/);
    first.child.kill('SIGTERM');
    assert.equal(await first.ended, 0);
  });

  test('is free again when its server was killed', async t => {
    const folder = dataFolder(t);
    const first = serverProcess(t, { folder });
    await first.ready();
    first.child.kill('SIGKILL');
    await first.ended;
    const second = serverProcess(t, { folder });
    await second.ready();
  });
});
