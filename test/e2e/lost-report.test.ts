import assert from 'node:assert/strict';
import { ConsoleApi } from './support/console-api.ts';
import { journey } from './support/journey.ts';

journey(
  'a lost report is made good by the next one: nothing is lost and nothing counted twice',
  async world => {
    const site = await world.startSite();
    const staff = await ConsoleApi.open(site);
    const studio = await world.offlineSample(site, 'Press 7');
    const portal = await world.visitPortal(site);
    const { id, key } = await staff.issue('consumption', { limits: { maximum: 100, overageMaximum: 0 } });
    const told = async () => (await staff.license(id)).totals.map(({ total }) => total);
    await studio.load(await portal.exchange(await studio.request(key), 'Licensed'));

    await studio.useTimes('Print a page', 2);
    await studio.expectText('2 of 100 used');
    const lost = await studio.report();
    await studio.useTimes('Print a page', 3);
    await studio.expectText('5 of 100 used');
    const next = await studio.report();
    const answer = await portal.exchange(next, 'Usage taken, license refreshed');
    assert.deepEqual(await told(), [5]);

    // The lost stick is found again, and the other one is uploaded a second time.
    await portal.exchange(lost, 'Usage taken, license refreshed');
    await portal.exchange(next, 'Usage taken, license refreshed');
    assert.deepEqual(await told(), [5]);

    // This time the answer is lost; the device goes on counting from where it was.
    await studio.useTimes('Print a page', 1);
    await studio.expectText('6 of 100 used');
    await portal.exchange(await studio.report(), 'Usage taken, license refreshed');
    assert.deepEqual(await told(), [6]);
    await studio.load(answer);
    await studio.expectText('6 of 100 used');

    await studio.useTimes('Print a page', 1);
    await studio.expectText('7 of 100 used');
    await portal.exchange(await studio.giveUp(), 'Deactivated, the seat is free');
    assert.deepEqual(await told(), [7]);
  },
);
