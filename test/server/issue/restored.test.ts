import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { dataFolder } from '../support/data-folder.ts';
import { copyDatabase, databaseEnv } from '../support/test-database.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { type TestPortal, testPortal } from '../support/test-portal.ts';

/** What a backup of now holds: a whole copy of the database, and the master key. */
async function backup(t: TestContext, portal: TestPortal, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(portal.folder, 'master.key'), join(folder, 'master.key'));
  const { DATABASE_URL: from } = portal.env;
  const { DATABASE_URL: to } = await databaseEnv(t, folder);
  if (from && to) return copyDatabase(from, to);
  await portal.database.db.executeQuery({
    ...portal.database.db.selectFrom('setting').selectAll().compile(),
    sql: `vacuum into '${join(folder, 'latchkey.db')}'`,
  });
}

suite('a portal restored from an older backup', () => {
  test('takes up an activation by the license that its report carries, and counts all of it once', async t => {
    const portal = await testPortal(t);
    const folder = dataFolder(t);
    const { license, key } = await portal.issue({ limits: { maximum: 100, overageMaximum: 0 } });
    const device = await TestDevice.create(portal);
    await backup(t, portal, folder);
    await trip(portal, device, await device.request(key));
    device.consume(5);
    await trip(portal, device, await device.report());
    device.consume(2);
    const revision = device.license?.claims.revision ?? 0;

    const restored = await testPortal(t, folder);
    assert.equal(await trip(restored, device, await device.report()), null);
    const after = await restored.license(license.id);
    assert.deepEqual([after.meter.used, after.seatsTaken, after.seatsGranted], [7, 1, 1]);
    assert((device.license?.claims.revision ?? 0) > revision, 'the revision goes on');
    device.consume(1);
    assert.equal(await trip(restored, device, await device.report()), null);
    assert.equal((await restored.license(license.id)).meter.used, 8);
  });

  test('gives a receipt for a deactivation of an activation that it does not know', async t => {
    const portal = await testPortal(t);
    const folder = dataFolder(t);
    const { license, key } = await portal.issue({ limits: { maximum: 100, overageMaximum: 0 } });
    const device = await TestDevice.create(portal);
    await backup(t, portal, folder);
    await trip(portal, device, await device.request(key));
    device.consume(5);

    const restored = await testPortal(t, folder);
    assert.equal(await trip(restored, device, await device.deactivate()), null);
    const after = await restored.license(license.id);
    assert.deepEqual([after.meter.used, after.seatsTaken, after.seatsGranted], [5, 0, 1]);
  });

  test('gives a receipt even when it does not know the license', async t => {
    const portal = await testPortal(t);
    const folder = dataFolder(t);
    const device = await TestDevice.create(portal);
    await backup(t, portal, folder);
    const { key } = await portal.issue({ limits: { maximum: 100, overageMaximum: 0 } });
    await trip(portal, device, await device.request(key));
    device.consume(5);

    const restored = await testPortal(t, folder);
    const { container } = await restored.exchange(await device.deactivate());
    const answer = await device.load(container);
    assert(answer.kind === 'receipt');
    assert.deepEqual(answer.receipt.claims.consumption.totals, [{ counter: '', used: 5, givenBack: 0 }]);
  });

  test('refuses a report that carries a license of another vendor', async t => {
    const portal = await testPortal(t);
    const stranger = await testPortal(t);
    const { key } = await stranger.issue();
    const device = await TestDevice.create(stranger);
    await trip(stranger, device, await device.request(key));
    device.trust = portal.keyRing.trust;
    const { code } = await portal.exchange(await device.report());
    assert.equal(code, 'ACTIVATION_UNKNOWN');
  });
});
