import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { unzipSync } from 'fflate';
import { ConsoleApi, chosenPassword } from './support/console-api.ts';
import type { ConsolePage } from './support/console-page.ts';
import type { DeviceApp } from './support/device-app.ts';
import { journey } from './support/journey.ts';
import { bytesOf } from './support/stick.ts';

journey('three devices of one license get what has changed, each its file out of one zip', async world => {
  const site = await world.startSite();
  const api = await ConsoleApi.open(site);
  const { id, key } = await api.issue('perpetual', { customer: 'Acme Bottling', maxActivations: 3 });
  const portal = await world.visitPortal(site);
  const devices: DeviceApp[] = [];
  for (const name of ['Press 7', 'Press 8', 'Press 9']) {
    const device = await world.offlineDevice(site, name);
    await device.load(await portal.exchange(await device.request(key, { name }), 'Licensed'));
    await device.expectStatus('Licensed');
    devices.push(device);
  }
  const staff = await world.openConsole(site);
  await staff.signIn(chosenPassword);
  await staff.heading('Overview').waitFor();
  await openDue(staff);
  await staff.expectText('No license has changed since the file that its devices have.');

  await api.edit(id, { holder: 'Acme, hall 4' });
  await staff.page.reload();
  await expectDue(staff, ['Press 7', 'Press 8', 'Press 9']);
  await staff.expectText('Edited: holder');
  await staff.page.getByRole('checkbox', { name: 'All devices on this page' }).check();
  const [download] = await Promise.all([
    staff.page.waitForEvent('download'),
    staff.button('Download as one zip').click(),
  ]);
  const zip = await world.stick.keep(download);
  assert.equal(basename(zip), 'refresh-files.zip');
  await staff.expectText('No file is due');

  const unpacked = Object.entries(unzipSync(bytesOf(zip)));
  const numbers = await Promise.all(devices.map(device => device.number()));
  assert.deepEqual(
    unpacked.map(([name]) => name).sort(),
    numbers.map((number, index) => `refresh-press-${7 + index}-${number.replaceAll(' ', '-')}.lic`),
  );
  const files = unpacked.map(([name, bytes]) => world.stick.write(name, bytes));
  for (const device of devices) {
    // Each is given the whole stick, and takes what is its own.
    await device.load(...files);
    await device.expectText('The license on this device was refreshed.');
    await device.expectText('Acme, hall 4');
  }

  await staff.page.getByLabel('Show').selectOption('made');
  await expectDue(staff, ['Press 7', 'Press 8', 'Press 9']);
  for (const device of devices.slice(0, 2)) {
    await portal.exchange(await device.report(), 'Usage taken, license refreshed');
  }
  await staff.page.reload();
  await expectDue(staff, ['Press 9']);
});

async function openDue(staff: ConsolePage): Promise<void> {
  await staff.page.getByRole('link', { name: 'Refresh files' }).click();
  await staff.heading('Refresh files').waitFor();
}

/** Waits until these devices are in the list, and no other. */
async function expectDue(staff: ConsolePage, names: string[]): Promise<void> {
  const rows = staff.page.getByRole('region', { name: 'Devices' }).locator('tbody tr');
  await staff.expectText(`1 to ${names.length} of ${names.length}`);
  for (const name of names) await rows.getByRole('checkbox', { name, exact: true }).waitFor();
  assert.equal(await rows.count(), names.length);
}
