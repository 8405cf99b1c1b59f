import { join } from 'node:path';
import type { DeviceApp } from './support/device-app.ts';
import { filmStill } from './support/film.ts';
import { journey } from './support/journey.ts';

journey('a license key is entered on keys on the screen, without a keyboard', async world => {
  const site = await world.startSite();
  const device = await world.offlineDevice(site, 'Press 7');
  await device.press('Keypad on the screen');
  await tap(device, site.key('perpetual').replaceAll('-', ''));
  await device.expectText('All groups are typed right.');
  await device.press('Make the request file');
  await device.expectOpenRequests(1);

  // The choice is remembered, over a new start of the browser too; the last character is taken back.
  await device.machine.restart();
  await device.press('Enter another license key');
  await tap(device, '00');
  await device.press('Delete');
  await tap(device, '7');
  const field = device.page.getByRole('textbox', { name: 'License key' });
  await device.page.waitForFunction(
    element => (element as HTMLInputElement).value === '07',
    await field.elementHandle(),
  );
});

journey('a license key is read from the QR code on the handover sheet', async world => {
  const site = await world.startSite();
  const staff = await world.visitConsole(site);
  await staff.issue({ type: 'Perpetual', holder: 'Acme Bottling' });
  await staff.page.getByRole('link', { name: 'Handover sheet' }).click();
  await staff.heading('Handover sheet').waitFor();
  const film = join(world.makeFolder('films'), 'key.y4m');
  await filmStill(staff.page.locator('canvas'), film);

  const device = await world.offlineDevice(site, 'Press 7');
  await device.machine.plugCamera(film);
  await device.press('Scan the license key');
  await device.expectText('All groups are typed right.');
  const portal = await world.visitPortal(site);
  await device.press('Make the request file');
  await device.load(await portal.exchange(await device.saveFile(), 'Licensed'));
  await device.expectStatus('Licensed');
});

/** What a finger does on the keys. */
async function tap({ page }: DeviceApp, keys: string): Promise<void> {
  const pad = page.getByRole('group', { name: 'Keypad' });
  for (const key of keys) await pad.getByRole('button', { name: key, exact: true }).click();
}
