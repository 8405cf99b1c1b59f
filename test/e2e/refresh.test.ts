import { journey } from './support/journey.ts';

journey('refresh files bring a feature, a later date, an end and a new beginning', async world => {
  const site = await world.startSite();
  const staff = await world.visitConsole(site);
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  const key = await staff.issue({
    type: 'Time-limited',
    holder: 'Acme Bottling',
    end: '2098-06-30',
    features: ['PDF export'],
  });
  await device.load(await portal.exchange(await device.request(key), 'Licensed'));
  await device.expectText('The license is good until June 30, 2098.');
  await device.expectText('PDF export');
  await device.expectNoText('Color profiles');

  await staff.openLicense(key);
  await staff.openTab('Features');
  await staff.grant('Color profiles');
  await staff.save();
  await device.load(await staff.downloadRefresh());
  await device.expectText('The license on this device was refreshed.');
  await device.expectText('Color profiles');

  await staff.openTab('Details');
  await staff.setEnd('2099-12-31');
  await staff.save();
  await device.load(await staff.downloadRefresh());
  await device.expectText('The license is good until December 31, 2099.');

  await staff.disable();
  await device.load(await staff.downloadRefresh());
  await device.expectStatus('Needs attention');
  await device.expectText('The vendor has disabled this license.');
  await device.machine.restart();
  await device.expectStatus('Needs attention');

  await staff.enable();
  await device.load(await staff.downloadRefresh());
  await device.expectStatus('Licensed');
  await device.expectText('The license is good until December 31, 2099.');
});
