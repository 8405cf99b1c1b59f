import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setDeviceBlocked } from '../../../src/issue/administer/devices.ts';
import {
  type DeviceFilter,
  type DevicePage,
  searchDevices,
} from '../../../src/server/db/console/device-search.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { testPortal } from '../support/test-portal.ts';

const page: DevicePage = { sort: 'name', order: 'asc', offset: 0, limit: 50 };

/** Four devices of two customers: with a seat and blocked, given up, refused, and copied. */
async function portalWithDevices(t: Parameters<typeof testPortal>[0]) {
  const portal = await testPortal(t);
  const yard = await portal.issue({ customer: 'Shipyard', maxActivations: 1 });
  const mill = await portal.issue({ customer: '', holder: 'Paper mill', maxActivations: 2 });
  const names = ['crane', 'lathe', 'press', 'saw'] as const;
  const devices = new Map<string, TestDevice>();
  for (const name of names) devices.set(name, await TestDevice.create(portal));
  const of = (name: (typeof names)[number]) => {
    const device = devices.get(name);
    assert(device);
    return device;
  };
  const ask = async (name: (typeof names)[number], { key }: typeof yard, platform = 'Linux') => {
    portal.wait(1);
    await trip(portal, of(name), await of(name).request(key, { deviceName: name, platform }));
  };
  await ask('lathe', yard, 'Windows');
  await trip(portal, of('lathe'), await of('lathe').deactivate());
  await ask('crane', yard);
  await ask('press', yard);
  await ask('saw', mill);
  const copy = of('saw').copyProfile();
  await ask('saw', mill);
  await trip(portal, copy, await copy.request(mill.key));
  await portal.administer('a', (records, context) =>
    setDeviceBlocked({ deviceId: of('crane').id, blocked: true }, records, context),
  );
  return { portal, of, yard: yard.license, mill: mill.license };
}

suite('searchDevices()', () => {
  test('tells how each device stands and for which licenses', async t => {
    const { portal } = await portalWithDevices(t);
    const { items, total, isCut } = await searchDevices(portal.database.db, {}, page);
    assert.deepEqual(
      items.map(({ name, state, blocked, copiedAtS, licenses }) => {
        const customers = licenses.map(({ customer, holder }) => customer || holder).join();
        return [name, state, blocked, copiedAtS !== null, customers];
      }),
      [
        ['crane', 'active', true, false, 'Shipyard'],
        ['lathe', 'no-seat', false, false, 'Shipyard'],
        ['press', 'refused', false, false, 'Shipyard'],
        ['saw', 'active', false, true, 'Paper mill'],
      ],
    );
    assert.deepEqual([total, isCut], [4, false]);
  });

  test('finds by state, text, customer, license and number', async t => {
    const { portal, of, yard, mill } = await portalWithDevices(t);
    const { db } = portal.database;
    const found = async (filter: DeviceFilter) =>
      (await searchDevices(db, filter, page)).items.map(({ name }) => name);
    const cases: [DeviceFilter, string[]][] = [
      [{ state: 'active' }, ['crane', 'saw']],
      [{ state: 'no-seat' }, ['lathe']],
      [{ state: 'refused' }, ['press']],
      [{ state: 'blocked' }, ['crane']],
      [{ state: 'copied' }, ['saw']],
      [{ text: 'RAN' }, ['crane']],
      [{ text: '%' }, []],
      [{ text: 'windows' }, ['lathe']],
      [{ text: 'shipyard' }, ['crane', 'lathe', 'press']],
      [{ text: 'paper' }, ['saw']],
      [{ license: { id: yard.id } }, ['crane', 'lathe', 'press']],
      [{ license: { id: yard.id }, state: 'refused' }, ['press']],
      [{ license: { keyLookup: mill.keyLookup ?? new Uint8Array(8) } }, ['saw']],
    ];
    for (const [filter, names] of cases) {
      assert.deepEqual(await found(filter), names, `${filter.state ?? ''} ${filter.text ?? ''}`);
    }
    const device = await portal.administer('a', records => records.findDevice(of('crane').id));
    assert.deepEqual(await found({ number: device?.number }), ['crane']);
    assert.deepEqual(await found({ number: '0000 0000 0000' }), []);
  });

  test('gives pages in order, the ones seen last first', async t => {
    const { portal } = await portalWithDevices(t);
    const { db } = portal.database;
    const seen = { ...page, sort: 'seen', order: 'desc', limit: 1 } as const;
    const names: string[] = [];
    for (const offset of [0, 1, 2, 3]) {
      const { items } = await searchDevices(db, {}, { ...seen, offset });
      names.push(...items.map(({ name }) => name));
    }
    assert.deepEqual(names, ['saw', 'press', 'crane', 'lathe']);
  });

  test('looks at no more than those seen last, but finds any by license and number', async t => {
    const { portal, yard } = await portalWithDevices(t);
    const { db } = portal.database;
    const few = { ...page, most: 2 };
    const all = await searchDevices(db, {}, few);
    assert.deepEqual([all.items.map(({ name }) => name), all.total, all.isCut], [['press', 'saw'], 2, true]);
    const ofLicense = await searchDevices(db, { license: { id: yard.id } }, few);
    assert.deepEqual([ofLicense.total, ofLicense.isCut], [3, false]);
  });
});
