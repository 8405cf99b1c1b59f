import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { toHex } from '../../../src/bytes/hex.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { type TestPortal, testPortal } from '../support/test-portal.ts';

/** Seven of ten are used, three of them reported; then the device gives its license up and carries nothing. */
async function givenUpDevice(portal: TestPortal) {
  const { license, key } = await portal.issue({ limits: { maximum: 10, overageMaximum: 0 } });
  const device = await TestDevice.create(portal);
  await trip(portal, device, await device.request(key));
  device.consume(3);
  await trip(portal, device, await device.report());
  device.consume(4);
  const before = device.license?.claims.activationId;
  assert(before);
  const deactivation = await device.deactivate();
  const request = await device.request(key, device.givenUp());
  const stand = async () => {
    const { seatsTaken, seatsGranted, transfersUsed, meter } = await portal.license(license.id);
    return { seatsTaken, seatsGranted, transfersUsed, used: meter.used };
  };
  const activation = (id: typeof before) =>
    portal.administer('system', async records => (await records.findActivation(id)) ?? assert.fail());
  return { license, key, device, before, deactivation, request, stand, activation };
}

const inOneSeat = { seatsTaken: 1, seatsGranted: 1, transfersUsed: 0, used: 7 };

suite('a device that gave its license up and asks for it again', () => {
  test('gets a new activation in its seat, with a baseline of all that it had used', async t => {
    const portal = await testPortal(t);
    const { device, before, request, stand, activation } = await givenUpDevice(portal);

    assert.equal(await trip(portal, device, request), null);

    const claims = device.license?.claims;
    assert(claims);
    assert.notEqual(toHex(claims.activationId), toHex(before));
    assert.equal(claims.limits?.baseline, 7);
    assert.equal(claims.licenseState, undefined);
    assert.throws(() => device.consume(4), 'there is no fresh maximum');
    assert.deepEqual(await stand(), inOneSeat);
    const { endReason, finalSequence } = await activation(before);
    assert.deepEqual([endReason, finalSequence], ['replaced', 2]);
  });

  test('still gets the receipt of its deactivation, which counts and frees nothing twice', async t => {
    const portal = await testPortal(t);
    const { device, before, deactivation, request, stand, activation } = await givenUpDevice(portal);
    await trip(portal, device, request);
    const granted = device.license?.claims.activationId;

    const { container } = await portal.exchange(deactivation);
    const answer = await device.load(container);

    assert(answer.kind === 'receipt');
    assert.deepEqual(answer.receipt.claims.activationId, before);
    assert.deepEqual(answer.receipt.claims.consumption.totals, [{ counter: '', used: 7, givenBack: 0 }]);
    assert.deepEqual(await stand(), inOneSeat);
    assert(granted);
    assert.equal((await activation(granted)).endReason, null);
    device.consume(3);
    assert.equal(await trip(portal, device, await device.report()), null);
    assert.deepEqual(await stand(), { ...inOneSeat, used: 10 });
  });

  test('gets the same answer to the same file, and one activation for several', async t => {
    const portal = await testPortal(t);
    const { key, device, request, stand } = await givenUpDevice(portal);
    const other = await device.request(key, device.givenUp());

    const once = await portal.exchange(request);
    const twice = await portal.exchange(request);
    await device.load(once.container);
    const first = device.license?.claims.activationId;
    assert.equal(await trip(portal, device, other), null);

    assert.deepEqual(once.container, twice.container);
    assert.equal(twice.isRepeated, true);
    assert.deepEqual(device.license?.claims.activationId, first);
    assert.deepEqual(await stand(), inOneSeat);
  });

  test('is known as a copy when what it states is another chain than the one counted', async t => {
    const portal = await testPortal(t);
    const { key, device, before, stand, activation } = await givenUpDevice(portal);
    const { replaces, consumption } = device.givenUp();
    const forged = { ...consumption, sequence: 1 };

    assert.equal(
      await trip(portal, device, await device.request(key, { replaces, consumption: forged })),
      'DEVICE_COPIED',
    );

    assert.deepEqual(await stand(), { ...inOneSeat, used: 3 });
    const { endReason, copiedAtS } = await activation(before);
    assert.equal(endReason, null);
    assert.notEqual(copiedAtS, null);
  });

  test('counts nothing of another device by naming its activation', async t => {
    const portal = await testPortal(t);
    const { key, device, stand, before, activation } = await givenUpDevice(portal);
    const other = await TestDevice.create(portal);

    assert.equal(
      await trip(portal, other, await other.request(key, device.givenUp())),
      'REBIND_NEEDS_APPROVAL',
    );

    assert.deepEqual(await stand(), { ...inOneSeat, used: 3 });
    assert.equal((await activation(before)).endReason, null);
  });
});
