import { DeviceApp } from './support/device-app.ts';
import { journey } from './support/journey.ts';
import { buildNextVersion } from './support/next-build.ts';

const nextVersion = '99.1.0';

journey('an update to a new build is announced, waits for a person, and keeps the license', async world => {
  const site = await world.startSite();
  const machine = world.machine(site, 'Press 7');
  await machine.install();
  const device = new DeviceApp(machine, world.stick);
  const portal = await world.visitPortal(site);
  const request = await device.request(site.key('perpetual'), { name: 'Press 7' });
  await device.load(await portal.exchange(request, 'Licensed'));
  await device.expectText('Licensed to Acme Bottling');
  const number = await device.number();

  const distFolder = await buildNextVersion(world.makeFolder('next'), nextVersion);
  await site.stop();
  await site.start({ distFolder });
  await machine.restart('/about');
  await device.expectText('An update is ready. Your license is kept.');
  await device.expectNoText(nextVersion);
  await device.page.getByRole('button', { name: 'Update' }).click();
  await device.expectText(nextVersion);
  await device.expectNoText('An update is ready.');
  await device.expectText(number);
  await device.goHome();
  await device.expectText('Licensed to Acme Bottling');

  // The new build is whole: it needs no server, whichever page it begins with.
  await machine.unplug('/about');
  await device.expectText(nextVersion);
  await device.goHome();
  await device.expectText('Licensed to Acme Bottling');
  await machine.restart('/');
  await device.expectText('Licensed to Acme Bottling');
  await device.page.getByRole('link', { name: 'About this device' }).click();
  await device.expectText(nextVersion);
});
