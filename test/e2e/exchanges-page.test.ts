import assert from 'node:assert/strict';
import { decodeContainer } from '../../src/format/container.ts';
import { journey } from './support/journey.ts';
import { bytesOf } from './support/stick.ts';

journey('a refused file stands out with its reason, and its bytes come back as they went', async world => {
  const site = await world.startSite();
  const staff = await world.visitConsole(site);
  const portal = await world.visitPortal(site);
  const key = await staff.issue({ type: 'Perpetual', holder: 'Acme Bottling' });
  const first = await world.offlineDevice(site, 'Press 7');
  await first.load(await portal.exchange(await first.request(key, { name: 'Press 7' }), 'Licensed'));
  await first.expectStatus('Licensed');
  const second = await world.offlineDevice(site, 'Press 8');
  const request = await second.request(key, { name: 'Press 8' });
  const refusal = await portal.exchange(request, 'The only seat is in use.');

  await staff.openPage('Exchanges');
  const files = staff.page.getByRole('region', { name: 'Files' });
  const row = files.getByRole('row').filter({ hasText: 'Press 8' });
  await row.getByText('Refused').waitFor();
  await row.getByText('All seats are in use.').waitFor();
  const received = await staff.download(row.getByRole('button', { name: /^File/ }));
  assert.deepEqual(bytesOf(received), bytesOf(request));
  const answer = bytesOf(await staff.download(row.getByRole('button', { name: /^Answer/ })));
  const handedOut = decodeContainer(new Uint8Array(bytesOf(refusal))).at(-1);
  assert.deepEqual(new Uint8Array(answer), handedOut);

  // By the number that the caller reads, without a mouse.
  const number = await second.number();
  await staff.openPage('Devices');
  const { keyboard } = staff.page;
  await staff.page.getByRole('searchbox', { name: 'Search devices' }).focus();
  await keyboard.type(number);
  await keyboard.press('Enter');
  await staff.heading('Press 8').waitFor();
  await staff.expectText('Refused so far');
  await staff.expectText('All seats are in use.');
  await staff.page.getByRole('link', { name: 'Acme Bottling' }).first().click();
  await staff.expectText('1 of 1 seats in use.');
  await staff.page
    .getByRole('article', { name: 'Press 7' })
    .getByRole('button', { name: 'Release seat…' })
    .click();
  await staff.page.getByRole('dialog').getByRole('button', { name: 'Release seat', exact: true }).click();
  await staff.expectText('The seat is free.');
  await second.load(await portal.exchange(request, 'Licensed'));
  await second.expectStatus('Licensed');
});

journey('staff find what they look for among all files and devices', async world => {
  const site = await world.startSite();
  const staff = await world.visitConsole(site);
  const portal = await world.visitPortal(site);
  const device = await world.offlineDevice(site, 'Press 7');
  await device.load(
    await portal.exchange(await device.request(site.key('perpetual'), { name: 'Press 7' }), 'Licensed'),
  );
  await device.expectStatus('Licensed');
  await portal.exchange(await device.giveUp(), 'Deactivated, the seat is free');

  await staff.openPage('Exchanges');
  const rows = staff.page.getByRole('region', { name: 'Files' }).getByRole('row');
  await rows.nth(2).waitFor();
  await staff.page.getByLabel('Kind', { exact: true }).selectOption('Deactivation');
  await rows.filter({ hasText: 'Receipt' }).waitFor();
  await rows.filter({ hasText: 'Activation request' }).waitFor({ state: 'detached' });
  await staff.page.reload();
  await rows.filter({ hasText: 'Receipt' }).waitFor();
  await staff.page.getByLabel('Day in UTC').fill('2001-01-01');
  await staff.expectText('No such file');

  await staff.openPage('Devices');
  await staff.page.getByLabel('State').selectOption('No seat');
  await staff.page.getByRole('region', { name: 'Devices' }).getByRole('link', { name: 'Press 7' }).click();
  await staff.heading('Press 7').waitFor();
  await staff.confirm('Block…', 'Block device', 'The device is blocked.');
  await staff.page.getByRole('link', { name: 'Devices' }).first().click();
  await staff.page.getByLabel('State').selectOption('Blocked');
  await staff.page.getByRole('region', { name: 'Devices' }).getByRole('link', { name: 'Press 7' }).waitFor();
});
