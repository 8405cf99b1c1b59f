import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeContainer } from '../../../src/format/container.ts';
import { openPortal } from '../../../src/server/portal.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { START_MS, testPortal } from '../support/test-portal.ts';

test('an answer holds a newer trust bundle for a device that lacks it, and none for one that has it', async t => {
  const portal = await testPortal(t);
  const { key } = await portal.issue({ maxActivations: 2 });
  const device = await TestDevice.create(portal);
  const file = await device.request(key);
  assert.equal(decodeContainer((await portal.exchange(file)).container).length, 1);

  const moved = await openPortal({
    dataFolder: portal.folder,
    env: portal.env,
    portals: ['https://elsewhere.example'],
    nowMs: () => START_MS,
  });
  t.after(() => moved.close());
  const { container } = await moved.exchange(file);
  assert.equal(decodeContainer(container).length, 2);
  await device.load(container);
  assert.deepEqual(device.trust.bundle.portals, ['https://elsewhere.example']);
  assert(device.trust.bundle.bundleVersion > portal.keyRing.trust.bundle.bundleVersion);
});

test('an answer holds the trust bundle for a device that states a higher version, as a stolen root could set', async t => {
  const portal = await testPortal(t);
  const { key } = await portal.issue();
  const device = await TestDevice.create(portal);
  const { bundle } = device.trust;
  device.trust = { ...device.trust, bundle: { ...bundle, bundleVersion: bundle.bundleVersion + 1000 } };
  const { container } = await portal.exchange(await device.request(key));
  assert.deepEqual(decodeContainer(container)[0], portal.keyRing.trust.bundleFile);
});

test('a clock far ahead is set right once, by the answer to the device that states it', async t => {
  const portal = await testPortal(t);
  const { key } = await portal.issue({ maxActivations: 2 });
  const device = await TestDevice.create(portal);
  device.markMs = Date.UTC(2098, 0);
  await trip(portal, device, await device.request(key));
  assert.equal(device.license?.claims.clockCorrection, true);

  device.markMs = START_MS;
  await trip(portal, device, await device.report());
  assert.equal(device.license?.claims.clockCorrection, undefined);
});

test('trustContainer() holds what a new device starts from', async t => {
  const portal = await testPortal(t);
  assert.deepEqual(decodeContainer(portal.trustContainer()), [portal.keyRing.trust.bundleFile]);
});
