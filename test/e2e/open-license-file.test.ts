import { DeviceApp } from './support/device-app.ts';
import { journey } from './support/journey.ts';
import type { Machine } from './support/machine.ts';

journey('a license file opened in the file manager starts the installed app, which loads it', async world => {
  const site = await world.startSite();
  const machine = world.machine(site, 'Press 7');
  await machine.install();
  await installApp(machine);
  await machine.unplug();
  const device = new DeviceApp(machine, world.stick);
  const portal = await world.visitPortal(site);
  const license = await portal.exchange(await device.request(site.key('perpetual')), 'Licensed');

  const window = await openFile(machine, license);
  await window.getByText('The license is on this device now.').waitFor();
  await window.getByRole('heading', { level: 1, name: 'Licensed' }).waitFor();
  // The window that was open before has seen it as well.
  await device.expectStatus('Licensed');
});

async function installApp(machine: Machine): Promise<void> {
  const session = await machine.browserSession();
  const manifestId = `${machine.origin}/`;
  await session.send('PWA.install', { manifestId, installUrlOrBundleUrl: manifestId });
  await session.send('PWA.changeAppUserSettings', { manifestId, displayMode: 'standalone' });
}

async function openFile(machine: Machine, file: string) {
  const session = await machine.browserSession();
  const opened = machine.page.context().waitForEvent('page');
  await session.send('PWA.launchFilesInApp', { manifestId: `${machine.origin}/`, files: [file] });
  return opened;
}
