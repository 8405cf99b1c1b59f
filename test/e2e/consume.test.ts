import assert from 'node:assert/strict';
import { ConsoleApi } from './support/console-api.ts';
import { journey } from './support/journey.ts';

const usedUp = 'All that the license allows is used up.';

journey(
  'consumption goes to the maximum, into overage, is refused past it, and goes on after a report',
  async world => {
    const site = await world.startSite();
    const staff = await ConsoleApi.open(site);
    const studio = await world.offlineSample(site, 'Press 7');
    const portal = await world.visitPortal(site);
    const limits = { maximum: 3, overageMaximum: 2 };
    const proofs = { code: 'proofs', expiresAt: null, limits: { maximum: 1, overageMaximum: 0 } };
    const { id, key } = await staff.issue('consumption', { limits, features: [proofs] });
    await studio.load(await portal.exchange(await studio.request(key), 'Licensed'));

    await studio.expectText('0 of 3 used');
    await studio.useTimes('Print a page', 3);
    await studio.expectText('3 of 3 used');
    await studio.useTimes('Print a page', 2);
    await studio.expectText('5 of 3 used');
    await studio.expectText('2 of 2 allowed past the maximum');
    await studio.use('Print a page', usedUp);
    await studio.expectText('5 of 3 used');

    // A feature has a counter of its own, and without overage it ends at its maximum.
    await studio.use('Send a proof', 'The proof was sent.');
    await studio.expectText('1 of 1 used');
    await studio.machine.restart();
    await studio.expectText('5 of 3 used');
    await studio.expectText('1 of 1 used');

    const told = async () => (await staff.license(id)).totals.map(({ counter, total }) => [counter, total]);
    assert.deepEqual(await told(), [
      ['', 0],
      ['proofs', 0],
    ]);
    await staff.edit(id, { limits: { maximum: 7, overageMaximum: 0 } });
    await studio.load(await portal.exchange(await studio.report(), 'Usage taken, license refreshed'));
    await studio.expectText('5 of 7 used');
    assert.deepEqual(await told(), [
      ['', 5],
      ['proofs', 1],
    ]);
    await studio.useTimes('Print a page', 2);
    await studio.expectText('7 of 7 used');
    await studio.use('Print a page', usedUp);
  },
);
