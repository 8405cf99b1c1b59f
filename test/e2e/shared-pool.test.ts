import assert from 'node:assert/strict';
import { ConsoleApi } from './support/console-api.ts';
import { journey } from './support/journey.ts';

const usedUp = 'All that the license allows is used up.';

journey('four machines on no network share 100 pages, and never print more together', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const portal = await world.visitPortal(site);
  const limits = { maximum: 100, overageMaximum: 0, share: 40 };
  const { id, key } = await staff.issue('consumption', { limits, maxActivations: 4 });
  const presses = [];
  for (const name of ['Press 1', 'Press 2', 'Press 3', 'Press 4']) {
    const press = await world.offlineSample(site, name);
    await press.load(await portal.exchange(await press.request(key), 'Licensed'));
    presses.push(press);
  }
  const [one, two, three, four] = presses;
  assert(one && two && three && four);
  const counter = async () => (await staff.license(id)).totals[0];

  await two.expectText('40 left for this device.');
  await two.useTimes('Print a page', 40);
  await two.use('Print a page', usedUp);
  await two.expectText('the share of this device is used up. Report the use to get more.');
  await three.expectText('20 left for this device.');
  await four.expectText('0 left for this device.');
  await four.use('Print a page', usedUp);
  assert.equal((await counter())?.outstanding, 100);

  // Press 1 has printed 10 and gives the license up: its other 30 are for those who report.
  await one.useTimes('Print a page', 10);
  await portal.exchange(await one.giveUp(), 'Deactivated, the seat is free');
  await four.load(await portal.exchange(await four.report(), 'Usage taken, license refreshed'));
  await four.expectText('30 left for this device.');
  await four.useTimes('Print a page', 30);
  await three.useTimes('Print a page', 20);
  await two.load(await portal.exchange(await two.report(), 'Usage taken, license refreshed'));
  await two.use('Print a page', usedUp);

  await portal.exchange(await three.report(), 'Usage taken, license refreshed');
  await portal.exchange(await four.report(), 'Usage taken, license refreshed');
  const { total, outstanding } = (await counter()) ?? {};
  assert.deepEqual([total, outstanding], [100, 0]);
});
