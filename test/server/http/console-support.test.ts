import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { auditListSchema } from '../../../src/api/audit.ts';
import { deviceListSchema } from '../../../src/api/devices.ts';
import { consolePaths } from '../../../src/api/paths.ts';
import { type SupportCase, seatListSchema, supportSchema } from '../../../src/api/support.ts';
import { toHex } from '../../../src/bytes/hex.ts';
import { deviceNumber } from '../../../src/license/device-number.ts';
import { parseLicenseKey } from '../../../src/license/license-key.ts';
import type { Signals } from '../../../src/license/node-lock.ts';
import { type ConsoleFixture, consoleFixture, read } from '../support/console-fixture.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import { TestDevice } from '../support/test-device.ts';

const cleanup = suiteCleanup();
let fixture: ConsoleFixture;

before(async () => {
  fixture = await consoleFixture(cleanup);
});

const kiosk: Signals = {
  ...{ gpuVendor: 'intel', gpuFamily: 'uhd 630', webglLimits: '1', processors: '8', memory: '8' },
  ...{ platform: 'windows', architecture: 'x86-64', browserFamily: 'chromium', screen: '1920x1080' },
};

async function find(q: string) {
  const answer = await fixture.client.get(`${consolePaths.support}?q=${encodeURIComponent(q)}`);
  return read(supportSchema, answer);
}

async function findOne(device: TestDevice): Promise<SupportCase> {
  const { cases } = await find(deviceNumber(device.id));
  const [found] = cases;
  assert.ok(found);
  assert.equal(cases.length, 1);
  return found;
}

/** A license whose only seat a machine has, and the same machine after it lost its storage, refused. */
async function wiped(terms: object = {}) {
  const { id, key } = await fixture.issue({ customer: 'Acme Bottling', ...terms });
  const before = await TestDevice.create(fixture.server.portal);
  const after = await TestDevice.create(fixture.server.portal);
  const licenseKey = parseLicenseKey(key);
  const first = await before.request(licenseKey, { signals: kiosk, deviceName: 'Press 7' });
  assert.equal((await fixture.send(before, first)).kind, 'license');
  const file = await after.request(licenseKey, { signals: kiosk, deviceName: 'Press 7 again' });
  assert.equal((await fixture.send(after, file)).kind, 'refusal');
  return { id, key, before, after, file };
}

describe('support', () => {
  it('finds a device by the number that the caller reads, however it is written, with why it was refused', async () => {
    const { id, after } = await wiped();
    const number = deviceNumber(after.id);
    for (const q of [number, number.replaceAll(' ', ''), ` ${number.replaceAll(' ', '-')} `]) {
      const { cases, portals } = await find(q);
      assert.equal(cases.length, 1);
      const [found] = cases;
      assert.equal(found?.license.id, id);
      assert.deepEqual([found?.device.name, found?.device.state], ['Press 7 again', 'refused']);
      assert.equal(found?.device.files[0]?.code, 'NO_SEATS_LEFT');
      assert.deepEqual(found?.seatRequest?.given, null);
      assert.equal(found?.isDecidedAnew, true);
      assert.deepEqual([found?.license.activeActivations, found?.license.maxActivations], [1, 1]);
      assert.equal(portals.length > 0, true);
    }
  });

  it('knows nothing of a machine whose file named no license, and says where it has to go', async () => {
    const device = await TestDevice.create(fixture.server.portal);
    await fixture.send(device, await device.request(undefined));
    const { cases, matches, portals } = await find(deviceNumber(device.id));
    assert.deepEqual([cases, matches], [[], []]);
    assert.match(portals[0] ?? '', /^http:\/\/portal\./);
    assert.deepEqual((await find('')).cases, []);
  });

  it('shows all licenses that one device deals with', async () => {
    const { after } = await wiped();
    const other = await fixture.issue();
    await fixture.send(after, await after.request(parseLicenseKey(other.key)));
    const { cases } = await find(deviceNumber(after.id));
    assert.deepEqual(cases.map(({ device }) => device.state).sort(), ['active', 'refused']);
  });

  it('finds the device of a name or a license key, or says which there are', async () => {
    const { key } = await wiped({ customer: 'Northwind 3000' });
    const several = await find(key.toLowerCase());
    assert.equal(several.cases.length, 0);
    assert.deepEqual(several.matches.map(({ name }) => name).sort(), ['Press 7', 'Press 7 again']);
    assert.deepEqual((await find('northwind 3000')).matches, several.matches);
    const single = await fixture.issue({ holder: 'Only One Ltd' });
    await fixture.activate(single.key);
    for (const q of [single.key, 'only one']) assert.equal((await find(q)).cases[0]?.device.state, 'active');
    assert.deepEqual((await find('nobody of this name')).matches, []);
  });

  it('tells how alike the seats are, and gives one to the device, which its file then takes', async () => {
    const { id, before, after, file } = await wiped();
    const deviceId = toHex(after.id);
    const { items, total } = read(seatListSchema, await fixture.client.get(consolePaths.seats(id, deviceId)));
    assert.equal(total, 1);
    const [seat] = items;
    assert.deepEqual([seat?.name, seat?.likeness, seat?.blocked], ['Press 7', 100, false]);

    const { activationId = '' } = seat ?? {};
    const path = consolePaths.rebind(id, deviceId);
    assert.equal((await fixture.client.post(path, { activationId })).status, 204);
    const given = (await findOne(after)).seatRequest?.given;
    assert.deepEqual(given, { activationId, name: 'Press 7', deviceNumber: deviceNumber(before.id) });

    assert.equal((await fixture.send(after, file)).kind, 'license');
    const found = await findOne(after);
    assert.deepEqual([found.device.state, found.seatRequest], ['active', null]);
    assert.equal((await findOne(before)).device.state, 'replaced');
    const devices = read(deviceListSchema, await fixture.client.get(consolePaths.licenseDevices(id)));
    assert.deepEqual(devices.items.map(({ state }) => state).sort(), ['active', 'replaced']);
    const audit = read(auditListSchema, await fixture.client.get(consolePaths.licenseAudit(id)));
    const rebind = audit.items.find(({ action }) => action === 'activation.rebind');
    assert.deepEqual(rebind?.changed, [deviceNumber(before.id)]);
    assert.equal(rebind?.deviceNumber, deviceNumber(after.id));
  });

  it('takes a given seat back', async () => {
    const { id, after, file } = await wiped();
    const deviceId = toHex(after.id);
    const { items } = read(seatListSchema, await fixture.client.get(consolePaths.seats(id, deviceId)));
    const body = { activationId: items[0]?.activationId ?? '' };
    await fixture.client.post(consolePaths.rebind(id, deviceId), body);
    assert.equal((await fixture.client.post(consolePaths.withdrawRebind(id, deviceId))).status, 204);
    assert.equal((await findOne(after)).seatRequest?.given, null);
    assert.equal((await fixture.send(after, file)).kind, 'refusal');
  });

  it('refuses a seat that is none, and a device that asked for none', async () => {
    const { id, before, after } = await wiped();
    const { client } = fixture;
    const none = await client.post(consolePaths.rebind(id, toHex(after.id)), {
      activationId: '0'.repeat(32),
    });
    assert.equal(none.status, 400);
    assert.match(none.body.toString(), /"field":"activationId","rule":"not-allowed"/);
    const body = { activationId: '0'.repeat(32) };
    assert.equal((await client.post(consolePaths.rebind(id, toHex(before.id)), body)).status, 404);
    assert.equal((await client.post(consolePaths.rebind(id, toHex(after.id)), {})).status, 400);
    assert.equal((await client.get(consolePaths.seats('0'.repeat(32), toHex(after.id)))).status, 404);
  });

  it('says that seats cannot be compared with a device that told nothing of itself', async () => {
    const { id, key } = await wiped();
    const silent = await TestDevice.create(fixture.server.portal);
    await fixture.send(silent, await silent.request(parseLicenseKey(key)));
    const { items } = read(
      seatListSchema,
      await fixture.client.get(consolePaths.seats(id, toHex(silent.id))),
    );
    assert.deepEqual(
      items.map(({ likeness }) => likeness),
      [null],
    );
  });
});
