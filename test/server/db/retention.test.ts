import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { makeRefresh } from '../../../src/issue/administer/devices.ts';
import { dueFingerprints, dueReceived } from '../../../src/server/db/retention.ts';
import { createLog } from '../../../src/server/log.ts';
import { FINGERPRINT_DAYS, keepRetention } from '../../../src/server/retention.ts';
import { dataFolder } from '../support/data-folder.ts';
import { isOnPostgres } from '../support/test-database.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { type TestPortal, testPortal } from '../support/test-portal.ts';
import { testServer } from '../support/test-server.ts';

const secondsPerDay = 86_400;
const signals = { platform: 'Linux', processors: '8' };

/** A portal where one device gave its license up and another one still has its own. */
async function portalWithEnd(t: TestContext, folder?: string) {
  const portal = await testPortal(t, folder);
  const { key } = await portal.issue({ maxActivations: 2 });
  const [gone, stays] = [await TestDevice.create(portal), await TestDevice.create(portal)];
  const request = await gone.request(key, { signals });
  await trip(portal, gone, request);
  await trip(portal, stays, await stays.request(key, { signals }));
  const { license } = gone;
  assert(license?.claims.fingerprint);
  await portal.administer('system', (records, context) =>
    makeRefresh(license.claims.activationId, records, context),
  );
  await trip(portal, gone, await gone.report());
  await trip(portal, gone, await gone.deactivate());
  return { portal, gone, stays, request };
}

/** Starts keeping the retention period and stops at once, which waits for the first run. */
async function runOnce({ database, portal }: TestPortal): Promise<void> {
  await keepRetention({ database, log: createLog('silent'), nowMs: portal.nowMs })();
}

/** How many records of the device hold a fingerprint: activations and license files. */
async function countFingerprints({ database: { db } }: Pick<TestPortal, 'database'>, { id }: TestDevice) {
  const activations = await db
    .selectFrom('activation')
    .select('id')
    .where('device_id', '=', id)
    .where('fingerprint', 'is not', null)
    .execute();
  const exchanges = await db
    .selectFrom('exchange')
    .select('answer')
    .where('device_id', '=', id)
    .where('revision', 'is not', null)
    .execute();
  return [activations.length, exchanges.filter(({ answer }) => answer.length > 0).length];
}

test('keepRetention() erases the fingerprint of an activation that ended, after its days and not before', async t => {
  const { portal, gone, stays } = await portalWithEnd(t);
  portal.wait(FINGERPRINT_DAYS * secondsPerDay - 1);
  await runOnce(portal);
  assert.deepEqual(await countFingerprints(portal, gone), [1, 3]);
  portal.wait(1);
  await runOnce(portal);
  assert.deepEqual(await countFingerprints(portal, gone), [0, 0]);
  assert.deepEqual(await countFingerprints(portal, stays), [1, 1]);
});

test('what is due is found without reading every activation or exchange', async t => {
  const { db } = (await testPortal(t)).database;
  const due = [
    [dueFingerprints(db, 1).compile(), /activation_with_fingerprint_by_end/],
    [dueReceived(db, 1).compile(), /exchange_with_received_by_time/],
  ] as const;
  const explain = isOnPostgres ? 'explain' : 'explain query plan';
  for (const [{ sql, parameters }, index] of due) {
    const { rows } = await db.executeQuery(CompiledQuery.raw(`${explain} ${sql}`, [...parameters]));
    assert.match(JSON.stringify(rows), index);
  }
});

/** How many of the device's files are kept as they came. */
async function countReceived({ database: { db } }: TestPortal, { id }: TestDevice): Promise<number> {
  const rows = await db.selectFrom('exchange').select('received').where('device_id', '=', id).execute();
  return rows.filter(({ received }) => received !== null).length;
}

test('keepRetention() erases device files as many days after they were decided, of those with a seat too', async t => {
  const { portal, gone, stays, request } = await portalWithEnd(t);
  portal.wait(FINGERPRINT_DAYS * secondsPerDay - 1);
  await runOnce(portal);
  assert.deepEqual([await countReceived(portal, gone), await countReceived(portal, stays)], [3, 1]);
  await trip(portal, stays, await stays.report());
  portal.wait(1);
  await runOnce(portal);
  assert.deepEqual([await countReceived(portal, gone), await countReceived(portal, stays)], [0, 1]);
  assert.equal((await portal.exchange(request)).isRepeated, true);
});

test('keepRetention() leaves receipts, so that a deactivation gets the same answer for good', async t => {
  const { portal, gone } = await portalWithEnd(t);
  const deactivation = await gone.deactivate();
  const before = await portal.exchange(deactivation);
  portal.wait(FINGERPRINT_DAYS * secondsPerDay);
  await runOnce(portal);
  assert.deepEqual(await portal.exchange(deactivation), { ...before, isRepeated: true });
});

test('a request whose license was erased gets the license as it stands: ended, without a fingerprint', async t => {
  const { portal, gone, request } = await portalWithEnd(t);
  const before = gone.license?.claims;
  portal.wait(FINGERPRINT_DAYS * secondsPerDay);
  await runOnce(portal);
  for (const _ of [1, 2]) assert.equal(await trip(portal, gone, request), null);
  const after = gone.license?.claims;
  assert(before && after);
  assert.deepEqual(
    [after.licenseState, after.fingerprint, after.activationId],
    ['ended', undefined, before.activationId],
  );
  assert(after.revision > before.revision);
  assert.deepEqual(await countFingerprints(portal, gone), [0, 0]);
});

test('keepRetention() erases daily', async t => {
  const { portal, gone } = await portalWithEnd(t);
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { database } = portal;
  const stop = keepRetention({ database, log: createLog('silent'), nowMs: portal.portal.nowMs });
  portal.wait(FINGERPRINT_DAYS * secondsPerDay);
  t.mock.timers.tick(secondsPerDay * 1000 - 1);
  assert.deepEqual(await countFingerprints(portal, gone), [1, 3]);
  t.mock.timers.tick(1);
  await stop();
  assert.deepEqual(await countFingerprints(portal, gone), [0, 0]);
});

test('a server erases at its start', async t => {
  const folder = dataFolder(t);
  const { portal, gone } = await portalWithEnd(t, folder);
  await portal.close();
  const nowMs = () => portal.portal.nowMs() + FINGERPRINT_DAYS * secondsPerDay * 1000;
  const server = await testServer(t, { dataFolder: folder, empty: true, nowMs });
  await server.stop();
  assert.deepEqual(await countFingerprints(await testPortal(t, folder), gone), [0, 0]);
});
