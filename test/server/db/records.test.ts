import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { editLicense } from '../../../src/issue/administer/licenses.ts';
import { firstHead } from '../../../src/license/consumption/chain.ts';
import { listLicenses } from '../../../src/server/db/console/license-queries.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { START_MS, terms, testPortal } from '../support/test-portal.ts';

const most = Number.MAX_SAFE_INTEGER;
const pages = [{ code: 'pages', expiresAtS: null, limits: { maximum: null, overageMaximum: 0 } }];
const page = { sort: 'created', order: 'asc', offset: 0, limit: 50, nowS: START_MS / 1000 } as const;
const { nowS } = page;

suite('addUsage()', () => {
  test('keeps a license readable whatever its devices say they used', async t => {
    const portal = await testPortal(t);
    const { license } = await portal.issue({
      limits: { maximum: null, overageMaximum: 0 },
      features: pages,
    });
    const deltas = ['', 'pages'].map(counter => ({ counter, used: most - 1, givenBack: most - 1 }));
    for (const _ of [1, 2]) {
      await portal.administer('system', records => records.addUsage(license.id, deltas, nowS));
    }
    const { items } = await listLicenses(portal.database.db, {}, page);
    assert.deepEqual([items[0]?.meter.used, items[0]?.meter.givenBack], [most, most]);
    const [feature] = await portal.administer('system', records => records.findFeatures(license.id));
    assert.deepEqual([feature?.meter.used, feature?.meter.givenBack], [most, most]);
  });

  test('adds to the unit', async t => {
    const portal = await testPortal(t);
    const { license } = await portal.issue({ limits: { maximum: null, overageMaximum: 0 } });
    for (const used of [most - 2, 1]) {
      const delta = { counter: '', used, givenBack: 0 };
      await portal.administer('system', records => records.addUsage(license.id, [delta], nowS));
    }
    assert.equal((await portal.license(license.id)).meter.used, most - 1);
  });
});

test('replaceFeatures() grants a feature again whatever its devices say they used', async t => {
  const portal = await testPortal(t);
  const { license, key } = await portal.issue({ features: pages });
  const device = await TestDevice.create(portal);
  await trip(portal, device, await device.request(key));
  const activationId = device.license?.claims.activationId;
  assert(activationId);
  await portal.administer('system', async (records, context) => {
    await records.saveTotals(activationId, [{ counter: 'pages', used: most, givenBack: 3 }]);
    const held = await records.findActivation(activationId);
    assert(held);
    const other = { ...held, id: context.crypto.randomBytes(16), endReason: 'released' } as const;
    await records.saveActivation(other);
    await records.saveTotals(other.id, [{ counter: 'pages', used: most, givenBack: 4 }]);
    const edit = (version: number, features: typeof pages) =>
      editLicense({ licenseId: license.id, version, terms: { ...terms, features } }, records, context);
    await edit(1, []);
    await edit(2, pages);
  });
  const [feature] = await portal.administer('system', records => records.findFeatures(license.id));
  assert.deepEqual([feature?.meter.used, feature?.meter.givenBack], [most, 7]);
});

test('findHeads() reads the heads that are asked for, and no others', async t => {
  const portal = await testPortal(t);
  const { key } = await portal.issue();
  const device = await TestDevice.create(portal);
  await trip(portal, device, await device.request(key));
  const activationId = device.license?.claims.activationId;
  assert(activationId);
  const heads = [1, 2, 3].map(sequence => ({ ...firstHead(activationId), sequence }));
  await portal.administer('system', records => records.saveHeads(activationId, heads));
  const found = await portal.administer('system', records => records.findHeads(activationId, [0, 1, 3, 9]));
  assert.deepEqual(found, [heads[0], heads[2]]);
});
