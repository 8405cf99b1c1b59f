import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sql } from 'kysely';
import { LatchkeyError } from '../../../src/errors.ts';
import type { Period } from '../../../src/format/claims.ts';
import { makeRefresh } from '../../../src/issue/administer/devices.ts';
import type { Ceilings } from '../../../src/issue/administer/license-terms.ts';
import { editLicense, resetUsage } from '../../../src/issue/administer/licenses.ts';
import { countablePeriods, periodRises } from '../../../src/issue/decide/periods.ts';
import type { LicenseRecord } from '../../../src/issue/records.ts';
import { periodIndex } from '../../../src/license/consumption/period.ts';
import { periodAdjustments } from '../../../src/server/db/migrations/0012-period-adjustments.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { START_MS, type TestPortal, terms, testPortal } from '../support/test-portal.ts';

const monthly = { maximum: 100, overageMaximum: 0, resetPeriod: 'monthly' } as const;
const thirtyDaysS = 30 * 86_400;
const november = periodIndex('monthly', START_MS / 1000);

/** Time goes on, at the portal and on devices that are offline. */
function wait(seconds: number, portal: TestPortal, devices: readonly TestDevice[]): void {
  portal.wait(seconds);
  for (const device of devices) device.clockMs += seconds * 1000;
}

function canUse(device: TestDevice, amount: number): boolean {
  try {
    device.consume(amount);
    return true;
  } catch (error) {
    if (error instanceof LatchkeyError && error.code === 'CONSUMPTION_EXCEEDED') return false;
    throw error;
  }
}

async function activated(portal: TestPortal, count: number, changes: Parameters<TestPortal['issue']>[0]) {
  const { license, key } = await portal.issue({ maxActivations: count, ...changes });
  const devices = await Promise.all(Array.from({ length: count }, () => TestDevice.create(portal)));
  for (const device of devices) await trip(portal, device, await device.request(key));
  return { license, key, devices };
}

async function activatedOne(portal: TestPortal, changes: Parameters<TestPortal['issue']>[0]) {
  const { devices, ...issued } = await activated(portal, 1, changes);
  const [device] = devices;
  assert(device);
  return { ...issued, device, devices };
}

suite('a monthly maximum', () => {
  test('begins anew on devices that are offline, and their reports state each month', async t => {
    const portal = await testPortal(t);
    const { license, devices } = await activated(portal, 2, { limits: monthly });
    const [one, two] = devices;
    assert(one && two);
    assert(canUse(one, 60) && canUse(two, 30));
    wait(thirtyDaysS, portal, devices);
    assert(canUse(one, 50), 'December is new');
    await trip(portal, one, await one.report());
    await trip(portal, two, await two.report());
    const sums = await portal.administer('system', records =>
      records.findPeriodsOfLicense(license.id, [november, november + 1]),
    );
    assert.deepEqual(sums.map(({ index, used }) => [index - november, used]).sort(), [
      [0, 90],
      [1, 50],
    ]);
    assert.equal((await portal.license(license.id)).meter.used, 140, 'the sums over all time go on');
  });

  test('is shared: what others used this month is in the baseline, and last month is not', async t => {
    const portal = await testPortal(t);
    const { devices } = await activated(portal, 2, { limits: monthly });
    const [one, two] = devices;
    assert(one && two);
    one.consume(60);
    await trip(portal, one, await one.report());
    await trip(portal, two, await two.report());
    assert(!canUse(two, 41) && canUse(two, 40));
    wait(thirtyDaysS, portal, devices);
    await trip(portal, two, await two.report());
    assert.equal(two.license?.claims.limits?.baseline, undefined);
    assert(canUse(two, 100));
  });

  test('is not had twice by giving the license up and taking it again', async t => {
    const portal = await testPortal(t);
    const { key, device } = await activatedOne(portal, { limits: monthly });
    device.consume(80);
    await trip(portal, device, await device.request(key, device.givenUp()));
    assert(!canUse(device, 21) && canUse(device, 20));
    await trip(portal, device, await device.deactivate());
    await trip(portal, device, await device.request(key));
    assert(!canUse(device, 1));
  });

  test('that was reset in the console is whole again this month, and no larger in the next', async t => {
    const portal = await testPortal(t);
    const { license, device, devices } = await activatedOne(portal, { limits: monthly });
    device.consume(100);
    await trip(portal, device, await device.report());
    await portal.administer('owner@example', (records, context) =>
      resetUsage({ licenseId: license.id, counter: '' }, records, context),
    );
    await trip(portal, device, await device.report());
    assert(canUse(device, 100) && !canUse(device, 1));
    wait(thirtyDaysS, portal, devices);
    await trip(portal, device, await device.report());
    assert(canUse(device, 100) && !canUse(device, 1));
  });

  test('that was reset for good before it was monthly has that correction again when it no longer begins anew', async t => {
    const portal = await testPortal(t);
    const { resetPeriod: _, ...lasting } = monthly;
    const { license, device } = await activatedOne(portal, { limits: lasting });
    const reset = () =>
      portal.administer('owner@example', (records, context) =>
        resetUsage({ licenseId: license.id, counter: '' }, records, context),
      );
    const edit = async (limits: Ceilings) => {
      const { version } = await portal.license(license.id);
      await portal.administer('owner@example', (records, context) =>
        editLicense({ licenseId: license.id, version, terms: { ...terms, limits } }, records, context),
      );
      await trip(portal, device, await device.report());
    };
    device.consume(100);
    await trip(portal, device, await device.report());
    await reset();
    await edit(monthly);
    device.consume(30);
    await trip(portal, device, await device.report());
    await reset();
    await trip(portal, device, await device.report());
    assert(canUse(device, 100) && !canUse(device, 1), 'in this month, of which 30 were set back');
    await edit({ ...lasting, maximum: 300, resetPeriod: null });
    const { baseline } = device.license?.claims.limits ?? {};
    assert.equal(baseline, -100, 'what was set back for good, and not what was set back in the month');
  });

  test('of a feature holds beside the one of the license, in the time zone that the license states', async t => {
    const portal = await testPortal(t);
    const features = [{ code: 'pages', expiresAtS: null, limits: { ...monthly, maximum: 5 } }];
    const limits = { maximum: 100, overageMaximum: 0, resetPeriod: 'annually' } as const;
    const changes = { limits, features, utcOffset: 540, maxOpenPeriods: 2 };
    const { devices } = await activated(portal, 1, changes);
    const [device] = devices;
    const claims = device?.license?.claims;
    assert(device && claims);
    assert.deepEqual([claims.utcOffset, claims.maxOpenPeriods], [540, 2]);
    assert.deepEqual(claims.features?.[0]?.limits, { maximum: 5, resetPeriod: 'monthly' });
    device.consume(5, 'pages');
    device.consume(60);
    wait(thirtyDaysS, portal, devices);
    device.consume(5, 'pages');
    assert(!canUse(device, 41) && canUse(device, 40));
  });

  test('keeps time zone and bound out of a license that has no periods', async t => {
    const portal = await testPortal(t);
    const { devices } = await activated(portal, 1, { utcOffset: 60, maxOpenPeriods: 2 });
    const claims = devices[0]?.license?.claims;
    assert.deepEqual([claims?.utcOffset, claims?.maxOpenPeriods], [undefined, undefined]);
  });

  test('that is over is forgotten by the device once the portal has counted it', async t => {
    const portal = await testPortal(t);
    const { device, devices } = await activatedOne(portal, { limits: monthly });
    device.consume(7);
    wait(thirtyDaysS, portal, devices);
    device.consume(5);
    await trip(portal, device, await device.report());
    assert.deepEqual(device.periods, [{ counter: '', index: november + 1, used: 5, givenBack: 0 }]);
  });

  test('that becomes a daily one begins its first day at 0', async t => {
    const portal = await testPortal(t);
    const { license, device } = await activatedOne(portal, { limits: monthly });
    device.consume(100);
    await trip(portal, device, await device.report());
    const daily = { ...monthly, maximum: 10, resetPeriod: 'daily' } as const;
    const activationId = device.license?.claims.activationId;
    assert(activationId);
    const { file } = await portal.administer('owner@example', async (records, context) => {
      const edit = { licenseId: license.id, version: 1, terms: { ...terms, limits: daily } };
      const edited = await editLicense(edit, records, context);
      assert.equal(edited.meter.resetPeriod, 'daily');
      return makeRefresh(activationId, records, context);
    });
    await device.load(file);
    assert(canUse(device, 10) && !canUse(device, 1));
  });
});

test('corrections of one period that were kept as those for good are told from them', async t => {
  const portal = await testPortal(t);
  const { db } = portal.database;
  const { license: ofMonth } = await portal.issue({ limits: monthly });
  const { license: lasting } = await portal.issue({ limits: monthly });
  for (const table of ['license', 'license_feature']) {
    await sql`alter table ${sql.table(table)} drop column period_adjustment`.execute(db);
  }
  await sql`update license set adjustment = -30`.execute(db);
  await sql`update license set adjustment_period = ${november} where id = ${ofMonth.id}`.execute(db);
  await periodAdjustments.up(db);
  const corrections = async (id: LicenseRecord['id']) => {
    const { adjustment, periodAdjustment } = (await portal.license(id)).meter;
    return { adjustment, periodAdjustment };
  };
  const moved = { adjustment: 0, periodAdjustment: { index: november, amount: -30 } };
  assert.deepEqual(await corrections(ofMonth.id), moved);
  assert.deepEqual(await corrections(lasting.id), { adjustment: -30, periodAdjustment: null });
});

test('countablePeriods() takes what the license counts, up to the period after that of the portal', () => {
  const nowS = START_MS / 1000;
  const counters = new Set(['']);
  const days = periodIndex('daily', nowS);
  const rows = [
    ['', november, true],
    ['', november + 1, true],
    ['', november + 2, false],
    ['pages', november, false],
    ['', 0, true],
    ['', periodIndex('annually', nowS) + 2, false],
    ['', days + 1, true],
    ['', days + 2, false],
    ['', 2 ** 40, false],
  ] as const;
  for (const [counter, index, isCounted] of rows) {
    const stated = [{ counter, index, used: 1, givenBack: 0 }];
    const counted = countablePeriods(stated, counters, { nowS, utcOffset: 0 });
    assert.deepEqual(counted, isCounted ? stated : [], `${counter} ${index}`);
  }
});

test('a report from a clock that is years ahead brings its periods when their time comes', async t => {
  const portal = await testPortal(t);
  const { license, device } = await activatedOne(portal, { limits: monthly });
  const inTwoMonths = [november + 2];
  const counted = () =>
    portal.administer('system', records => records.findPeriodsOfLicense(license.id, inTwoMonths));
  device.clockMs += 62 * 86_400_000;
  device.consume(30);
  await trip(portal, device, await device.report());
  assert.deepEqual(await counted(), []);
  assert.equal((await portal.license(license.id)).meter.used, 30, 'in all it is counted at once');
  portal.wait(62 * 86_400);
  device.consume(1);
  await trip(portal, device, await device.report());
  assert.deepEqual(await counted(), [{ counter: '', index: november + 2, used: 31, givenBack: 0 }]);
});

test('periodRises() adds what rose, once, whatever the order of reports', () => {
  const period = (index: number, used: number, givenBack = 0) => ({ counter: '', index, used, givenBack });
  type Row = [what: string, known: Period[], stated: Period[], rises: Period[]];
  const rows: Row[] = [
    ['the first report', [], [period(682, 5)], [period(682, 5)]],
    ['the same report again', [period(682, 5)], [period(682, 5)], []],
    ['a later report', [period(682, 5)], [period(682, 8, 1)], [period(682, 3, 1)]],
    ['an earlier report that comes late', [period(682, 8)], [period(682, 5)], []],
    ['a new period', [period(682, 8)], [period(683, 2), period(682, 8)], [period(683, 2)]],
    ['nothing used', [], [period(682, 0)], []],
  ];
  for (const [what, known, stated, rises] of rows) assert.deepEqual(periodRises(known, stated), rises, what);
});
