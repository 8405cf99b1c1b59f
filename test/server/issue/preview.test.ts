import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatchkeyError } from '../../../src/errors.ts';
import { decodeLicense, encodeLicense } from '../../../src/format/license.ts';
import { makeRefresh } from '../../../src/issue/administer/devices.ts';
import type { LicenseTerms } from '../../../src/issue/administer/license-terms.ts';
import { editLicense } from '../../../src/issue/administer/licenses.ts';
import { previewEdit } from '../../../src/issue/administer/preview.ts';
import type { LicenseRecord } from '../../../src/issue/records.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { type TestPortal, terms, testPortal } from '../support/test-portal.ts';

const actor = 'owner@example';

const limits = { maximum: 100, overageMaximum: 10, share: 20 };
const pages = { code: 'pages', expiresAtS: null, limits };
const first: LicenseTerms = { ...terms, limits, features: [pages] };
const second: LicenseTerms = {
  ...first,
  holder: 'Yard 5',
  graceHours: 24,
  limits: { ...limits, maximum: 150 },
  features: [pages, { code: 'export', expiresAtS: null, limits: null }],
};

/** A device that has used some of a license. */
async function inUse(portal: TestPortal) {
  const { license, key } = await portal.issue(first);
  const device = await TestDevice.create(portal);
  await trip(portal, device, await device.request(key));
  device.consume(7);
  device.consume(3, 'pages');
  await trip(portal, device, await device.report());
  const activationId = device.license?.claims.activationId;
  assert(activationId);
  return { license, activationId, device };
}

const preview = (portal: TestPortal, edit: Parameters<typeof previewEdit>[0]) =>
  portal.tryOut(actor, (records, context) => previewEdit(edit, records, context));

/** Everything that the database holds of the license. */
async function kept({ database: { db }, ...portal }: TestPortal, { id }: LicenseRecord) {
  return {
    license: await portal.license(id),
    features: await db.selectFrom('license_feature').selectAll().where('license_id', '=', id).execute(),
    shares: await db.selectFrom('share').selectAll().orderBy('counter').execute(),
    audit: await db.selectFrom('audit').select('id').execute(),
  };
}

test('a preview says what the device has after the edit and its refresh file, and saves nothing', async t => {
  const portal = await testPortal(t);
  const { license, activationId, device } = await inUse(portal);
  const edit = { licenseId: license.id, version: 1, terms: second };
  const before = await kept(portal, license);
  const { before: sight, after } = await preview(portal, { ...edit, activationId });
  assert.deepEqual(await kept(portal, license), before);
  assert.deepEqual([sight.claims.holder, sight.claims.limits?.maximum], ['Yard 4', 100]);
  assert.deepEqual(
    after.totals.map(({ counter, used }) => [counter, used]),
    [
      ['', 7],
      ['pages', 3],
    ],
  );

  await portal.administer(actor, (records, context) => editLicense(edit, records, context));
  const { file } = await portal.administer(actor, (records, context) =>
    makeRefresh(activationId, records, context),
  );
  await device.load(file);
  assert(device.license);
  const { claims } = device.license;
  assert(claims.revision > after.claims.revision, 'a preview is no revision');
  const seen = encodeLicense({ ...after.claims, revision: claims.revision });
  assert.deepEqual(decodeLicense(seen), claims);
});

test('a preview is refused as the edit would be, and for an activation of another license', async t => {
  const portal = await testPortal(t);
  const { license, activationId } = await inUse(portal);
  const other = await portal.issue(first);
  const edit = { licenseId: license.id, version: 1, terms: second, activationId };
  const cases: [object, string][] = [
    [{ version: 9 }, 'EDIT_CONFLICT'],
    [{ terms: { ...second, limits: null } }, 'FIELD_REFUSED'],
    [{ licenseId: other.license.id }, 'NOT_FOUND'],
    [{ activationId: new Uint8Array(16) }, 'NOT_FOUND'],
  ];
  for (const [changes, code] of cases) {
    await assert.rejects(
      preview(portal, { ...edit, ...changes }),
      (error: unknown) => error instanceof LatchkeyError && error.code === code,
      code,
    );
  }
});
