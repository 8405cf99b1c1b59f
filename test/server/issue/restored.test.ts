import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { toHex } from '../../../src/bytes/hex.ts';
import { editLicense } from '../../../src/issue/administer/licenses.ts';
import { dataFolder } from '../support/data-folder.ts';
import { issueBundle } from '../support/license-bundle.ts';
import { copyDatabase, databaseEnv } from '../support/test-database.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { type TestPortal, terms, testPortal } from '../support/test-portal.ts';

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

  test('gives others no share of what an activation that it takes up may use already', async t => {
    const portal = await testPortal(t);
    const folder = dataFolder(t);
    const pages = { maximum: 50, overageMaximum: 0, share: 50 };
    const { license, key } = await portal.issue({
      maxActivations: 2,
      limits: { maximum: 100, overageMaximum: 0, share: 100 },
      features: [{ code: 'pages', expiresAtS: null, limits: pages }],
    });
    const [device, other] = [await TestDevice.create(portal), await TestDevice.create(portal)];
    await backup(t, portal, folder);
    await trip(portal, device, await device.request(key));

    const restored = await testPortal(t, folder);
    await restored.administer('owner@example', (records, context) => {
      const smaller = { maximum: 100, overageMaximum: 0, share: 10 };
      const changed = [{ code: 'pages', expiresAtS: null, limits: { ...pages, share: 5 } }];
      const edited = { ...terms, maxActivations: 2, limits: smaller, features: changed };
      return editLicense({ licenseId: license.id, version: 1, terms: edited }, records, context);
    });
    const file = await device.report();
    await restored.exchange(file);
    await trip(restored, other, await other.request(key));
    const claims = other.license?.claims;
    assert.deepEqual([claims?.limits?.allotment, claims?.features?.[0]?.limits?.allotment], [0, 0]);
  });

  test('takes up each activation of a license bundle by its own report', async t => {
    const portal = await testPortal(t);
    const folder = dataFolder(t);
    const { key, licenses } = await issueBundle(portal);
    const device = await TestDevice.create(portal);
    await backup(t, portal, folder);
    await trip(portal, device, await device.request(key));
    const granted = device.licenses;

    const restored = await testPortal(t, folder);
    for (const license of granted) {
      device.use(license);
      assert.equal(await trip(restored, device, await device.report()), null);
    }
    for (const { id } of Object.values(licenses)) {
      const { seatsTaken, seatsGranted } = await restored.license(id);
      assert.deepEqual([seatsTaken, seatsGranted], [1, 1]);
    }
    assert.equal(await trip(restored, device, await device.request(key)), null);
    const ids = (all: typeof granted) => all.map(({ claims }) => toHex(claims.activationId));
    assert.deepEqual(ids(device.licenses), ids(granted), 'the same seats');
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
