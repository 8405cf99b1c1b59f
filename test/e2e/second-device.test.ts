import { journey } from './support/journey.ts';

journey('a second device gets the seat once the first has given it up', async world => {
  const site = await world.startSite();
  const key = site.key('singleSeat');
  const first = await world.offlineDevice(site, 'Press 7');
  const second = await world.offlineDevice(site, 'Press 8');
  const portal = await world.visitPortal(site);

  await first.load(await portal.exchange(await first.request(key), 'Licensed'));
  await first.expectStatus('Licensed');

  const request = await second.request(key);
  const refusal = await portal.exchange(request, 'The only seat is in use.');
  await portal.expectText('Free a seat by deactivating a device, then upload the same file again.');
  await second.load(refusal);
  await second.expectStatus('The portal said no');
  await second.expectText('The only seat is in use.');
  await second.expectText('Reason: NO_SEATS_LEFT');
  await second.machine.restart();
  await second.expectStatus('The portal said no');

  const deactivation = await first.giveUp();
  const receipt = await portal.exchange(deactivation, 'Deactivated, the seat is free');
  await first.load(receipt);
  await first.expectText('Confirmed by the portal on');

  await second.load(await portal.exchange(request, 'Licensed'));
  await second.expectStatus('Licensed');
  await first.goHome();
  await first.expectStatus('Not licensed');
});
