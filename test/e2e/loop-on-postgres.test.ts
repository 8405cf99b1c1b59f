import assert from 'node:assert/strict';
import { ConsoleApi } from './support/console-api.ts';
import { journey } from './support/journey.ts';

journey('the whole loop goes round on a server that keeps its records in PostgreSQL', async world => {
  const cluster = await world.startPostgres();
  const site = await world.startSite({ databaseUrl: cluster.address('postgres') });
  const staff = await ConsoleApi.open(site);
  const first = await world.offlineSample(site, 'Press 7');
  const second = await world.offlineSample(site, 'Press 8');
  const portal = await world.visitPortal(site);
  const limits = (maximum: number) => ({ maximum, overageMaximum: 0 });
  const { id, key } = await staff.issue('consumption', { limits: limits(3), maxActivations: 1 });
  const used = async () => (await staff.license(id)).totals.map(({ total }) => total);

  await first.load(await portal.exchange(await first.request(key), 'Licensed'));
  await first.expectText('0 of 3 used');

  await staff.edit(id, { limits: limits(9) });
  await first.load(world.stick.write('license_refresh.lic', await staff.refreshFile(id)));
  await first.expectText('0 of 9 used');

  await first.useTimes('Print a page', 2);
  await first.expectText('2 of 9 used');
  await first.load(await portal.exchange(await first.report(), 'Usage taken, license refreshed'));
  assert.deepEqual(await used(), [2]);

  // Another process of the server finds all of it, and the owner's session.
  await site.stop();
  await site.start();
  const request = await second.request(key);
  await portal.exchange(request, 'The only seat is in use.');

  await first.useTimes('Print a page', 1);
  await first.expectText('3 of 9 used');
  await first.load(await portal.exchange(await first.giveUp(), 'Deactivated, the seat is free'));
  await first.expectText('Confirmed by the portal on');
  assert.deepEqual(await used(), [3]);

  await second.load(await portal.exchange(request, 'Licensed'));
  await second.expectText('3 of 9 used');
});
