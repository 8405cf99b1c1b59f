import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { auditListSchema } from '../../../src/api/audit.ts';
import { deviceListSchema } from '../../../src/api/devices.ts';
import { exchangeListSchema } from '../../../src/api/exchanges.ts';
import { licenseListSchema, licenseSchema } from '../../../src/api/licenses.ts';
import { consolePaths } from '../../../src/api/paths.ts';
import { parseLicenseKey } from '../../../src/license/license-key.ts';
import { type ConsoleFixture, consoleFixture, read } from '../support/console-fixture.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import { TestDevice } from '../support/test-device.ts';
import type { ConsoleClient, TestServer } from '../support/test-server.ts';

const cleanup = suiteCleanup();
let server: TestServer;
let client: ConsoleClient;
let issue: ConsoleFixture['issue'];
let activate: ConsoleFixture['activate'];
let send: ConsoleFixture['send'];

before(async () => {
  ({ server, client, issue, activate, send } = await consoleFixture(cleanup));
});

describe('devices of a license', () => {
  it('show what was activated, used and exchanged', async () => {
    const limits = { maximum: 10, overageMaximum: 2 };
    const { id, key } = await issue({ limits, maxActivations: 2 }, { type: 'consumption' });
    const device = await activate(key);
    device.consume(4);
    await send(device, await device.report());

    const { items } = read(deviceListSchema, await client.get(consolePaths.licenseDevices(id)));
    assert.equal(items.length, 1);
    const [shown] = items;
    assert.match(shown?.deviceNumber ?? '', /^\d{4} \d{4} \d{4}$/);
    assert.equal(shown?.state, 'active');
    assert.deepEqual(shown?.totals, [{ counter: '', used: 4, givenBack: 0, total: 4 }]);
    assert.deepEqual(shown?.files.map(file => file.kind).sort(), ['activation-request', 'usage-report']);
    const license = read(licenseSchema, await client.get(consolePaths.license(id)));
    assert.deepEqual(license.totals, [
      { counter: '', used: 4, givenBack: 0, total: 4, outstanding: null, period: null },
    ]);
    assert.equal(license.activeActivations, 1);

    const reset = read(licenseSchema, await client.post(consolePaths.resetUsage(id), { counter: '' }));
    assert.deepEqual(reset.totals, [
      { counter: '', used: 4, givenBack: 0, total: 0, outstanding: null, period: null },
    ]);
  });

  it('lead to their license by the number that people read aloud', async () => {
    const { id, key } = await issue();
    await activate(key);
    const { items } = read(deviceListSchema, await client.get(consolePaths.licenseDevices(id)));
    const number = items[0]?.deviceNumber ?? '';
    for (const q of [number, number.replaceAll(' ', ''), number.replaceAll(' ', '-')]) {
      const answer = await client.get(`${consolePaths.licenses}?q=${encodeURIComponent(q)}`);
      const found = read(licenseListSchema, answer).items.map(item => item.id);
      assert.deepEqual(found, [id], q);
    }
  });

  it('get a refresh file that the device verifies, with a later revision', async () => {
    const { id, version, terms, key } = await issue();
    const device = await activate(key);
    const before = device.license?.claims.revision ?? 0;
    const features = [{ code: 'export', expiresAt: null, limits: null }];
    await client.put(consolePaths.license(id), { version, terms: { ...terms, features } });
    const { items } = read(deviceListSchema, await client.get(consolePaths.licenseDevices(id)));
    const refresh = await client.post(consolePaths.refreshFile(items[0]?.activationId ?? ''));
    assert.equal(refresh.headers['content-disposition'], 'attachment; filename="license_refresh.lic"');
    assert.equal((await device.load(new Uint8Array(refresh.body))).kind, 'license');
    assert.ok((device.license?.claims.revision ?? 0) > before);
    assert.deepEqual(
      device.license?.claims.features?.map(feature => feature.code),
      ['export'],
    );
    const exchanges = read(exchangeListSchema, await client.get(consolePaths.licenseExchanges(id)));
    assert.deepEqual(exchanges.items.map(item => item.kind).sort(), ['activation-request', 'refresh']);
  });

  it('give their seat free by the vendor, and show a refusal before', async () => {
    const { id, key } = await issue();
    const first = await activate(key);
    const second = await TestDevice.create(server.portal);
    const request = await second.request(parseLicenseKey(key));
    assert.equal((await send(second, request)).kind, 'refusal');
    const { items } = read(deviceListSchema, await client.get(consolePaths.licenseDevices(id)));
    assert.equal((await client.post(consolePaths.releaseSeat(items[0]?.activationId ?? ''))).status, 204);
    assert.equal((await send(second, request)).kind, 'license');
    assert.ok(first.license);
    const after = read(deviceListSchema, await client.get(consolePaths.licenseDevices(id)));
    assert.deepEqual(
      after.items.map(item => item.state),
      ['active', 'released'],
    );
  });

  it('are there when they were refused everywhere, and found by their number', async () => {
    const { id, key } = await issue();
    await activate(key);
    const refused = await TestDevice.create(server.portal);
    assert.equal((await send(refused, await refused.request(parseLicenseKey(key)))).kind, 'refusal');
    const { items } = read(deviceListSchema, await client.get(consolePaths.licenseDevices(id)));
    assert.deepEqual(
      items.map(({ state, activationId }) => [state, activationId !== null]),
      [
        ['active', true],
        ['refused', false],
      ],
    );
    const number = items[1]?.deviceNumber ?? '';
    const found = await client.get(`${consolePaths.licenses}?q=${encodeURIComponent(number)}`);
    assert.deepEqual(
      read(licenseListSchema, found).items.map(license => license.id),
      [id],
    );
    assert.equal((await client.post(consolePaths.blockDevice(items[1]?.deviceId ?? ''))).status, 204);
    const { items: history } = read(auditListSchema, await client.get(consolePaths.licenseAudit(id)));
    const block = history.find(({ action }) => action === 'device.block');
    assert.equal(block?.deviceNumber, number);
  });

  it('are shown as copied, with what showed it, and found by that', async () => {
    const { id, key } = await issue({ maxActivations: 5 });
    const device = await activate(key);
    const copy = device.copyProfile();
    await send(device, await device.request(parseLicenseKey(key)));
    assert.equal((await send(copy, await copy.request(parseLicenseKey(key)))).kind, 'refusal');
    const { items } = read(deviceListSchema, await client.get(consolePaths.licenseDevices(id)));
    assert.ok(items[0]?.copiedAt);
    const { items: history } = read(auditListSchema, await client.get(consolePaths.licenseAudit(id)));
    assert.deepEqual(
      history.filter(({ action }) => action === 'device.copied').map(({ changed }) => changed),
      [['same-number']],
    );
    const copied = read(licenseListSchema, await client.get(`${consolePaths.licenses}?state=copied`));
    assert.deepEqual(
      copied.items.map(license => license.id),
      [id],
    );
  });

  it('are no longer shown as copied once that is dealt with, until a copy is noticed again', async () => {
    const { id, key } = await issue({ maxActivations: 5 });
    const device = await activate(key);
    const copy = device.copyProfile();
    await send(device, await device.request(parseLicenseKey(key)));
    await send(copy, await copy.request(parseLicenseKey(key)));
    const shown = async () =>
      read(deviceListSchema, await client.get(consolePaths.licenseDevices(id))).items[0];
    const found = async () =>
      read(licenseListSchema, await client.get(`${consolePaths.licenses}?state=copied`)).items.some(
        license => license.id === id,
      );
    const { deviceId = '', deviceNumber } = (await shown()) ?? {};
    assert.equal(await found(), true);
    for (const _ of [1, 2])
      assert.equal((await client.post(consolePaths.settleCopies(deviceId))).status, 204);
    assert.equal((await shown())?.copiedAt, null);
    assert.equal(await found(), false);
    const { items: history } = read(auditListSchema, await client.get(consolePaths.licenseAudit(id)));
    const settled = history.filter(({ action }) => action === 'device.settle-copies');
    assert.deepEqual(
      settled.map(entry => [entry.actor, entry.deviceNumber]),
      [[history.at(-1)?.actor, deviceNumber]],
    );
    assert.ok(history.some(({ action }) => action === 'device.copied'));

    await send(device, await device.request(parseLicenseKey(key)));
    assert.equal((await send(copy, await copy.request(parseLicenseKey(key)))).kind, 'refusal');
    assert.ok((await shown())?.copiedAt);
    assert.equal(await found(), true);
  });

  it('are blocked and let in again', async () => {
    const { id, key } = await issue({ maxActivations: 5 });
    const device = await activate(key);
    const shown = async () =>
      read(deviceListSchema, await client.get(consolePaths.licenseDevices(id))).items[0];
    const deviceId = (await shown())?.deviceId ?? '';
    assert.equal((await client.post(consolePaths.blockDevice(deviceId))).status, 204);
    assert.equal((await shown())?.blocked, true);
    assert.equal((await send(device, await device.request(parseLicenseKey(key)))).kind, 'refusal');
    assert.equal((await client.post(consolePaths.unblockDevice(deviceId))).status, 204);
    assert.equal((await shown())?.blocked, false);
  });

  it('are not there under ids that are none', async () => {
    assert.equal((await client.post(consolePaths.refreshFile('0'.repeat(32)))).status, 404);
    assert.equal((await client.post(consolePaths.blockDevice('0'.repeat(64)))).status, 404);
    assert.equal((await client.post(consolePaths.releaseSeat('x'))).status, 404);
    assert.equal((await client.get(consolePaths.licenseDevices('0'.repeat(32)))).status, 404);
  });
});
