import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { breakFile } from './support/broken-files.ts';
import { DeviceApp } from './support/device-app.ts';
import { dropFiles } from './support/drop.ts';
import { journey } from './support/journey.ts';
import type { Machine } from './support/machine.ts';
import { bytesOf } from './support/stick.ts';

const loaded = 'The license is on this device now.';

journey('a license file opened in the file manager starts the installed app, which loads it', async world => {
  const site = await world.startSite();
  const machine = world.machine(site, 'Press 7');
  await machine.install();
  await installApp(machine);
  await machine.unplug();
  const device = new DeviceApp(machine, world.stick);
  const portal = await world.visitPortal(site);
  const license = await portal.exchange(await device.request(site.key('perpetual')), 'Licensed');

  // The app is closed: no window of it is open.
  await device.page.goto('about:blank');
  const window = await openClosedApp(machine, [license]);
  await window.getByText(loaded).waitFor();
  await window.getByRole('heading', { level: 1, name: 'Licensed' }).waitFor();
});

journey(
  'files opened while the app runs come to its window, wrong ones and several included',
  async world => {
    const site = await world.startSite();
    const machine = world.machine(site, 'Press 7');
    await machine.install();
    await installApp(machine);
    await machine.unplug();
    const device = new DeviceApp(machine, world.stick);
    const other = await world.offlineDevice(site, 'Press 8');
    const portal = await world.visitPortal(site);
    const key = site.key('perpetual');
    const license = await portal.exchange(await device.request(key), 'Licensed');
    const others = await portal.exchange(await other.request(key, { name: 'Press 8' }), 'Licensed');
    const { cut, picture } = breakFile(bytesOf(license));
    const onStick = (bytes: Uint8Array) => world.stick.write('license.lic', bytes);

    await device.page.goto('about:blank');
    const window = await openClosedApp(machine, [onStick(picture.bytes)]);
    await window.getByText('This is not a Latchkey file.').waitFor();
    const windows = machine.page.context().pages().length;
    const open = (...files: string[]) => launch(machine, files);

    // Several at once: each is told by itself, and the good one is loaded.
    await open(onStick(cut.bytes), others, license);
    await window.getByText('This file was cut short').waitFor();
    await window.getByText('This file is for the device Press 8, not for this one.').waitFor();
    await window.getByText(loaded).waitFor();
    await window.getByRole('heading', { level: 1, name: 'Licensed' }).waitFor();

    // From any page of the app.
    await window.getByRole('link', { name: 'About this device' }).click();
    await open(license);
    await window.getByText('This file was loaded before').waitFor();

    // A question that is open keeps its place; the file is loaded once it is answered.
    await window.getByRole('link', { name: 'Give the license up' }).click();
    await window.getByRole('button', { name: 'Give the license up…' }).click();
    const dialog = window.getByRole('dialog');
    await dialog.waitFor();
    await open(others);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await window.getByText('This file is for the device Press 8, not for this one.').waitFor();
    await window.getByRole('heading', { level: 1, name: 'Licensed' }).waitFor();
    assert.equal(machine.page.context().pages().length, windows, 'no second window');
  },
);

journey('a shortcut on the icon leads a running window to the place for answers', async world => {
  const site = await world.startSite();
  const machine = world.machine(site, 'Press 7');
  await machine.install();
  await installApp(machine);
  await machine.unplug('/?do=load');
  const { page } = machine;
  await page.getByRole('button', { name: 'Scan a QR code' }).waitFor();
  await page.waitForFunction(() => location.search === '');
  await page.getByRole('link', { name: 'About this device' }).click();

  const session = await machine.browserSession();
  const manifestId = `${machine.origin}/`;
  const opened = page.context().waitForEvent('page');
  await session.send('PWA.launch', { manifestId, url: `${manifestId}?do=load` });
  const window = await opened;
  await window.getByRole('button', { name: 'Scan a QR code' }).waitFor();
  await window.getByRole('link', { name: 'About this device' }).click();
  await window.getByText('Number of this device', { exact: true }).waitFor();
  const windows = page.context().pages().length;
  await session.send('PWA.launch', { manifestId, url: `${manifestId}?do=load` });
  await window.getByRole('button', { name: 'Scan a QR code' }).waitFor();
  assert.equal(page.context().pages().length, windows, 'no second window');
});

journey('a file dropped on any page of the app is loaded there', async world => {
  const site = await world.startSite();
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  const license = await portal.exchange(await device.request(site.key('perpetual')), 'Licensed');
  await device.page.getByRole('link', { name: 'About this device' }).click();
  await device.expectText('Number of this device');
  await dropFiles(device.page, [license]);
  await device.expectText(loaded);
  await device.expectStatus('Licensed');
});

async function installApp(machine: Machine): Promise<void> {
  const session = await machine.browserSession();
  const manifestId = `${machine.origin}/`;
  await session.send('PWA.install', { manifestId, installUrlOrBundleUrl: manifestId });
  await session.send('PWA.changeAppUserSettings', { manifestId, displayMode: 'standalone' });
}

/** What a double-click does in the file manager. */
async function launch(machine: Machine, files: string[]): Promise<void> {
  const session = await machine.browserSession();
  await session.send('PWA.launchFilesInApp', { manifestId: `${machine.origin}/`, files });
}

async function openClosedApp(machine: Machine, files: string[]): Promise<Page> {
  const opened = machine.page.context().waitForEvent('page');
  await launch(machine, files);
  return opened;
}
