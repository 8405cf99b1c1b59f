import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestDevice } from '../support/test-device.ts';
import { testPortal } from '../support/test-portal.ts';

test('200 simultaneous requests on 10 seats give exactly 10 licenses and 190 signed refusals', async t => {
  const portal = await testPortal(t);
  const { license, key } = await portal.issue({ maxActivations: 10 });
  const devices = await Promise.all(Array.from({ length: 200 }, () => TestDevice.create(portal)));
  const files = await Promise.all(devices.map(device => device.request(key)));

  const exchanged = await Promise.all(files.map(file => portal.exchange(file)));
  const answers = await Promise.all(exchanged.map(({ container }, index) => devices[index]?.load(container)));

  const licenses = answers.filter(answer => answer?.kind === 'license');
  const codes = answers.flatMap(answer => (answer?.kind === 'refusal' ? [answer.refusal.claims.code] : []));
  assert.equal(licenses.length, 10);
  assert.deepEqual(codes, Array(190).fill('NO_SEATS_LEFT'));
  assert.equal((await portal.license(license.id)).seatsTaken, 10);
  const [row] = await portal.database.db
    .selectFrom('activation')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .execute();
  assert.equal(row?.count, 10, 'rows of activations agree with the seats counted');
});

test('the same file handed in 50 times at once takes one seat and gets one answer', async t => {
  const portal = await testPortal(t);
  const { license, key } = await portal.issue({ maxActivations: 10 });
  const device = await TestDevice.create(portal);
  const file = await device.request(key);

  const exchanged = await Promise.all(Array.from({ length: 50 }, () => portal.exchange(file)));

  const [first] = exchanged;
  assert(first);
  for (const { container } of exchanged) assert.deepEqual(container, first.container);
  assert.equal(exchanged.filter(({ isRepeated }) => isRepeated).length, 49);
  assert.equal((await portal.license(license.id)).seatsTaken, 1);
});

test('a request that was sealed twice is one request', async t => {
  const portal = await testPortal(t);
  const { license, key } = await portal.issue({ maxActivations: 10 });
  const device = await TestDevice.create(portal);
  const [once, twice] = await device.requestSealedTwice(key);

  assert.notDeepEqual(once, twice);
  assert.deepEqual((await portal.exchange(once)).container, (await portal.exchange(twice)).container);
  assert.equal((await portal.license(license.id)).seatsTaken, 1);
});
