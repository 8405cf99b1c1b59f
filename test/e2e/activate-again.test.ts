import assert from 'node:assert/strict';
import { ConsoleApi } from './support/console-api.ts';
import { journey } from './support/journey.ts';

journey('a device that gave its license up takes it again before the portal knows of that', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  const key = site.key('singleSeat');
  const { id } = await staff.find(key);
  const seats = async () => {
    const { activeActivations, transfersUsed } = await staff.license(id);
    return [activeActivations, transfersUsed];
  };
  const first = await portal.exchange(await device.request(key), 'Licensed');
  await device.load(first);
  await device.expectStatus('Licensed');
  const deactivation = await device.giveUp();
  await device.goHome();

  // What was given up stays so; the deactivation stays where it is, and the key is entered again.
  await device.load(first);
  await device.expectText('Reason: ACTIVATION_ENDED');
  await device.expectText('enter its key and make a new request');
  await device.load(await portal.exchange(await device.request(key), 'Licensed'));
  await device.expectStatus('Licensed');
  await device.expectText('A license was given up, and its receipt is not here yet.');
  assert.deepEqual(await seats(), [1, 0]);

  await device.load(await portal.exchange(deactivation, 'Deactivated'));
  await device.expectText('The portal has confirmed that the license was given up.');
  await device.expectStatus('Licensed');
  assert.deepEqual(await seats(), [1, 0]);
  await device.machine.restart();
  await device.expectStatus('Licensed');
  await device.expectNoText('A license was given up, and its receipt is not here yet.');
});

journey('giving a license up and taking it again brings nobody a fresh maximum', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const studio = await world.offlineSample(site, 'Press 7');
  const portal = await world.visitPortal(site);
  const { id, key } = await staff.issue('consumption', { limits: { maximum: 5, overageMaximum: 0 } });
  const told = async () => (await staff.license(id)).totals.map(({ total }) => total);
  await studio.load(await portal.exchange(await studio.request(key), 'Licensed'));
  await studio.useTimes('Print a page', 3);
  await studio.expectText('3 of 5 used');
  const deactivation = await studio.giveUp();

  await studio.load(await portal.exchange(await studio.request(key), 'Licensed'));
  await studio.expectText('3 of 5 used');
  await studio.expectText('The license that is here now stays.');
  assert.deepEqual(await told(), [3]);
  await studio.useTimes('Print a page', 2);
  await studio.expectText('5 of 5 used');
  await studio.use('Print a page', 'All that the license allows is used up.');

  await studio.load(await portal.exchange(deactivation, 'Deactivated'));
  assert.deepEqual(await told(), [3]);
  await studio.load(await portal.exchange(await studio.report(), 'Usage taken, license refreshed'));
  await studio.expectText('5 of 5 used');
  assert.deepEqual(await told(), [5]);
});
