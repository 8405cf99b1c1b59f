import { journey } from './support/journey.ts';

journey('a device that gave its license up takes it again once the portal knows of that', async world => {
  const site = await world.startSite();
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  const key = site.key('singleSeat');
  await device.load(await portal.exchange(await device.request(key), 'Licensed'));
  await device.expectStatus('Licensed');
  const deactivation = await device.giveUp();
  await device.goHome();

  // The portal, which has not seen the deactivation, renews what the device gave up for good.
  await device.load(await portal.exchange(await device.request(key), 'Licensed'));
  await device.expectText('Reason: ACTIVATION_ENDED');
  await device.expectText('take the deactivation file to the portal first, then make a new request');

  await device.load(await portal.exchange(deactivation, 'Deactivated, the seat is free'));
  await device.expectText('The portal has confirmed that the license was given up.');
  await device.load(await portal.exchange(await device.request(key), 'Licensed'));
  await device.expectStatus('Licensed');
});
