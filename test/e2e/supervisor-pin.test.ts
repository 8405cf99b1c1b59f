import assert from 'node:assert/strict';
import type { DeviceApp } from './support/device-app.ts';
import { journey } from './support/journey.ts';

const pin = '471100';

journey(
  'a supervisor PIN stands before the license, and a refresh file clears a forgotten one',
  async world => {
    const site = await world.startSite();
    const device = await world.offlineDevice(site, 'Press 7');
    const portal = await world.visitPortal(site);
    const license = await portal.exchange(
      await device.request(site.key('perpetual'), { name: 'Press 7' }),
      'Licensed',
    );
    await setPin(device);

    // Whoever does not know it changes nothing, by whichever way a file comes.
    await device.machine.restart();
    await device.drop(license);
    await dialogOf(device).waitFor();
    await dialogOf(device).getByRole('button', { name: 'Cancel' }).click();
    await device.expectText('This needs the PIN of a supervisor.');
    await device.expectOpenRequests(1);

    // Three wrong ones, and a fourth has to wait, over a new start of the browser too.
    await device.drop(license);
    for (const wrong of ['0000', '1111', '2222']) {
      await enter(device, wrong);
      await device.expectText('Reason: PIN_WRONG');
      await dialogOf(device).getByRole('textbox', { name: 'PIN' }).waitFor();
    }
    await device.machine.restart();
    await device.drop(license);
    await enter(device, pin);
    await device.expectText('Reason: PIN_WAIT');

    await device.machine.setClock(new Date(Date.now() + 60_000));
    await device.drop(license);
    await enter(device, pin);
    await device.expectText('The license is on this device now.');
    await device.expectStatus('Licensed');

    // Nobody knows it any more: the vendor makes a file.
    await device.machine.setClock(null);
    const staff = await world.visitConsole(site);
    await staff.openLicense(site.key('perpetual'));
    await staff.openTab('Devices');
    await staff.page.getByRole('button', { name: 'Clear the PIN…' }).click();
    const [download] = await Promise.all([
      staff.page.waitForEvent('download'),
      staff.page.getByRole('button', { name: 'Download the file' }).click(),
    ]);
    const clearing = await world.stick.keep(download);
    await device.drop(clearing);
    await device.expectText('The license on this device was refreshed.');
    await device.page.getByRole('link', { name: 'About this device' }).click();
    await device.page.getByRole('button', { name: 'Set a PIN…' }).waitFor();
    assert.equal(await dialogOf(device).count(), 0);
  },
);

function dialogOf({ page }: DeviceApp) {
  return page.getByRole('dialog', { name: 'PIN of the supervisor' });
}

async function enter(device: DeviceApp, digits: string): Promise<void> {
  await dialogOf(device).getByRole('textbox', { name: 'PIN' }).fill(digits);
  await dialogOf(device).getByRole('button', { name: 'Enter' }).click();
}

async function setPin(device: DeviceApp): Promise<void> {
  const { page } = device;
  await page.getByRole('link', { name: 'About this device' }).click();
  await device.press('Set a PIN…');
  await page.getByRole('textbox', { name: 'PIN, 4 to 12 digits' }).fill(pin);
  await page.getByRole('textbox', { name: 'The same again' }).fill(pin);
  await device.press('Set the PIN');
  await device.expectText('The PIN is set.');
  await device.goHome();
}
