import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  deleteLicense,
  editLicense,
  resetUsage,
  setLicenseEnabled,
} from '../../../src/issue/administer/licenses.ts';
import { assignUser } from '../../../src/issue/administer/users.ts';
import type { LicenseRecord } from '../../../src/issue/records.ts';
import { listLicenses } from '../../../src/server/db/console/license-queries.ts';
import { overview } from '../../../src/server/db/console/overview-queries.ts';
import { issueBundle } from '../support/license-bundle.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { START_MS, type TestPortal, terms, testPortal } from '../support/test-portal.ts';

const nowS = START_MS / 1000;
const owner = 'owner@example';

async function remove(
  portal: TestPortal,
  { id }: Pick<LicenseRecord, 'id'>,
  version?: number,
): Promise<void> {
  await portal.administer(owner, async (records, context) => {
    const known = (await records.findLicense(id))?.version ?? 0;
    await deleteLicense({ licenseId: id, version: version ?? known }, records, context);
  });
}

suite('a license that was deleted', () => {
  test('is not known by its key, and its device goes on until its next file, which counts what it used', async t => {
    const portal = await testPortal(t);
    const { license, key } = await portal.issue({ maxActivations: 2 });
    const device = await TestDevice.create(portal);
    await trip(portal, device, await device.request(key));
    assert.equal(device.license?.claims.licenseState, undefined);
    await remove(portal, license);

    const other = await TestDevice.create(portal);
    assert.equal((await portal.exchange(await other.request(key))).code, 'CREDENTIALS_REFUSED');
    await trip(portal, device, await device.report());
    assert.equal(device.license?.claims.licenseState, 'disabled');
    const { kind, code } = await portal.exchange(await device.deactivate());
    assert.deepEqual([kind, code], ['deactivation', null]);
  });

  test('gives the same answer again to a file that it answered before', async t => {
    const portal = await testPortal(t);
    const { license, key } = await portal.issue();
    const device = await TestDevice.create(portal);
    const request = await device.request(key);
    const before = await portal.exchange(request);
    await remove(portal, license);
    assert.deepEqual(await portal.exchange(request), { ...before, isRepeated: true });
  });

  test('is found by no user', async t => {
    const portal = await testPortal(t);
    const { license } = await portal.issueForUsers(['anna']);
    await remove(portal, license);
    const device = await TestDevice.create(portal);
    const request = await device.request(undefined, { user: await portal.credentials('anna') });
    assert.equal((await portal.exchange(request)).code, 'USER_NOT_LICENSED');
    const userId = await portal.user('ben');
    await assert.rejects(
      portal.administer(owner, async (records, context) => {
        const deleted = await records.findLicense(license.id);
        assert(deleted);
        await setLicenseEnabled({ licenseId: license.id, enabled: true }, records, context);
        await assignUser({ license: deleted, userId }, records, context);
      }),
      { code: 'NOT_FOUND' },
    );
  });

  test('takes those under its key with it', async t => {
    const portal = await testPortal(t);
    const { licenses, key } = await issueBundle(portal);
    await remove(portal, licenses.plotter);
    const device = await TestDevice.create(portal);
    assert.equal((await portal.exchange(await device.request(key))).code, 'CREDENTIALS_REFUSED');
    const { items } = await listLicenses(portal.database.db, { state: 'deleted' }, page);
    assert.equal(items.length, Object.keys(licenses).length);
  });

  test('leaves its place to the others when another has the key', async t => {
    const portal = await testPortal(t);
    const { licenses, key } = await issueBundle(portal);
    await remove(portal, licenses.viewer);
    const device = await TestDevice.create(portal);
    const { code } = await portal.exchange(await device.request(key));
    assert.equal(code, null);
    const rows = await portal.database.db.selectFrom('exchange').select('license_id').execute();
    assert.equal(rows.length, Object.keys(licenses).length - 1);
  });

  test('is changed by nothing any more, and leaves lists and counts', async t => {
    const portal = await testPortal(t);
    const { license } = await portal.issue();
    const { db } = portal.database;
    const before = await overview(db, nowS);
    await assert.rejects(remove(portal, license, 99), { code: 'EDIT_CONFLICT' });
    await remove(portal, license);
    const { id: licenseId } = license;
    for (const change of [
      () => remove(portal, license),
      () =>
        portal.administer(owner, (records, context) =>
          editLicense({ licenseId, version: 2, terms }, records, context),
        ),
      () =>
        portal.administer(owner, (records, context) =>
          setLicenseEnabled({ licenseId, enabled: true }, records, context),
        ),
      () =>
        portal.administer(owner, (records, context) =>
          resetUsage({ licenseId, counter: '' }, records, context),
        ),
    ]) {
      await assert.rejects(change(), { code: 'NOT_FOUND' });
    }
    assert.equal((await overview(db, nowS)).licenses.total, before.licenses.total - 1);
    assert.equal((await listLicenses(db, {}, page)).total, 0);
    assert.equal((await listLicenses(db, { id: licenseId }, page)).total, 1);
    const actions = await db.selectFrom('audit').select('action').orderBy('sequence').execute();
    assert.equal(actions.at(-1)?.action, 'license.delete');
  });
});

const page = { sort: 'created', order: 'asc', offset: 0, limit: 10, nowS } as const;
