import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { deviceSearchSchema, knownDeviceSchema } from '../../../src/api/devices.ts';
import { exchangePageSchema } from '../../../src/api/exchanges.ts';
import { consolePaths, publicPaths } from '../../../src/api/paths.ts';
import { toHex } from '../../../src/bytes/hex.ts';
import { parseLicenseKey } from '../../../src/license/license-key.ts';
import { type ConsoleFixture, consoleFixture, read } from '../support/console-fixture.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import { TestDevice } from '../support/test-device.ts';

const cleanup = suiteCleanup();
let fixture: ConsoleFixture;

before(async () => {
  fixture = await consoleFixture(cleanup);
});

/** A license whose only seat is taken, and a device that was refused it. */
async function withRefused() {
  const { server, issue, activate, send } = fixture;
  const { id, key } = await issue({ customer: 'Acme' });
  const granted = await activate(key);
  const refused = await TestDevice.create(server.portal);
  const request = await refused.request(parseLicenseKey(key), { deviceName: 'Press 12' });
  assert.equal((await send(refused, request)).kind, 'refusal');
  return { id, key, granted, refused, request };
}

async function exchanges(query: string) {
  const answer = await fixture.client.get(`${consolePaths.exchanges}?${query}`);
  return read(exchangePageSchema, answer);
}

describe('files of all licenses', () => {
  it('are told with reason and license, and give their bytes again', async () => {
    const { id, refused, request } = await withRefused();
    const { items } = await exchanges(`device=${toHex(refused.id)}`);
    assert.equal(items.length, 1);
    const [file] = items;
    assert(file);
    assert.deepEqual([file.decision, file.code, file.deviceName], ['refusal', 'NO_SEATS_LEFT', 'Press 12']);
    assert.deepEqual(file.license, { id, customer: 'Acme', holder: '' });

    const { server, client } = fixture;
    const received = await client.get(consolePaths.receivedFile(file.deviceId, file.id, file.license.id));
    assert.deepEqual(new Uint8Array(received.body), request);
    const answer = await client.get(consolePaths.answerFile(file.deviceId, file.id, file.license.id));
    const again = await server.call('portal', publicPaths.exchange, { method: 'POST', body: request });
    assert(toHex(new Uint8Array(again.body)).length > 0);
    assert.equal((await refused.load(new Uint8Array(answer.body))).kind, 'refusal');
  });

  it('are found by the number that people read aloud, by day and by code, page by page', async () => {
    const { refused } = await withRefused();
    const [file] = (await exchanges(`device=${toHex(refused.id)}`)).items;
    assert(file);
    const number = encodeURIComponent(file.deviceNumber);
    const day = new Date(file.at * 1000).toISOString().slice(0, 10);
    for (const query of [
      `device=${number}`,
      `device=${number}&day=${day}`,
      `device=${number}&code=NO_SEATS_LEFT`,
    ]) {
      assert.deepEqual(
        (await exchanges(query)).items.map(({ id }) => id),
        [file.id],
      );
    }
    for (const query of [`device=${number}&day=2001-01-01`, 'device=12', `device=${number}&kind=refresh`]) {
      assert.deepEqual((await exchanges(query)).items, []);
    }
    const first = await exchanges('pageSize=1');
    const second = await exchanges(`pageSize=1&after=${first.next}`);
    assert.notEqual(second.items[0]?.id, first.items[0]?.id);
  });

  it('are not there under other ids, and a day that is none is refused', async () => {
    const path = consolePaths.receivedFile('0'.repeat(64), '0'.repeat(32), '0'.repeat(32));
    assert.equal((await fixture.client.get(path)).status, 404);
    const answer = await fixture.client.get(`${consolePaths.exchanges}?day=2026-13-45`);
    assert.deepEqual([answer.status, answer.json().data.field], [400, 'day']);
  });

  it('give no bytes to who is not signed in', async () => {
    const { refused } = await withRefused();
    const [file] = (await exchanges(`device=${toHex(refused.id)}`)).items;
    assert(file);
    const path = consolePaths.receivedFile(file.deviceId, file.id, file.license.id);
    assert.equal((await fixture.server.call('console', path)).status, 401);
  });
});

describe('all devices', () => {
  const find = async (q: string, rest = '') => {
    const answer = await fixture.client.get(`${consolePaths.devices}?q=${encodeURIComponent(q)}${rest}`);
    return read(deviceSearchSchema, answer).items.map(({ id }) => id);
  };

  it('are found by number, name, customer, license and key, and by state', async () => {
    const { id, key, granted, refused } = await withRefused();
    const [file] = (await exchanges(`device=${toHex(refused.id)}`)).items;
    const number = file?.deviceNumber ?? '';
    for (const q of [number, number.replaceAll(' ', ''), number.replaceAll(' ', '-')]) {
      assert.deepEqual(await find(q), [toHex(refused.id)], q);
    }
    for (const q of [key, key.toLowerCase(), id]) {
      assert.deepEqual((await find(q)).toSorted(), [toHex(granted.id), toHex(refused.id)].toSorted(), q);
    }
    assert.deepEqual(await find(key, '&state=refused'), [toHex(refused.id)]);
    assert((await find('press 12')).includes(toHex(refused.id)));
    assert((await find('acme')).includes(toHex(granted.id)));
    assert.deepEqual(await find('nobody has this'), []);
  });

  it('have a page each, with what they hold and what they were refused', async () => {
    const { id, key, granted, refused } = await withRefused();
    const { client } = fixture;
    const one = read(knownDeviceSchema, await client.get(consolePaths.device(toHex(refused.id))));
    assert.deepEqual(
      one.licenses.map(({ license, device }) => [license.id, license.productName, device.state]),
      [[id, 'Plotter', 'refused']],
    );
    const other = read(knownDeviceSchema, await client.get(consolePaths.device(toHex(granted.id))));
    assert.deepEqual(
      other.licenses.map(({ device }) => [device.state, device.activationId !== null]),
      [['active', true]],
    );
    await fixture.send(granted, await granted.deactivate());
    await fixture.send(refused, await refused.request(parseLicenseKey(key)));
    const after = read(knownDeviceSchema, await client.get(consolePaths.device(toHex(refused.id))));
    assert.deepEqual(
      after.licenses.map(({ device }) => device.state),
      ['active'],
    );
    assert.equal((await client.get(consolePaths.device('0'.repeat(64)))).status, 404);
  });
});
