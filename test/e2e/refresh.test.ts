import { ConsoleApi } from './support/console-api.ts';
import { journey } from './support/journey.ts';

const day = 86_400;
const start = Math.floor(Date.now() / 1000);

journey('refresh files bring a feature, a later date, an end and a new beginning', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  const features = [{ code: 'export', expiresAt: null, limits: null }];
  const { id, key } = await staff.issue('time-limited', { expiresAt: start + 20 * day, features });

  const refresh = async () =>
    device.load(world.stick.write('license_refresh.lic', await staff.refreshFile(id)));

  await device.load(await portal.exchange(await device.request(key), 'Licensed'));
  await device.expectText('20 days left');
  await device.expectNoText('Color profiles');

  await staff.edit(id, { features: [...features, { code: 'color', expiresAt: null, limits: null }] });
  await refresh();
  await device.expectText('The license on this device was refreshed.');
  await device.expectText('Color profiles');

  await staff.edit(id, { expiresAt: start + 200 * day });
  await refresh();
  await device.expectText('200 days left');

  await staff.disable(id);
  await refresh();
  await device.expectStatus('Needs attention');
  await device.expectText('The vendor has disabled this license.');
  await device.machine.restart();
  await device.expectStatus('Needs attention');

  await staff.enable(id);
  await refresh();
  await device.expectStatus('Licensed');
  await device.expectText('200 days left');
});
