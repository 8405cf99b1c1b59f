import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sql } from 'kysely';
import { toHex } from '../../../src/bytes/hex.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import { decodeContainer } from '../../../src/format/container.ts';
import { releaseSeat, setDeviceBlocked } from '../../../src/issue/administer/devices.ts';
import { createBundledLicense } from '../../../src/issue/administer/license-bundle.ts';
import type { LicenseTerms } from '../../../src/issue/administer/license-terms.ts';
import { setLicenseEnabled } from '../../../src/issue/administer/licenses.ts';
import { createProduct } from '../../../src/issue/administer/products.ts';
import { assignUser } from '../../../src/issue/administer/users.ts';
import { listDevices } from '../../../src/server/db/console/device-queries.ts';
import { listExchanges } from '../../../src/server/db/console/exchange-queries.ts';
import { exchangesByLicense } from '../../../src/server/db/migrations/0019-exchanges-by-license.ts';
import { eraseFingerprints } from '../../../src/server/db/retention.ts';
import type { VerifiedLicense } from '../../../src/verify/license.ts';
import { issueBundle, type LicenseBundle } from '../support/license-bundle.ts';
import { TestDevice } from '../support/test-device.ts';
import { features, START_MS, type TestPortal, terms, testPortal } from '../support/test-portal.ts';

type Product = keyof LicenseBundle['licenses'];
type Given = Partial<Record<Product, Partial<LicenseTerms>>>;

const past = { expiresAtS: START_MS / 1000 - 1 };

/**
 * Each line is one key with three products, and a device that asks by it. `others`: another device that had asked before.
 * `gets` are the products that the answer licenses, or the refusal; `kept` is what each license's page says afterwards.
 */
const cases: {
  name: string;
  given?: Given;
  disabled?: readonly Product[];
  others?: boolean;
  product?: string;
  blocked?: boolean;
  gets: readonly string[] | { refused: string; product?: string };
  kept: Partial<Record<Product, string | null>>;
}[] = [
  {
    name: 'a request that names no product gets all',
    gets: ['cutter', 'plotter', 'viewer'],
    kept: { plotter: null, viewer: null, cutter: null },
  },
  {
    name: 'a request that names a product gets the license of that one, and takes no other seat',
    product: 'viewer',
    gets: ['viewer'],
    kept: { viewer: null },
  },
  {
    name: 'a product that is not under the key is a mismatch with the license of the key',
    product: 'welder',
    gets: { refused: 'PRODUCT_MISMATCH' },
    kept: { plotter: 'PRODUCT_MISMATCH' },
  },
  {
    name: 'one that has ended is left out',
    given: { cutter: past },
    gets: ['plotter', 'viewer'],
    kept: { plotter: null, viewer: null, cutter: 'LICENSE_EXPIRED' },
  },
  {
    name: 'the one that has the key is left out like any other: the key goes on',
    disabled: ['plotter'],
    gets: ['cutter', 'viewer'],
    kept: { plotter: 'LICENSE_DISABLED', viewer: null, cutter: null },
  },
  {
    name: 'when all have come to their end, the refusal is that of the license of the key',
    given: { viewer: past, cutter: past },
    disabled: ['plotter'],
    gets: { refused: 'LICENSE_DISABLED', product: 'Plotter' },
    kept: { plotter: 'LICENSE_DISABLED', viewer: 'LICENSE_EXPIRED', cutter: 'LICENSE_EXPIRED' },
  },
  {
    name: 'one without a seat refuses all, says which product, and nothing is half granted',
    given: { plotter: { maxActivations: 5 }, cutter: { maxActivations: 5 } },
    others: true,
    gets: { refused: 'NO_SEATS_LEFT', product: 'Plot Viewer' },
    kept: { plotter: 'BUNDLED_LICENSE_REFUSED', viewer: 'NO_SEATS_LEFT', cutter: 'BUNDLED_LICENSE_REFUSED' },
  },
  {
    name: 'one without a seat does not stand in the way of another that the request names',
    given: { plotter: { maxActivations: 5 } },
    others: true,
    product: 'plotter',
    gets: ['plotter'],
    kept: { plotter: null },
  },
  {
    name: 'one that has to be activated online refuses a file that names all',
    given: { viewer: { allowOffline: false } },
    gets: { refused: 'OFFLINE_NOT_ALLOWED', product: 'Plot Viewer' },
    kept: {
      plotter: 'BUNDLED_LICENSE_REFUSED',
      viewer: 'OFFLINE_NOT_ALLOWED',
      cutter: 'BUNDLED_LICENSE_REFUSED',
    },
  },
  {
    name: 'one that would be refused for another reason too is left out once it is disabled',
    given: { viewer: { allowOffline: false } },
    disabled: ['viewer'],
    gets: ['cutter', 'plotter'],
    kept: { plotter: null, viewer: 'LICENSE_DISABLED', cutter: null },
  },
  {
    name: 'a blocked device is refused for all',
    blocked: true,
    gets: { refused: 'DEVICE_BLOCKED', product: 'Plotter' },
    kept: { plotter: 'DEVICE_BLOCKED', viewer: 'DEVICE_BLOCKED', cutter: 'DEVICE_BLOCKED' },
  },
];

suite('a request by the key of a license bundle', () => {
  for (const { name, given, disabled = [], others, product, blocked, gets, kept } of cases) {
    test(name, async t => {
      const portal = await testPortal(t);
      const { key, licenses } = await issueBundle(portal, given);
      if (others) await ask(portal, await TestDevice.create(portal), key);
      for (const each of disabled) await enable(portal, licenses[each], false);
      const device = await TestDevice.create(portal);
      if (blocked) await blockAfterRefusal(portal, device, key);
      const seats = await seatsOf(portal, licenses);
      const answer = await ask(portal, device, key, product);
      const isRefused = answer.kind === 'refusal';
      if ('refused' in gets) {
        assert(isRefused);
        const { code, data = {} } = answer.refusal.claims;
        assert.deepEqual({ code, product: data.product }, { code: gets.refused, product: gets.product });
      } else {
        assert(answer.kind === 'license');
        assert.deepEqual(productsOf(answer.licenses), gets);
      }
      const granted = Object.entries(kept).flatMap(([each, code]) => (code === null ? each : []));
      const taken = Object.entries(seats).map(([each, n]) => [each, n + (granted.includes(each) ? 1 : 0)]);
      assert.deepEqual(await seatsOf(portal, licenses), Object.fromEntries(taken));
      for (const [each, license] of Object.entries(licenses)) {
        const lines = await listExchanges(portal.database.db, license.id);
        const own = lines.filter(({ deviceId }) => toHex(deviceId) === toHex(device.id));
        const expected = Object.entries(kept).flatMap(([of, code]) => (of === each ? [code] : []));
        const before = blocked && each === 'plotter' ? ['PRODUCT_MISMATCH'] : [];
        assert.deepEqual(
          own.map(({ code }) => code),
          [...expected, ...before],
          each,
        );
      }
    });
  }

  test('has one answer, whose licenses name it and lie in the order of their ids', async t => {
    const portal = await testPortal(t);
    const { key } = await issueBundle(portal);
    const device = await TestDevice.create(portal);
    const file = await device.request(key, {});
    const { container, isRepeated } = await portal.exchange(file);
    const again = await portal.exchange(file);
    assert.deepEqual([isRepeated, again.isRepeated], [false, true]);
    assert.deepEqual(again.container, container);
    const answer = await device.load(container);
    assert(answer.kind === 'license');
    const claims = answer.licenses.map(license => license.claims);
    assert.deepEqual(
      claims.map(({ licenseId }) => toHex(licenseId)),
      claims.map(({ licenseId }) => toHex(licenseId)).sort(),
    );
    assert.equal(new Set(claims.map(({ requestId = new Uint8Array() }) => toHex(requestId))).size, 1);
    assert.equal(new Set(claims.map(({ activationId }) => toHex(activationId))).size, 3);
    assert.deepEqual(claims.map(({ productName }) => productName).sort(), [
      'Plot Cutter',
      'Plot Viewer',
      'Plotter',
    ]);
    assert.equal(decodeContainer(container).length, 3, 'and nothing that the device has already');
  });

  test('is granted by the same file once a seat is free', async t => {
    const portal = await testPortal(t);
    const { key, licenses } = await issueBundle(portal, {
      plotter: { maxActivations: 5 },
      cutter: { maxActivations: 5 },
    });
    const [first, second] = [await TestDevice.create(portal), await TestDevice.create(portal)];
    await ask(portal, first, key);
    const file = await second.request(key, {});
    assert.equal((await portal.exchange(file)).code, 'NO_SEATS_LEFT');
    await portal.administer('owner@example', async (records, context) => {
      const held = await records.findActiveActivation(licenses.viewer.id, first.id);
      assert(held);
      await releaseSeat(held.id, records, context);
    });
    assert.equal((await portal.exchange(file)).code, null);
    assert.deepEqual(await seatsOf(portal, licenses), { plotter: 2, viewer: 1, cutter: 2 });
    for (const license of Object.values(licenses)) {
      const lines = await listExchanges(portal.database.db, license.id);
      assert.deepEqual(
        lines.map(({ code }) => code),
        [null, null],
      );
    }
  });

  test('is granted anew what was left out, by a new request; the same file keeps its answer', async t => {
    const portal = await testPortal(t);
    const { key, licenses } = await issueBundle(portal);
    await enable(portal, licenses.viewer, false);
    const device = await TestDevice.create(portal);
    const file = await device.request(key, {});
    const { container } = await portal.exchange(file);
    await enable(portal, licenses.viewer, true);
    assert.deepEqual((await portal.exchange(file)).container, container);
    const answer = await ask(portal, device, key);
    assert(answer.kind === 'license');
    assert.deepEqual(productsOf(answer.licenses), ['cutter', 'plotter', 'viewer']);
    assert.deepEqual(await seatsOf(portal, licenses), { plotter: 1, viewer: 1, cutter: 1 });
  });

  test('shows the device at each license, and afterwards each goes its own way', async t => {
    const portal = await testPortal(t);
    const { key, licenses } = await issueBundle(portal);
    const device = await TestDevice.create(portal);
    const answer = await ask(portal, device, key);
    assert(answer.kind === 'license');
    for (const license of Object.values(licenses)) {
      const [listed] = await listDevices(portal.database.db, license.id);
      assert.equal(listed?.activation?.endReason, null);
      assert.deepEqual(
        listed?.files.map(({ kind }) => kind),
        ['activation-request'],
      );
    }
    const viewer = answer.licenses.find(({ claims }) => claims.product === 'viewer');
    assert(viewer);
    device.use(viewer);
    const receipt = await device.load((await portal.exchange(await device.deactivate())).container);
    assert.equal(receipt.kind, 'receipt');
    assert.deepEqual(await seatsOf(portal, licenses), { plotter: 1, viewer: 0, cutter: 1 });
    const other = await TestDevice.create(portal);
    const own = await ask(portal, other, key, 'viewer');
    assert.equal(own.kind, 'license');
    assert.equal((await ask(portal, other, key)).kind, 'refusal');
    assert.deepEqual(await seatsOf(portal, licenses), { plotter: 1, viewer: 1, cutter: 1 });
  });

  test('states what one of them counted, and that is counted at that one alone', async t => {
    const portal = await testPortal(t);
    const pages = [{ code: 'pages', expiresAtS: null, limits: { maximum: 9, overageMaximum: 0 } }];
    const { key, licenses } = await issueBundle(portal, { viewer: { features: pages } });
    const device = await TestDevice.create(portal);
    const first = await ask(portal, device, key);
    assert(first.kind === 'license');
    const viewer = first.licenses.find(({ claims }) => claims.product === 'viewer');
    assert(viewer);
    device.use(viewer);
    device.consume(4, 'pages');
    const file = await device.request(key, device.holding());
    const { container } = await portal.exchange(file);
    const { consumption } = device;
    const answer = await device.load(container);
    assert(answer.kind === 'license');
    const acknowledged = answer.licenses.map(({ claims }) => [claims.product, claims.acknowledged?.sequence]);
    assert.deepEqual(Object.fromEntries(acknowledged), { plotter: undefined, viewer: 1, cutter: undefined });
    assert.equal(consumption?.sequence, 1);
    const counted = await portal.administer('system', records => records.findFeatures(licenses.viewer.id));
    assert.equal(counted[0]?.meter.used, 4);
  });

  test('is refused to a copy for all licenses, which counts as one number of the device', async t => {
    const portal = await testPortal(t);
    const { key, licenses } = await issueBundle(portal);
    const device = await TestDevice.create(portal);
    await ask(portal, device, key);
    const copy = device.copyProfile();
    await ask(portal, device, key);
    const refused = await ask(portal, copy, key);
    assert(refused.kind === 'refusal');
    assert.equal(refused.refusal.claims.code, 'DEVICE_COPIED');
    const rows = await portal.database.db
      .selectFrom('exchange')
      .select('code')
      .where('code', 'is not', null)
      .execute();
    assert.deepEqual(
      rows.map(({ code }) => code),
      ['DEVICE_COPIED', 'DEVICE_COPIED', 'DEVICE_COPIED'],
    );
    assert.equal((await ask(portal, device, key)).kind, 'license');
    assert.deepEqual(await seatsOf(portal, licenses), { plotter: 1, viewer: 1, cutter: 1 });
  });

  test('gets the license as it stands now in the place of one that was erased, and the others as they were', async t => {
    const portal = await testPortal(t);
    const { key } = await issueBundle(portal);
    const device = await TestDevice.create(portal);
    const file = await device.request(key, { signals: { processors: '8' } });
    const { container } = await portal.exchange(file);
    const answer = await device.load(container);
    assert(answer.kind === 'license');
    const viewer = answer.licenses.find(({ claims }) => claims.product === 'viewer');
    assert(viewer);
    device.use(viewer);
    await portal.exchange(await device.deactivate());
    portal.wait(86_400);
    assert.equal(await eraseFingerprints(portal.database, START_MS / 1000 + 86_400), 1);
    const again = await device.load((await portal.exchange(file)).container);
    assert(again.kind === 'license');
    const states = again.licenses.map(({ claims }) => [claims.product, claims.licenseState]);
    assert.deepEqual(Object.fromEntries(states), { plotter: undefined, cutter: undefined, viewer: 'ended' });
    const files = (licenses: readonly VerifiedLicense[]) =>
      licenses.filter(({ claims }) => claims.product !== 'viewer').map(license => toHex(license.file));
    assert.deepEqual(files(again.licenses), files(answer.licenses));
  });
});

test('exchanges from before keep their rows, and the table its indexes', async t => {
  const portal = await testPortal(t);
  const { db } = portal.database;
  await sql`alter table exchange add column of_a_test integer`.execute(db);
  const { key, license } = await portal.issue({ maxActivations: 3 });
  const device = await TestDevice.create(portal);
  const file = await device.request(key, {});
  const { container } = await portal.exchange(file);
  const tables = async () => {
    const all = await db.introspection.getTables();
    return all
      .filter(({ name }) => name.endsWith('exchange'))
      .map(({ name, columns }) => [name, columns.length]);
  };
  const createIndex = sql`create index exchange_of_a_test on exchange (code)`;
  await createIndex.execute(db);
  const before = await tables();
  await exchangesByLicense.up(db);
  assert.deepEqual(await tables(), before);
  await assert.rejects(createIndex.execute(db), /already exists/);
  assert.deepEqual((await portal.exchange(file)).container, container);
  assert.equal((await listExchanges(db, license.id)).length, 1);
});

suite('createBundledLicense()', () => {
  const fixed = { product: 'viewer', type: 'perpetual', trial: false, terms } as const;

  test('takes one license of each product, under a license that has a key of its own', async t => {
    const portal = await testPortal(t);
    const { licenses } = await issueBundle(portal);
    const { license: forUsers } = await portal.issueForUsers(['anna']);
    const issue = (changes: object) =>
      portal.administer('owner@example', (records, context) =>
        createBundledLicense({ ...fixed, bundledWith: licenses.plotter.id, ...changes }, records, context),
      );
    for (const [changes, data] of [
      [{}, { field: 'product', rule: 'repeated' }],
      [{ product: 'plotter' }, { field: 'product', rule: 'repeated' }],
      [{ bundledWith: licenses.viewer.id }, { field: 'bundledWith', rule: 'not-allowed' }],
      [{ bundledWith: forUsers.id }, { field: 'bundledWith', rule: 'not-allowed' }],
      [
        { product: 'new', terms: { ...terms, maxUsers: 3 } },
        { field: 'terms.maxUsers', rule: 'not-allowed' },
      ],
    ] as const) {
      await assert.rejects(issue(changes), { data });
    }
    await assert.rejects(issue({ bundledWith: new Uint8Array(16) }), { code: 'NOT_FOUND' });
    await assert.rejects(issue({ product: 'unknown' }), { code: 'NOT_FOUND' });
  });

  test('takes at most 16 under one key', async t => {
    const portal = await testPortal(t);
    const { licenses } = await issueBundle(portal);
    const issue = (place: number) =>
      portal.administer('owner@example', async (records, context) => {
        const code = `further-${place}`;
        await createProduct({ code, name: code, features }, records, context);
        const bundledWith = licenses.plotter.id;
        return createBundledLicense({ ...fixed, product: code, bundledWith }, records, context);
      });
    for (let place = 3; place < 16; place += 1) await issue(place);
    await assert.rejects(issue(16), { data: { field: 'bundledWith', rule: 'over-limit' } });
  });

  test('has no users, and tells of itself at both licenses', async t => {
    const portal = await testPortal(t);
    const { licenses } = await issueBundle(portal);
    const userId = await portal.user('anna');
    await assert.rejects(
      portal.administer('owner@example', (records, context) =>
        assignUser({ license: licenses.viewer, userId }, records, context),
      ),
      (error: unknown) => error instanceof LatchkeyError && error.code === 'FIELD_REFUSED',
    );
    const rows = await portal.database.db
      .selectFrom('audit')
      .select(['action', 'license_id', 'product'])
      .where('action', 'in', ['license.create', 'license.bundle'])
      .orderBy('sequence')
      .execute();
    const [ofKey, ofMember] = [toHex(licenses.plotter.id), toHex(licenses.viewer.id)];
    assert.deepEqual(
      rows.slice(0, 3).map(({ action, license_id }) => [action, license_id && toHex(license_id)]),
      [
        ['license.create', ofKey],
        ['license.create', ofMember],
        ['license.bundle', ofKey],
      ],
    );
    assert.equal(rows[2]?.product, 'viewer');
  });
});

async function ask(portal: TestPortal, device: TestDevice, key: LicenseBundle['key'], product?: string) {
  const { container } = await portal.exchange(await device.request(key, { product }));
  return device.load(container);
}

function productsOf(licenses: readonly VerifiedLicense[]): string[] {
  return licenses.map(({ claims }) => claims.product).sort();
}

async function seatsOf(
  portal: TestPortal,
  licenses: LicenseBundle['licenses'],
): Promise<Record<string, number>> {
  const seats: [string, number][] = [];
  for (const [product, { id }] of Object.entries(licenses)) {
    seats.push([product, (await portal.license(id)).seatsTaken]);
  }
  return Object.fromEntries(seats);
}

async function enable(
  portal: TestPortal,
  { id: licenseId }: LicenseBundle['licenses']['plotter'],
  enabled: boolean,
): Promise<void> {
  await portal.administer('owner@example', async (records, context) => {
    await setLicenseEnabled({ licenseId, enabled }, records, context);
  });
}

/** A device is known once it named a license. */
async function blockAfterRefusal(
  portal: TestPortal,
  device: TestDevice,
  key: LicenseBundle['key'],
): Promise<void> {
  await ask(portal, device, key, 'welder');
  await portal.administer('owner@example', async (records, context) => {
    await setDeviceBlocked({ deviceId: device.id, blocked: true }, records, context);
  });
}
