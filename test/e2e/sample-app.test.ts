import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { ConsoleApi } from './support/console-api.ts';
import { DeviceApp } from './support/device-app.ts';
import { journey } from './support/journey.ts';

journey('the sample app goes from locked to unlocked and back, on an origin of its own', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const studio = await world.offlineSample(site, 'Studio');
  const portal = await world.visitPortal(site);
  const feature = (code: string) => ({ code, expiresAt: null, limits: null });
  const { id, key } = await staff.issue('perpetual', { features: [feature('export')] });

  await studio.expectText('Press Studio is locked');
  assert.equal(await studio.tool('Export PDF').isVisible(), false);
  await studio.load(await portal.exchange(await studio.request(key), 'Licensed'));
  await studio.expectText('Spring catalog, page 12');
  await studio.expectNoText('Press Studio is locked');
  await studio.use('Export PDF', 'The page was exported.');
  assert.equal(await studio.tool('Match colors').isVisible(), false);
  await studio.expectText('The license does not include the feature color.');

  await staff.edit(id, { features: [feature('color'), feature('export')] });
  await studio.load(world.stick.write('license_refresh.lic', await staff.refreshFile(id)));
  await studio.use('Match colors', 'The colors were matched.');

  const receipt = await portal.exchange(await studio.giveUp(), 'Deactivated, the seat is free');
  await studio.expectText('Press Studio is locked');
  assert.equal(await studio.tool('Export PDF').isVisible(), false);
  await studio.load(receipt);
  await studio.expectText('Confirmed by the portal on');
  await studio.machine.restart();
  await studio.expectText('Press Studio is locked');
});

journey('the device app and the sample app of one browser are two devices', async world => {
  const site = await world.startSite();
  const machine = world.machine(site, 'One browser');
  await machine.install();
  const key = site.key('perpetual');
  // The number of a device stands in the names of its files.
  const names = new Set<string>();
  for (const origin of [site.origins.app, site.origins.sample]) {
    await machine.page.goto(origin);
    const app = new DeviceApp(machine, world.stick);
    names.add(basename(await app.request(key)));
  }
  assert.equal(names.size, 2);
});
