import assert from 'node:assert/strict';
import { ConsoleApi } from './support/console-api.ts';
import { journey } from './support/journey.ts';
import { bytesOf } from './support/stick.ts';

const refused = 'The license key, or the user name and password, are not right.';

journey(
  'a device without a network is activated by user name and password, which stay on it',
  async world => {
    const site = await world.startSite();
    const staff = await ConsoleApi.open(site);
    const { id, password } = await staff.createUser('Mona Müller');
    assert.ok(password);
    const license = await staff.issueTo([id], { holder: 'Acme Bottling' });
    const press = await world.offlineDevice(site, 'Press 7');
    const portal = await world.visitPortal(site);

    const request = await press.requestAsUser(' mona  müller', password);
    assert.ok(bytesOf(request).length <= 512, `a request of ${bytesOf(request).length} bytes`);
    await press.expectStatus('Waiting for the portal');
    assert.equal(await press.page.getByRole('textbox', { name: 'Password' }).count(), 0);
    await press.load(await portal.exchange(request, 'Licensed'));
    await press.expectStatus('Licensed');
    const devices = await staff.devices(license.id);
    assert.deepEqual(
      devices.map(({ user, state }) => [user, state]),
      [['Mona Müller', 'active']],
    );
    await press.machine.restart();
    await press.expectStatus('Licensed');
  },
);

journey(
  'a wrong password and an unknown user are refused alike, and typed again without losing anything',
  async world => {
    const site = await world.startSite();
    const staff = await ConsoleApi.open(site);
    const { id, password } = await staff.createUser('mona');
    await staff.issueTo([id]);
    const press = await world.offlineDevice(site, 'Press 7');
    const portal = await world.visitPortal(site);

    await press.load(await portal.exchange(await press.requestAsUser('mona', 'not her password'), refused));
    await press.expectStatus('The portal said no');
    await press.expectText(refused);
    await press.expectText('At the device, type them again as the vendor sent them');
    await press.press('Type them again');
    await press.load(await portal.exchange(await press.requestAsUser('nobody', password ?? ''), refused));
    await press.expectOpenRequests(1);
    await press.press('Type them again');
    await press.load(await portal.exchange(await press.requestAsUser('mona', password ?? ''), 'Licensed'));
    await press.expectStatus('Licensed');
  },
);

journey('a new password decides about the next device, and the first one goes on', async world => {
  const site = await world.startSite();
  const staff = await world.visitConsole(site);
  const password = await staff.createUser('mona');
  await staff.issueToCreated({ holder: 'Acme Bottling', seats: 2 });
  const first = await world.offlineDevice(site, 'Press 7');
  const second = await world.offlineDevice(site, 'Press 8');
  const portal = await world.visitPortal(site);

  await first.load(await portal.exchange(await first.requestAsUser('mona', password), 'Licensed'));
  await first.expectStatus('Licensed');
  await staff.openUser('mona');
  await staff.expectText('Device without a name');
  const next = await staff.resetPassword();
  await second.load(await portal.exchange(await second.requestAsUser('mona', password), refused));
  await second.expectStatus('The portal said no');
  await second.press('Type them again');
  await second.load(await portal.exchange(await second.requestAsUser('mona', next), 'Licensed'));
  await second.expectStatus('Licensed');
  await first.load(await portal.exchange(await first.report(), 'Usage taken, license refreshed'));
  await first.expectStatus('Licensed');
});

journey('a user has the license on two devices, and on a third once one is given up', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const { id, password } = await staff.createUser('mona');
  await staff.issueTo([id], { maxActivations: null, devicesPerUser: 2 });
  const portal = await world.visitPortal(site);
  const [first, second, third] = [
    await world.offlineDevice(site, 'Press 7'),
    await world.offlineDevice(site, 'Press 8'),
    await world.offlineDevice(site, 'Press 9'),
  ];
  for (const device of [first, second]) {
    await device.load(await portal.exchange(await device.requestAsUser('mona', password ?? ''), 'Licensed'));
    await device.expectStatus('Licensed');
  }
  const full = 'This user has the license on 2 devices already, as many as allowed.';
  const request = await third.requestAsUser('mona', password ?? '');
  await third.load(await portal.exchange(request, full));
  await third.expectText(full);
  await first.load(await portal.exchange(await first.giveUp(), 'Deactivated, the seat is free'));
  await third.load(await portal.exchange(request, 'Licensed'));
  await third.expectStatus('Licensed');
});
