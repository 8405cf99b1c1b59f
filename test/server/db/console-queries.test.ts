import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { makeRefresh } from '../../../src/issue/administer/devices.ts';
import type { LicenseTerms } from '../../../src/issue/administer/license-terms.ts';
import { setLicenseEnabled } from '../../../src/issue/administer/licenses.ts';
import type { LicenseRecord } from '../../../src/issue/records.ts';
import { periodIndex, periodsBy } from '../../../src/license/consumption/period.ts';
import { listDevices } from '../../../src/server/db/console/device-queries.ts';
import { listExchanges } from '../../../src/server/db/console/exchange-queries.ts';
import {
  type LicenseFilter,
  type LicensePage,
  listLicenses,
  type StandingState,
  standingOf,
} from '../../../src/server/db/console/license-queries.ts';
import { listProducts, overview } from '../../../src/server/db/console/overview-queries.ts';
import { listPeriods, PERIODS_SHOWN } from '../../../src/server/db/console/period-queries.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { START_MS, type TestPortal, testPortal } from '../support/test-portal.ts';

const nowS = START_MS / 1000;
const page: LicensePage = { sort: 'created', order: 'asc', offset: 0, limit: 50, nowS };
const states: readonly StandingState[] = ['active', 'not-started', 'grace', 'expired', 'disabled'];

const various: readonly Partial<LicenseTerms>[] = [
  { customer: 'none of the dates' },
  { customer: 'begun', startsAtS: nowS, expiresAtS: nowS + 1 },
  { customer: 'to begin', startsAtS: nowS + 1 },
  { customer: 'to begin and disabled', startsAtS: nowS + 1, note: 'disable' },
  { customer: 'in grace', expiresAtS: nowS, graceHours: 1 },
  { customer: 'at the end of grace', expiresAtS: nowS - 3600, graceHours: 1 },
  { customer: 'over', expiresAtS: nowS },
];

async function withLicenses(portal: TestPortal): Promise<LicenseRecord[]> {
  const made: LicenseRecord[] = [];
  for (const terms of various) made.push((await portal.issue(terms)).license);
  for (const license of made.filter(({ note }) => note === 'disable')) {
    await portal.administer('a', (records, context) =>
      setLicenseEnabled({ licenseId: license.id, enabled: false }, records, context),
    );
  }
  return made;
}

test('listPeriods() gives the newest of each counter and reset, and nothing past the ranges', async t => {
  const portal = await testPortal(t);
  const { license } = await portal.issue();
  const [today, year] = [periodIndex('daily', nowS), periodIndex('annually', nowS)];
  const days = Array.from({ length: 70 }, (_, ago) => today - ago);
  const add = (counter: string, indexes: readonly number[]) =>
    portal.database.db
      .insertInto('license_period')
      .values(
        indexes.map(period => ({ license_id: license.id, counter, period, used: period, given_back: 0 })),
      )
      .execute();
  await add('', [year, year - 1, 2 ** 40]);
  await add('pages', days);
  const found = await listPeriods(portal.database.db, license.id, periodsBy(nowS, 0));
  const of = (code: string) => found.filter(({ counter }) => counter === code).map(({ index }) => index);
  assert.deepEqual(of('').toSorted(), [year - 1, year]);
  assert.deepEqual(of('pages').toSorted(), days.slice(0, PERIODS_SHOWN).toSorted());
});

suite('listLicenses()', () => {
  test('finds by state exactly those that stand so', async t => {
    const portal = await testPortal(t);
    await withLicenses(portal);
    const all = await listLicenses(portal.database.db, {}, page);
    assert.equal(all.total, various.length);
    for (const state of states) {
      const { items, total } = await listLicenses(portal.database.db, { state }, page);
      const expected = all.items.filter(license => standingOf(license, nowS) === state);
      const names = (list: readonly LicenseRecord[]) => list.map(({ customer }) => customer).sort();
      assert.deepEqual(names(items), names(expected), state);
      assert.equal(total, expected.length);
      assert(total > 0, state);
    }
  });

  test('finds text in customer, holder and note, and takes no character for a pattern', async t => {
    const portal = await testPortal(t);
    await portal.issue({ customer: 'Shipyard', holder: '', note: '' });
    await portal.issue({ customer: '', holder: '100 % sure', note: '' });
    await portal.issue({ customer: '', holder: '', note: 'back\\slash_' });
    const find = async (text: string) => (await listLicenses(portal.database.db, { text }, page)).total;
    const cases = [
      ['sHIPy', 1],
      ['%', 1],
      ['_', 1],
      ['\\', 1],
      ['100 % s', 1],
      ['x', 0],
      ['', 3],
    ] as const;
    for (const [text, count] of cases) assert.equal(await find(text), count, text);
  });

  test('finds names and values of fields, and nothing of how they are kept', async t => {
    const portal = await testPortal(t);
    await portal.issue({ customFields: { Site: 'Hall "4"\\2' }, metadata: {} });
    await portal.issue({ customFields: {}, metadata: { Contract: 'a: {1, ü}', Rest: '' } });
    await portal.issue();
    const find = async (text: string) => (await listLicenses(portal.database.db, { text }, page)).total;
    const cases = [
      ['site', 1],
      ['hall "4"\\2', 1],
      ['"', 1],
      [':', 1],
      ['{', 1],
      ['}', 1],
      ['a: {1, ü', 1],
      ['\\"', 0],
      ['","', 0],
      ['"}', 0],
      ['{}', 0],
    ] as const;
    for (const [text, count] of cases) assert.equal(await find(text), count, text);
  });

  test('finds by key, id and product', async t => {
    const portal = await testPortal(t);
    const [first] = await withLicenses(portal);
    assert(first?.keyLookup);
    const filters: [LicenseFilter, number][] = [
      [{ keyLookup: first.keyLookup }, 1],
      [{ id: first.id }, 1],
      [{ product: first.product }, various.length],
      [{ product: 'cutter' }, 0],
      [{ id: first.id, state: 'expired' }, 0],
    ];
    for (const [filter, total] of filters) {
      assert.equal((await listLicenses(portal.database.db, filter, page)).total, total);
    }
  });

  test('gives pages in order, without gap or repetition', async t => {
    const portal = await testPortal(t);
    await withLicenses(portal);
    const seen: string[] = [];
    for (const offset of [0, 3, 6]) {
      const { items } = await listLicenses(
        portal.database.db,
        {},
        { ...page, sort: 'customer', offset, limit: 3 },
      );
      seen.push(...items.map(({ customer }) => customer));
    }
    assert.deepEqual(seen, various.map(({ customer }) => customer ?? '').sort());
  });
});

test('listDevices() and listExchanges() show activations with their files, newest first', async t => {
  const portal = await testPortal(t);
  const { license, key } = await portal.issue({ limits: { maximum: 9, overageMaximum: 0 } });
  const [crane, lathe] = [await TestDevice.create(portal), await TestDevice.create(portal)];
  await trip(portal, crane, await crane.request(key, { deviceName: 'crane', platform: 'Linux' }));
  portal.wait(1);
  await trip(portal, lathe, await lathe.request(key));
  crane.consume(2);
  portal.wait(1);
  await trip(portal, crane, await crane.deactivate());
  portal.wait(1);
  await trip(portal, lathe, await lathe.request(key, { deviceName: 'lathe' }));
  portal.wait(1);
  const activationId = lathe.license?.claims.activationId;
  assert(activationId);
  await portal.administer('a', (records, context) => makeRefresh(activationId, records, context));

  const devices = await listDevices(portal.database.db, license.id);
  assert.deepEqual(
    devices.map(({ device, activation, totals, files }) => ({
      name: device.name,
      ended: activation?.endReason,
      used: totals.map(total => total.used),
      files: files.map(({ kind, code }) => code ?? kind),
    })),
    [
      { name: 'lathe', ended: null, used: [], files: ['refresh', 'activation-request', 'NO_SEATS_LEFT'] },
      { name: 'crane', ended: 'deactivated', used: [2], files: ['deactivation', 'activation-request'] },
    ],
  );
  const exchanges = await listExchanges(portal.database.db, license.id);
  assert.deepEqual(
    exchanges.map(({ deviceName, revision }) => [deviceName, revision !== null]),
    [
      ['lathe', true],
      ['lathe', true],
      ['crane', false],
      ['lathe', false],
      ['crane', true],
    ],
  );
});

test('overview() and listProducts() count', async t => {
  const portal = await testPortal(t);
  await withLicenses(portal);
  const { key } = await portal.issue();
  const [one, two] = [await TestDevice.create(portal), await TestDevice.create(portal)];
  await trip(portal, one, await one.request(key));
  await trip(portal, two, await two.request(key));
  assert.deepEqual(await overview(portal.database.db, nowS), {
    products: 1,
    licenses: { total: 8, active: 4, disabled: 1, expired: 2, expiringSoon: 2 },
    devices: { active: 1, blocked: 0, forked: 0 },
    exchanges: { total: 2, refused: 1 },
  });
  const [product] = await listProducts(portal.database.db);
  assert.deepEqual([product?.licenseCount, product?.features.length], [8, 3]);
});
