import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { LatchkeyError } from '../../../src/errors.ts';
import type { LicenseType } from '../../../src/format/license.ts';
import {
  makeRefresh,
  releaseSeat,
  setDeviceBlocked,
  settleCopies,
} from '../../../src/issue/administer/devices.ts';
import type { LicenseTerms } from '../../../src/issue/administer/license-terms.ts';
import { createLicense, editLicense, setLicenseEnabled } from '../../../src/issue/administer/licenses.ts';
import { createProduct, editProduct } from '../../../src/issue/administer/products.ts';
import { listAudit } from '../../../src/server/db/console/audit-queries.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { features, PRODUCT, type TestPortal, terms, testPortal } from '../support/test-portal.ts';

const actor = 'owner@example';

function refusesWith(code: string, data: object = {}) {
  return (error: unknown) => {
    assert(error instanceof LatchkeyError);
    assert.deepEqual([error.code, error.data], [code, data]);
    return true;
  };
}

const create = (portal: TestPortal, type: LicenseType, changes: Partial<LicenseTerms>, product = PRODUCT) =>
  portal.administer(actor, (records, context) =>
    createLicense({ product, type, trial: true, terms: { ...terms, ...changes } }, records, context),
  );

const edit = (
  portal: TestPortal,
  licenseId: Uint8Array<ArrayBuffer>,
  version: number,
  changes: Partial<LicenseTerms>,
) =>
  portal.administer(actor, (records, context) =>
    editLicense({ licenseId, version, terms: { ...terms, ...changes } }, records, context),
  );

const limits = { maximum: 10, overageMaximum: 0 };

suite('createLicense()', () => {
  test('refuses a product that there is not', async t => {
    const portal = await testPortal(t);
    const created = create(portal, 'perpetual', {}, 'cutter');
    await assert.rejects(created, (error: LatchkeyError) => error.code === 'NOT_FOUND');
  });

  test('names the field whose limits do not go with its type', async t => {
    const portal = await testPortal(t);
    const exportLimited = [{ code: 'export', expiresAtS: null, limits }];
    const pagesUnlimited = [{ code: 'pages', expiresAtS: null, limits: null }];
    const strange = [{ code: 'telepathy', expiresAtS: null, limits: null }];
    const cases: [LicenseType, Partial<LicenseTerms>, string, string][] = [
      ['perpetual', { limits }, 'terms.limits', 'not-allowed'],
      ['consumption', {}, 'terms.limits', 'required'],
      ['perpetual', { features: exportLimited }, 'terms.features.0.limits', 'not-allowed'],
      ['perpetual', { features: pagesUnlimited }, 'terms.features.0.limits', 'required'],
      ['perpetual', { features: strange }, 'terms.features.0.code', 'not-allowed'],
    ];
    for (const [type, changes, field, rule] of cases) {
      await assert.rejects(create(portal, type, changes), refusesWith('FIELD_REFUSED', { field, rule }));
    }
    const rows = await portal.database.db.selectFrom('license').select('id').execute();
    assert.equal(rows.length, 0);
  });
});

suite('editLicense()', () => {
  test('changes terms and features, and says in the audit which', async t => {
    const portal = await testPortal(t);
    const { license } = await create(portal, 'consumption', { limits });
    const granted = [{ code: 'export', expiresAtS: null, limits: null }];
    await edit(portal, license.id, 1, {
      limits: { maximum: 20, overageMaximum: 1 },
      features: granted,
      note: 'new',
    });
    const after = await portal.license(license.id);
    assert.deepEqual([after.version, after.note, after.meter.maximum, after.trial], [2, 'new', 20, true]);
    const [last] = await listAudit(portal.database.db, license.id);
    const audit = await listAudit(portal.database.db, license.id);
    const edited = audit.find(({ action }) => action === 'license.edit');
    assert.deepEqual(edited?.changed, ['note', 'limits', 'features']);
    assert.equal(last?.actor, actor);
  });

  test('refuses an edit of what somebody else has changed meanwhile', async t => {
    const portal = await testPortal(t);
    const { license } = await create(portal, 'perpetual', {});
    await edit(portal, license.id, 1, { note: 'first' });
    await assert.rejects(
      edit(portal, license.id, 1, { note: 'second' }),
      refusesWith('EDIT_CONFLICT', { version: 2 }),
    );
    assert.equal((await portal.license(license.id)).note, 'first');
  });

  test('keeps what was counted, also of a feature that was taken away for a while', async t => {
    const portal = await testPortal(t);
    const pages = [{ code: 'pages', expiresAtS: null, limits }];
    const { license, key } = await create(portal, 'perpetual', { features: pages });
    const device = await TestDevice.create(portal);
    await trip(portal, device, await device.request(key));
    device.consume(4, 'pages');
    await trip(portal, device, await device.report());
    await edit(portal, license.id, 1, { features: [] });
    await edit(portal, license.id, 2, { features: pages });
    const [feature] = await portal.administer(actor, records => records.findFeatures(license.id));
    assert.equal(feature?.meter.used, 4);
    await trip(portal, device, await device.report());
    assert.equal(
      device.license?.claims.features?.[0]?.limits?.baseline,
      undefined,
      'its own sums are all there is',
    );
  });
});

test('an edit that leaves terms out keeps them', async t => {
  const portal = await testPortal(t);
  const kept = {
    maintenanceUntilS: 1_900_000_000,
    reportWithin: { days: 30, graceDays: 5 },
    customFields: { site: 'north' },
  };
  const { license } = await create(portal, 'perpetual', kept);
  await edit(portal, license.id, 1, { note: 'new' });
  const { note, maintenanceUntilS, reportWithin, customFields } = await portal.license(license.id);
  assert.deepEqual({ note, maintenanceUntilS, reportWithin, customFields }, { note: 'new', ...kept });
  await edit(portal, license.id, 2, { reportWithin: null });
  assert.equal((await portal.license(license.id)).reportWithin, null);
});

suite('editProduct()', () => {
  const product = (portal: TestPortal, changed: typeof features) =>
    portal.administer(actor, (records, context) =>
      editProduct(
        { code: PRODUCT, version: 1, terms: { name: 'Plotter 2', features: changed } },
        records,
        context,
      ),
    );

  test('adds, renames and removes features that no license grants', async t => {
    const portal = await testPortal(t);
    await product(portal, [{ code: 'export', name: 'Exporting', type: 'activation' }]);
    const left = await portal.administer(actor, records => records.findProductFeatures(PRODUCT));
    assert.deepEqual(left, [{ code: 'export', name: 'Exporting', type: 'activation' }]);
  });

  test('keeps a feature that a license grants, and the type of each', async t => {
    const portal = await testPortal(t);
    await create(portal, 'perpetual', { features: [{ code: 'export', expiresAtS: null, limits: null }] });
    const without = features.filter(({ code }) => code !== 'export');
    await assert.rejects(
      product(portal, without),
      refusesWith('FIELD_REFUSED', { field: 'features', rule: 'required' }),
    );
    const retyped = features.map(feature => ({ ...feature, type: 'consumption' as const }));
    const refusal = refusesWith('FIELD_REFUSED', { field: 'features.0.type', rule: 'not-allowed' });
    await assert.rejects(product(portal, retyped), refusal);
  });

  test('refuses a second product of one code', async t => {
    const portal = await testPortal(t);
    const second = portal.administer(actor, (records, context) =>
      createProduct({ code: PRODUCT, name: 'Again', features: [] }, records, context),
    );
    await assert.rejects(second, refusesWith('ALREADY_EXISTS', { field: 'code' }));
  });
});

test('what is done twice is done once: release, block, disable', async t => {
  const portal = await testPortal(t);
  const { license, key } = await create(portal, 'perpetual', {});
  const device = await TestDevice.create(portal);
  await trip(portal, device, await device.request(key));
  const activationId = device.license?.claims.activationId;
  assert(activationId);
  await portal.administer(actor, async (records, context) => {
    for (const _ of [1, 2]) {
      await releaseSeat(activationId, records, context);
      await setDeviceBlocked({ deviceId: device.id, blocked: true }, records, context);
      await setLicenseEnabled({ licenseId: license.id, enabled: false }, records, context);
    }
  });
  const after = await portal.license(license.id);
  assert.deepEqual([after.seatsTaken, after.seatsGranted, after.version], [0, 0, 2]);
  const rows = await portal.database.db.selectFrom('audit').select('action').orderBy('action').execute();
  const made = ['customer.create', 'license.create', 'product.create'];
  const done = ['activation.release', 'device.block', 'license.disable'];
  assert.deepEqual(
    rows.map(({ action }) => action),
    [...made, ...done].toSorted(),
  );
});

test('the console is told of activations, devices and licenses that there are not', async t => {
  const portal = await testPortal(t);
  const [nothing16, nothing32] = [new Uint8Array(16), new Uint8Array(32)];
  const isNotFound = (error: LatchkeyError) => error.code === 'NOT_FOUND';
  const works: Parameters<typeof portal.administer>[1][] = [
    (records, context) => makeRefresh(nothing16, records, context),
    (records, context) => releaseSeat(nothing16, records, context),
    (records, context) => setDeviceBlocked({ deviceId: nothing32, blocked: true }, records, context),
    (records, context) => setLicenseEnabled({ licenseId: nothing16, enabled: true }, records, context),
    (records, context) => settleCopies(nothing32, records, context),
  ];
  for (const work of works) await assert.rejects(portal.administer(actor, work), isNotFound);
});
