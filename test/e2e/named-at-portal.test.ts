import assert from 'node:assert/strict';
import { ConsoleApi } from './support/console-api.ts';
import { journey } from './support/journey.ts';

journey('a machine without a keyboard gets its license by the key that its courier types', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  const { id, key } = await staff.issue('perpetual', { holder: 'Acme Bottling' });

  await device.page.getByRole('radio', { name: 'Without a key: name it at the portal' }).check();
  await device.press('Make the request file');
  const request = await device.saveFile();
  const sent: string[] = [];
  portal.page.on('request', asked => sent.push(asked.postDataBuffer()?.toString('latin1') ?? ''));
  await portal.choose(request);
  const row = portal.row('The request names no license key and no user.');
  await row.getByRole('button', { name: /^Type it here/ }).click();
  const field = portal.page.getByRole('textbox', { name: 'License key' });
  await field.pressSequentially(site.key('singleSeat').replace(/.$/, 'U'));
  assert.ok(await portal.page.getByRole('button', { name: 'Ask with this' }).isDisabled());
  await field.fill('');
  await field.pressSequentially(key);
  await portal.page.getByRole('button', { name: 'Ask with this' }).click();
  const answer = await portal.saveAnswer(portal.row('Licensed'));

  // Neither the key nor its characters alone went over the network.
  assert.ok(sent.length >= 2);
  for (const body of sent) assert.ok(!body.includes(key) && !body.includes(key.replaceAll('-', '')));
  await device.load(answer);
  await device.expectText('Licensed to Acme Bottling');
  assert.deepEqual(
    (await staff.devices(id)).map(({ state }) => state),
    ['active'],
  );
});
