import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { publicPaths } from '../../../src/api/paths.ts';
import { dataFolder } from '../support/data-folder.ts';
import { keysIn, originsIn, passwordIn, serverProcess } from '../support/server-process.ts';
import { databaseEnv } from '../support/test-database.ts';
import { TestDevice } from '../support/test-device.ts';
import { testPortal } from '../support/test-portal.ts';
import { callTo } from '../support/test-server.ts';

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

  test('give 200 simultaneous requests on 10 seats exactly 10 licenses and 190 signed refusals', async t => {
    const portal = await testPortal(t);
    const { license, key } = await portal.issue({ maxActivations: 10 });
    const devices = await Promise.all(Array.from({ length: 200 }, () => TestDevice.create(portal)));
    const files = await Promise.all(devices.map(device => device.request(key)));
    const servers = [1, 2].map(() => serverProcess(t, { ...portal, args: ['--empty'] }));
    await Promise.all(servers.map(({ ready }) => ready()));
    const calls = servers.map(({ output }) => callTo(originsIn(output())));

    const answers = await Promise.all(
      files.map((body, index) =>
        calls[index % 2]?.('portal', publicPaths.exchange, { method: 'POST', body }),
      ),
    );
    const outcomes = await Promise.all(
      answers.map(async (answer, index) => {
        assert.equal(answer?.status, 200, answer?.body.toString());
        const loaded = await devices[index]?.load(new Uint8Array(answer.body));
        return loaded?.kind === 'refusal' ? loaded.refusal.claims.code : loaded?.kind;
      }),
    );
    assert.equal(outcomes.filter(outcome => outcome === 'license').length, 10);
    assert.equal(outcomes.filter(outcome => outcome === 'NO_SEATS_LEFT').length, 190);
    assert.equal((await portal.license(license.id)).seatsTaken, 10);
    const rows = await portal.database.db.selectFrom('activation').select('id').execute();
    assert.equal(rows.length, 10, 'rows of activations agree with the seats counted');
  });

  test('give a file that reaches both at once one answer', async t => {
    const portal = await testPortal(t);
    const { license, key } = await portal.issue({ maxActivations: 10 });
    const device = await TestDevice.create(portal);
    const file = await device.request(key);
    const other = await testPortal(t, portal.folder);
    const exchanged = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? portal : other).exchange(file)),
    );
    for (const { container } of exchanged) assert.deepEqual(container, exchanged[0]?.container);
    assert.equal(exchanged.filter(({ isRepeated }) => !isRepeated).length, 1);
    assert.equal((await portal.license(license.id)).seatsTaken, 1);
  });
});
