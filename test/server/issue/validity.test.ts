import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { editLicense } from '../../../src/issue/administer/licenses.ts';
import { begunBy } from '../../../src/issue/decide/validity.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { START_MS, terms, testPortal } from '../support/test-portal.ts';

const day = 86_400;
const nowS = START_MS / 1000;

test('begunBy() ends a license so many days after its first activation', () => {
  type Row = [
    what: string,
    days: number | null,
    starts: number | null,
    ends: number | null,
    end: number | null,
  ];
  const rows: Row[] = [
    ['14 days, activated today', 14, null, null, nowS + 14 * day],
    ['14 days, sold to start in a week', 14, nowS + 7 * day, null, nowS + 21 * day],
    ['14 days, started a week ago', 14, nowS - 7 * day, null, nowS + 14 * day],
    ['14 days, activated before', 14, null, nowS + 3 * day, nowS + 3 * day],
    ['14 days, and the vendor moved the end', 14, null, nowS + 90 * day, nowS + 90 * day],
    ['a day of its own', null, null, nowS + 30 * day, nowS + 30 * day],
    ['no end', null, null, null, null],
  ];
  for (const [what, validityDays, startsAtS, expiresAtS, end] of rows) {
    assert.equal(begunBy({ validityDays, startsAtS, expiresAtS }, nowS).expiresAtS, end, what);
  }
});

suite('a license of 14 days from its first activation', () => {
  test('gets its end with the first device, and the second has the same', async t => {
    const portal = await testPortal(t);
    const { license, key } = await portal.issue({ maxActivations: 2, validityDays: 14 });
    assert.equal(license.expiresAtS, null);
    portal.wait(400 * day);
    const devices = [await TestDevice.create(portal), await TestDevice.create(portal)];
    for (const device of devices) {
      await trip(portal, device, await device.request(key));
      portal.wait(5 * day);
    }
    const end = nowS + 414 * day;
    assert.deepEqual(
      devices.map(device => device.license?.claims.expiresAt),
      [end, end],
    );
    portal.wait(5 * day);
    const third = await TestDevice.create(portal);
    assert.equal(await trip(portal, third, await third.request(key)), 'LICENSE_EXPIRED');
  });

  test('tells whoever was editing it when it was activated', async t => {
    const portal = await testPortal(t);
    const { license, key } = await portal.issue({ validityDays: 14 });
    const device = await TestDevice.create(portal);
    await trip(portal, device, await device.request(key));
    const edit = { licenseId: license.id, version: license.version, terms: { ...terms, validityDays: 14 } };
    await assert.rejects(
      portal.administer('owner@example', (records, context) => editLicense(edit, records, context)),
      /EDIT_CONFLICT/,
    );
  });

  test('keeps an end once it is activated: an edit may move it and not take it away', async t => {
    const portal = await testPortal(t);
    const { license, key } = await portal.issue({ validityDays: 14 });
    const edit = (expiresAtS: number | null) =>
      portal.administer('owner@example', async (records, context) => {
        const { version } = (await records.findLicense(license.id)) ?? license;
        const changed = { ...terms, validityDays: 14, expiresAtS };
        return editLicense({ licenseId: license.id, version, terms: changed }, records, context);
      });
    assert.equal((await edit(null)).expiresAtS, null);
    const device = await TestDevice.create(portal);
    await trip(portal, device, await device.request(key));
    await assert.rejects(edit(null), {
      code: 'FIELD_REFUSED',
      data: { field: 'terms.expiresAt', rule: 'required' },
    });
    assert.equal((await edit(nowS + 30 * day)).expiresAtS, nowS + 30 * day);
  });
});
