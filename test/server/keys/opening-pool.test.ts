import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { LatchkeyError } from '../../../src/errors.ts';
import { createFileOpener, type FileOpenerOptions } from '../../../src/server/keys/opening-pool.ts';
import { TestDevice } from '../support/test-device.ts';
import { testPortal } from '../support/test-portal.ts';

async function openers(t: TestContext, options: Partial<FileOpenerOptions>) {
  const portal = await testPortal(t);
  const { key } = await portal.issue();
  const { sealingKeys, pin } = portal.keyRing;
  const make = (changes: Partial<FileOpenerOptions>) => {
    const opener = createFileOpener({ sealingKeys, domainId: pin.domainId, ...changes });
    t.after(() => opener.close());
    return opener;
  };
  const device = await TestDevice.create(portal);
  return { here: make({ threads: 0 }), there: make(options), file: () => device.request(key) };
}

suite('createFileOpener()', () => {
  test('opens on other threads what it opens here, with the same result', async t => {
    const { here, there, file } = await openers(t, { threads: 2, filesBeforeThreads: 0 });
    const files = await Promise.all(Array.from({ length: 20 }, file));
    const [expected, opened] = await Promise.all([
      Promise.all(files.map(here.open)),
      Promise.all(files.map(there.open)),
    ]);
    assert.deepEqual(opened, expected);
  });

  test('refuses on other threads what it refuses here, with the same error', async t => {
    const { here, there, file } = await openers(t, { threads: 1, filesBeforeThreads: 0 });
    const good = await file();
    const bad = [
      good.slice(0, 40),
      good.map((byte, place) => (place === 200 ? byte ^ 1 : byte)),
      good.slice(0, 3),
    ];
    for (const input of bad) {
      const expected = await here.open(input).catch((error: unknown) => error);
      assert(expected instanceof LatchkeyError);
      await assert.rejects(there.open(input), error => {
        assert(error instanceof LatchkeyError);
        assert.deepEqual([error.code, error.message], [expected.code, expected.message]);
        return true;
      });
    }
  });

  test('starts no thread for a few files', async t => {
    const { there, file } = await openers(t, { threads: 1, filesBeforeThreads: 3 });
    let started = 0;
    const count = () => {
      started += 1;
    };
    process.on('worker', count);
    t.after(() => process.off('worker', count));
    for (const _ of [1, 2, 3]) await there.open(await file());
    assert.equal(started, 0);
    await there.open(await file());
    assert.equal(started, 1);
  });

  test('rejects what a thread that ended had not opened, and opens the next here', async t => {
    const { there, file } = await openers(t, { threads: 1, filesBeforeThreads: 0 });
    const files = await Promise.all([file(), file()]);
    const [first, second] = files;
    assert(first && second);
    const waiting = there.open(first);
    const outcome = assert.rejects(waiting, /SERVER_FAILED/);
    await there.close();
    await outcome;
    assert.equal((await there.open(second)).kind, 'activation-request');
  });
});
