import { journey } from './support/journey.ts';

const hour = 3_600_000;
const day = 24 * hour;

journey(
  'a clock set back is a state with a reason, and passes when the clock is right again',
  async world => {
    const site = await world.startSite();
    const device = await world.offlineDevice(site, 'Press 7');
    const portal = await world.visitPortal(site);
    await device.load(await portal.exchange(await device.request(site.key('yearly')), 'Licensed'));
    await device.expectStatus('Licensed');

    // Within the tolerance, as after a change of daylight saving time.
    await device.machine.setClock(new Date(Date.now() - hour));
    await device.expectStatus('Licensed');

    await device.machine.setClock(new Date(Date.now() - 3 * day));
    await device.expectStatus('Needs attention');
    await device.expectText('The clock of this device is behind. It showed a later time before.');

    await device.machine.setClock(null);
    await device.expectStatus('Licensed');
  },
);

journey('a clock that was ahead is mended by a report, since its answer tells the time', async world => {
  const site = await world.startSite();
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  await device.load(await portal.exchange(await device.request(site.key('yearly')), 'Licensed'));
  await device.expectStatus('Licensed');

  await device.machine.setClock(new Date(Date.now() + 100 * day));
  await device.expectStatus('Licensed');
  await device.rename('Press 7');
  await device.machine.setClock(null);
  await device.expectStatus('Needs attention');
  await device.expectText('If they are right, take a report to the portal; its answer mends this.');

  await device.load(await portal.exchange(await device.report(), 'Usage taken, license refreshed'));
  await device.expectStatus('Licensed');
  await device.machine.restart();
  await device.expectStatus('Licensed');
});

journey('a license without an end goes on under a wrong clock, with a word about it', async world => {
  const site = await world.startSite();
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  await device.load(await portal.exchange(await device.request(site.key('perpetual')), 'Licensed'));
  await device.expectStatus('Licensed');
  await device.machine.setClock(new Date(Date.now() - 3 * day));
  await device.expectText('The clock of this device looks wrong. Please set date and time.');
  await device.expectStatus('Licensed');
});
