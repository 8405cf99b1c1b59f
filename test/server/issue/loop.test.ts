import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestDevice, trip } from '../support/test-device.ts';
import { testPortal } from '../support/test-portal.ts';

test('exchange() carries a license through its whole life', async t => {
  const portal = await testPortal(t);
  const { license, key } = await portal.issue({ limits: { maximum: 10, overageMaximum: 2 } });
  const device = await TestDevice.create(portal);

  assert.equal(await trip(portal, device, await device.request(key, { deviceName: 'crane' })), null);
  device.consume(4);
  assert.equal(await trip(portal, device, await device.report()), null);
  device.consume(3);
  assert.equal(await trip(portal, device, await device.deactivate()), null);

  const after = await portal.license(license.id);
  assert.deepEqual(
    [after.seatsTaken, after.seatsGranted, after.transfersUsed, after.meter.used],
    [0, 1, 0, 7],
  );
});
