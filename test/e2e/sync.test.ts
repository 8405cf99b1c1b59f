import assert from 'node:assert/strict';
import { ConsoleApi } from './support/console-api.ts';
import { journey } from './support/journey.ts';

const minute = 60_000;

/** The clock of a device on which so much time has gone by; within what a clock may be set back later. */
const in90Minutes = () => new Date(Date.now() + 90 * minute);

journey('a request that waits goes by itself when the machine is on the network again', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const { id, key } = await staff.issue('perpetual', { maxActivations: 1 });
  const device = await world.offlineDevice(site, 'Press 7');
  const asked = () => world.guard.countRequests(site.origins.portal);
  const before = asked();
  await device.request(key);
  await device.expectText('Offline. Everything here works without a network.');
  assert.equal(asked(), before);

  await device.machine.plugIn();
  await device.expectStatus('Licensed');
  assert.ok(asked() > before);
  await device.expectOpenRequests(0);
  await device.expectText('Last synced with the portal on');
  assert.deepEqual(
    (await staff.devices(id)).map(({ state }) => state),
    ['active'],
  );
});

journey('a page that stays open syncs when its network is back', async world => {
  const site = await world.startSite();
  const device = await world.onlineDevice(site, 'Press 7');
  await device.machine.setNetwork(false);
  await device.request(site.key('perpetual'));
  await device.expectStatus('Waiting for the portal');
  await device.machine.setNetwork(true);
  await device.expectStatus('Licensed');

  await device.machine.setNetwork(false);
  await device.confirmGivingUp();
  await device.machine.setNetwork(true);
  await device.expectText('Confirmed by the portal on');
});

journey('consumption is reported, and a change at the console fetched, without a person', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const studio = await world.offlineSample(site, 'Press 7');
  const portal = await world.visitPortal(site);
  const { id, key } = await staff.issue('consumption', { limits: { maximum: 100, overageMaximum: 0 } });
  await studio.load(await portal.exchange(await studio.request(key), 'Licensed'));
  await studio.useTimes('Print a page', 3);
  await studio.expectText('3 of 100 used');
  await staff.edit(id, { limits: { maximum: 200, overageMaximum: 0 } });

  await studio.machine.setClock(in90Minutes());
  await studio.expectText('3 of 100 used');
  await studio.machine.plugIn();
  await studio.expectText('3 of 200 used');
  assert.deepEqual(
    (await staff.license(id)).totals.map(({ total }) => total),
    [3],
  );
});

journey('a license that counts nothing is fetched anew as well', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const { id, key } = await staff.issue('perpetual', { holder: 'Acme Bottling' });
  const device = await world.onlineDevice(site, 'Press 7');
  await device.enterKey(key);
  await device.press('Activate over the network');
  await device.expectText('Licensed to Acme Bottling');

  // What was activated over the network takes a refresh file like any other.
  await staff.edit(id, { holder: 'Acme Canning' });
  await device.load(world.stick.write('license_refresh.lic', await staff.refreshFile(id)));
  await device.expectText('Licensed to Acme Canning');

  await staff.edit(id, { holder: 'Acme Foods' });
  await device.machine.setClock(in90Minutes());
  await device.expectText('Licensed to Acme Foods');
  await device.expectOpenRequests(0);
  await staff.disable(id);
  await device.machine.setClock(new Date(Date.now() + 180 * minute));
  await device.expectStatus('Needs attention');
});

journey('a deactivation goes by itself, and frees the seat', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const { id, key } = await staff.issue('perpetual', { maxActivations: 1 });
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  await device.load(await portal.exchange(await device.request(key), 'Licensed'));
  await device.giveUp();
  await device.machine.plugIn();
  await device.expectText('Give the license up, or see receipts');
  await device.goToGivingUp();
  await device.expectText('Confirmed by the portal on');
  assert.deepEqual(
    (await staff.devices(id)).map(({ state }) => state),
    ['deactivated'],
  );
});

journey('a refusal that came over the network reads like one from a stick', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const { id, key } = await staff.issue('perpetual');
  await staff.disable(id);
  const device = await world.offlineDevice(site, 'Press 7');
  await device.request(key);
  await device.machine.plugIn();
  await device.expectStatus('The portal said no');
  await device.expectText('Reason: LICENSE_DISABLED');
  await device.expectOpenRequests(1);
});

journey('when sync is off, nothing goes to the portal by itself', async world => {
  const site = await world.startSite();
  const device = await world.offlineDevice(site, 'Press 7');
  await device.request(site.key('perpetual'));
  await device.switchSync(false);
  await device.expectText('Sync is off.');
  await device.goHome();
  const asked = () => world.guard.countRequests(site.origins.portal);
  const before = asked();

  await device.machine.plugIn();
  await device.expectText('Sync is off.');
  await device.page.waitForLoadState('networkidle');
  await device.machine.setNetwork(false);
  await device.machine.setNetwork(true);
  await device.machine.restart();
  await device.expectStatus('Waiting for the portal');
  await device.page.waitForLoadState('networkidle');
  assert.equal(asked(), before);

  // Whoever presses a button is not the app.
  await device.press('Send over the network');
  await device.expectStatus('Licensed');
  const byHand = asked();
  assert.ok(byHand > before);
  await device.confirmGivingUp();
  await device.machine.restart();
  await device.page.waitForLoadState('networkidle');
  assert.equal(asked(), byHand);

  // The same start, with the switch on, is one that sends.
  await device.switchSync(true);
  await device.goHome();
  await device.expectNoText('its receipt is not here yet');
  assert.ok(asked() > byHand);
});
