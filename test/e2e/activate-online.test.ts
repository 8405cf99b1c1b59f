import { DeviceApp } from './support/device-app.ts';
import { journey } from './support/journey.ts';

journey('a device with a network is activated, reports and gives up without a file in hand', async world => {
  const site = await world.startSite();
  const machine = world.machine(site, 'Press 7');
  await machine.install();
  const device = new DeviceApp(machine, world.stick);
  await device.enterKey(site.key('perpetual'));
  await device.press('Activate over the network');
  await device.expectStatus('Licensed');

  await device.press('Make a usage report');
  await device.press('Send over the network');
  await device.expectOpenRequests(0);
  await device.expectStatus('Licensed');

  await device.confirmGivingUp();
  await device.press('Send over the network');
  await device.expectText('Confirmed by the portal on');
});

journey('a device that cannot reach the portal gets a file instead', async world => {
  world.guard.expect(/Failed to load resource: net::ERR_\w+ \(http:\/\/portal\./);
  const site = await world.startSite();
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  await device.enterKey(site.key('perpetual'));
  await device.press('Activate over the network');
  await device.expectStatus('Waiting for the portal');
  await device.expectText('The portal did not answer. Save this file and take it to the portal.');
  await device.press('Send over the network');
  await device.expectText('Reason: PORTAL_UNREACHABLE');
  await device.load(await portal.exchange(await device.saveFile(), 'Licensed'));
  await device.expectStatus('Licensed');
});
