import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { MAX_AMOUNT } from '../../../src/format/codec.ts';
import { makeRefresh } from '../../../src/issue/administer/devices.ts';
import { editLicense, resetUsage } from '../../../src/issue/administer/licenses.ts';
import { openLicenseKey } from '../../../src/issue/secrets/license-secret.ts';
import { remaining } from '../../../src/license/consumption/remaining.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { terms, testPortal } from '../support/test-portal.ts';

suite('a license file', () => {
  test('states the terms and nothing that is for the vendor alone', async t => {
    const portal = await testPortal(t);
    const { license, key } = await portal.issue({
      note: 'pays late',
      customer: 'Shipyard AG',
      graceHours: 48,
      expiresAtS: 1_900_000_000,
      features: [
        { code: 'export', expiresAtS: null, limits: null },
        { code: 'pages', expiresAtS: 1_850_000_000, limits: { maximum: null, overageMaximum: 0 } },
      ],
    });
    const device = await TestDevice.create(portal);
    await trip(portal, device, await device.request(key, { deviceName: 'crane' }));
    const claims = device.license?.claims;
    assert(claims);
    assert.deepEqual(claims.licenseId, license.id);
    assert.deepEqual([claims.holder, claims.graceHours, claims.licenseType], ['Yard 4', 48, 'time-limited']);
    assert.deepEqual(claims.features, [
      { code: 'export', name: 'Export' },
      { code: 'pages', name: 'Pages', expiresAt: 1_850_000_000, limits: {} },
    ]);
    const text = Buffer.from(JSON.stringify(claims)).toString();
    assert(!/pays late|Shipyard/.test(text));
  });

  test('counts what other devices used in its baseline, and its own sums on top', async t => {
    const portal = await testPortal(t);
    const { key } = await portal.issue({ maxActivations: 2, limits: { maximum: 10, overageMaximum: 0 } });
    const [one, two] = [await TestDevice.create(portal), await TestDevice.create(portal)];
    await trip(portal, one, await one.request(key));
    await trip(portal, two, await two.request(key));
    one.consume(4);
    await trip(portal, one, await one.report());
    two.consume(3);
    await trip(portal, two, await two.report());
    for (const [device, own] of [
      [one, 4],
      [two, 3],
    ] as const) {
      await trip(portal, device, await device.report());
      const limits = device.license?.claims.limits;
      assert(limits);
      assert.equal(remaining(limits, { used: own, givenBack: 0 }).available, 3);
    }
  });

  test('can be made however much other devices say that they used', async t => {
    const portal = await testPortal(t);
    const { key } = await portal.issue({ maxActivations: 3, limits: { maximum: null, overageMaximum: 0 } });
    const devices = [await TestDevice.create(portal), await TestDevice.create(portal)];
    for (const device of devices) {
      await trip(portal, device, await device.request(key));
      device.consume(MAX_AMOUNT);
      await trip(portal, device, await device.report());
    }
    const last = await TestDevice.create(portal);
    await trip(portal, last, await last.request(key));
    assert.equal(last.license?.claims.limits?.baseline, MAX_AMOUNT);
  });

  test('carries a reset as a signed baseline, while the sums go on rising', async t => {
    const portal = await testPortal(t);
    const { license, key } = await portal.issue({ limits: { maximum: 10, overageMaximum: 0 } });
    const device = await TestDevice.create(portal);
    await trip(portal, device, await device.request(key));
    device.consume(10);
    await trip(portal, device, await device.report());
    await portal.administer('owner@example', (records, context) =>
      resetUsage({ licenseId: license.id, counter: '' }, records, context),
    );
    await trip(portal, device, await device.report());
    assert.equal(device.license?.claims.limits?.baseline, -10);
    device.consume(10);
    await trip(portal, device, await device.report());
    assert.equal((await portal.license(license.id)).meter.used, 20);
  });

  test('of a refresh has a higher revision, no request id, and what was edited', async t => {
    const portal = await testPortal(t);
    const { license, key } = await portal.issue();
    const device = await TestDevice.create(portal);
    await trip(portal, device, await device.request(key));
    const before = device.license?.claims;
    assert(before);
    const features = [{ code: 'import', expiresAtS: null, limits: null }];
    const { file } = await portal.administer('owner@example', async (records, context) => {
      const edit = { licenseId: license.id, version: 1, terms: { ...terms, graceHours: 5, features } };
      await editLicense(edit, records, context);
      return makeRefresh(before.activationId, records, context);
    });
    await device.load(file);
    const after = device.license?.claims;
    assert.deepEqual([after?.requestId, after?.graceHours], [undefined, 5]);
    assert.deepEqual(after?.features, [{ code: 'import', name: 'Import' }]);
    assert((after?.revision ?? 0) > before.revision);
  });

  test('can be made again for each license key, which only the master key opens', async t => {
    const portal = await testPortal(t);
    const { license, key } = await portal.issue();
    assert.equal(openLicenseKey(license, portal.portal), key);
    assert(!Buffer.from(license.keySealed ?? []).includes(key));
  });
});
