import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Compilable, CompiledQuery } from 'kysely';
import { createActivity, DAYS_SHOWN } from '../../../src/server/activity.ts';
import {
  countEnds,
  countOverdue,
  countOverMaximum,
  endsBetween,
  exchangesOfDay,
  listUsage,
  overdueReports,
  overMaximum,
  usageOfDay,
} from '../../../src/server/db/console/activity-queries.ts';
import { dayOf } from '../../../src/server/db/days.ts';
import { isOnPostgres } from '../support/test-database.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { START_MS, type TestPortal, testPortal } from '../support/test-portal.ts';

const startS = START_MS / 1000;
const day = 86_400;
const counted = { limits: { maximum: 5, overageMaximum: 100 } };

async function activated(portal: TestPortal, key: Parameters<TestDevice['request']>[0]): Promise<TestDevice> {
  const device = await TestDevice.create(portal);
  await trip(portal, device, await device.request(key));
  return device;
}

suite('usage by day', () => {
  test('is the sum of what came on that day, and of no other counter or license', async t => {
    const portal = await testPortal(t);
    const { license, key } = await portal.issue({ ...counted, maxActivations: 2 });
    const { license: other } = await portal.issue(counted);
    const [one, two] = [await activated(portal, key), await activated(portal, key)];
    one.consume(3);
    two.consume(4);
    await trip(portal, one, await one.report());
    await trip(portal, two, await two.report());
    portal.wait(day);
    one.consume(2);
    one.giveBack(1);
    const again = await one.report();
    await trip(portal, one, again);
    await portal.exchange(again);
    const { db } = portal.database;
    const all = { firstDay: 0, limit: 10 };
    assert.deepEqual(await listUsage(db, license.id, all), [
      { counter: '', day: dayOf(startS), used: 7, givenBack: 0 },
      { counter: '', day: dayOf(startS) + 1, used: 2, givenBack: 1 },
    ]);
    assert.deepEqual(await listUsage(db, other.id, all), []);
    const newest = await listUsage(db, license.id, { firstDay: 0, limit: 1 });
    assert.deepEqual(
      newest.map(({ used }) => used),
      [2],
    );
  });

  test('holds no row of a counter that the license does not have, nor of nothing', async t => {
    const portal = await testPortal(t);
    const { license } = await portal.issue(counted);
    const deltas = [
      { counter: 'pages', used: 1, givenBack: 0 },
      { counter: '', used: 0, givenBack: 0 },
    ];
    await portal.administer('system', records => records.addUsage(license.id, deltas, startS));
    assert.deepEqual(await listUsage(portal.database.db, license.id, { firstDay: 0, limit: 10 }), []);
  });
});

suite('activity', () => {
  test('is counted by day, today anew and days that are over once', async t => {
    const portal = await testPortal(t);
    const { key } = await portal.issue({ ...counted, maxActivations: 1 });
    const device = await activated(portal, key);
    await activated(portal, key);
    device.consume(3);
    await trip(portal, device, await device.report());
    const activity = createActivity(portal.database);
    const last = async (nowS: number) =>
      (await activity(nowS)).slice(-2).map(({ granted, refused, used }) => [granted, refused, used]);
    assert.equal((await activity(startS)).length, DAYS_SHOWN);
    assert.deepEqual(await last(startS), [
      [0, 0, 0],
      [1, 1, 3],
    ]);
    device.consume(1);
    await trip(portal, device, await device.report());
    assert.deepEqual(await last(startS), [
      [0, 0, 0],
      [1, 1, 4],
    ]);
    assert.deepEqual(await last(startS + day), [
      [1, 1, 4],
      [0, 0, 0],
    ]);
    await portal.database.db.deleteFrom('usage_day').execute();
    assert.deepEqual(await last(startS + day), [
      [1, 1, 4],
      [0, 0, 0],
    ]);
  });
});

suite('what needs a person', () => {
  test('counts the ends of enabled licenses between moments', async t => {
    const portal = await testPortal(t);
    for (const ends of [1, 2, 2, 9]) await portal.issue({ expiresAtS: startS + ends * day });
    await portal.issue();
    const moments = [startS, startS + 2 * day, startS + 4 * day];
    assert.deepEqual(await countEnds(portal.database.db, moments), [1, 2]);
  });

  test('counts licenses over the maximum once each', async t => {
    const portal = await testPortal(t);
    const pages = { code: 'pages', expiresAtS: null, limits: { maximum: 1, overageMaximum: 9 } };
    const { license } = await portal.issue({ ...counted, features: [pages] });
    const { db } = portal.database;
    const use = (counter: string, used: number) =>
      portal.administer('system', records =>
        records.addUsage(license.id, [{ counter, used, givenBack: 0 }], startS),
      );
    await use('', 5);
    assert.equal(await countOverMaximum(db), 0);
    await use('', 1);
    assert.equal(await countOverMaximum(db), 1);
    await use('pages', 2);
    assert.equal(await countOverMaximum(db), 1);
  });

  test('counts reports that are overdue, their grace included', async t => {
    const portal = await testPortal(t);
    const { key } = await portal.issue({ reportWithin: { days: 3, graceDays: 2 }, maxActivations: 2 });
    const device = await activated(portal, key);
    await activated(portal, key);
    const { db } = portal.database;
    const count = (nowS: number) => countOverdue(db, nowS, 1000);
    assert.equal(await count(startS + 5 * day - 1), 0);
    assert.equal(await count(startS + 5 * day), 2);
    assert.equal(await countOverdue(db, startS + 5 * day, 1), 1);
    portal.wait(2 * day);
    await trip(portal, device, await device.report());
    assert.equal(await count(startS + 5 * day), 1);
    await trip(portal, device, await device.deactivate());
    assert.equal(await count(startS + 99 * day), 1);
  });
});

suite('indexes', () => {
  test('find what is counted', async t => {
    const portal = await testPortal(t);
    const { db } = portal.database;
    const cases: [string, Compilable, RegExp][] = [
      ['files of a day', exchangesOfDay(db, 1), /exchange_by_time/],
      ['reports of a day', usageOfDay(db, 1), /usage_day_by_day/],
      ['ends', endsBetween(db, 1, 2), /license_by_end/],
      ['over the maximum', overMaximum(db), /license_over_maximum.*license_feature_over_maximum/],
      ['overdue', overdueReports(db, 1), /license_with_reports/],
    ];
    for (const [name, query, index] of cases) assert.match(await planOf(portal, query), index, name);
  });
});

/** PostgreSQL reads a table of few rows as a whole, unless it is told not to. */
async function planOf({ database: { db } }: TestPortal, query: Compilable): Promise<string> {
  const { sql, parameters } = query.compile();
  const explain = isOnPostgres ? 'explain' : 'explain query plan';
  return db.connection().execute(async connection => {
    const run = (statement: string, values: readonly unknown[] = []) =>
      connection.executeQuery(CompiledQuery.raw(statement, [...values]));
    if (isOnPostgres) await run('set enable_seqscan = off');
    const { rows } = await run(`${explain} ${sql}`, parameters);
    if (isOnPostgres) await run('reset enable_seqscan');
    return JSON.stringify(rows);
  });
}
