import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { chosenPassword } from './support/console-api.ts';
import { journey } from './support/journey.ts';
import { takePicture } from './support/picture.ts';

journey(
  'the owner signs in with the keyboard, changes the one-time password, and the old one is gone',
  async world => {
    const site = await world.startSite();
    const staff = await world.openConsole(site);
    const { keyboard } = staff.page;
    await staff.page.goto(site.origins.console);
    await staff.heading('Sign in').waitFor();
    await keyboard.type('owner@latchkey.localhost');
    await keyboard.press('Tab');
    await keyboard.type(site.ownerPassword);
    await keyboard.press('Enter');
    await staff.heading('Choose your password').waitFor();
    await keyboard.type('too short');
    await keyboard.press('Enter');
    await staff.expectText('This password is too short or too easy to guess.');
    await staff.page.getByLabel('New password').fill(chosenPassword);
    await keyboard.press('Enter');
    await staff.heading('Overview').waitFor();

    await staff.button('Sign out').click();
    await staff.signIn(site.ownerPassword);
    await staff.expectText('E-mail address or password are not right.');
    await staff.signIn(chosenPassword);
    await staff.heading('Overview').waitFor();
  },
);

journey('staff issue a license, find it, see its device, release the seat and disable it', async world => {
  const site = await world.startSite();
  const staff = await world.visitConsole(site);
  const portal = await world.visitPortal(site);
  const device = await world.offlineDevice(site, 'Press 7');
  const key = await staff.issue({ type: 'Perpetual', holder: 'Acme Bottling', features: ['PDF export'] });

  await staff.openLicense(key);
  await staff.openTab('Devices');
  await staff.expectText('No device yet');
  const request = await device.request(key, { name: 'Press 7' });
  await device.load(await portal.exchange(request, 'Licensed'));
  await device.expectStatus('Licensed');

  await staff.page.reload();
  await staff.expectText('1 of 1 seats in use.');
  await staff.page
    .getByRole('article', { name: 'Press 7' })
    .getByText(await device.number())
    .waitFor();
  await takePicture(staff.page, 'console');
  assert.equal(basename(await staff.downloadRefresh()), 'license_refresh.lic');

  await staff.confirm('Release seat…', 'Release seat', 'The seat is free.');
  await staff.expectText('0 of 1 seats in use.');
  const second = await world.offlineDevice(site, 'Press 8');
  await second.load(await portal.exchange(await second.request(key), 'Licensed'));
  await second.expectStatus('Licensed');

  await staff.disable();
  const third = await world.offlineDevice(site, 'Press 9');
  await third.load(await portal.exchange(await third.request(key), 'The vendor has disabled this license.'));
  await third.expectText('Reason: LICENSE_DISABLED');
  await staff.openTab('History');
  await staff.page
    .getByRole('region', { name: 'Changes', exact: true })
    .getByText('Released a seat')
    .waitFor();
});
