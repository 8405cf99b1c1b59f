import assert from 'node:assert/strict';
import { ConsoleApi } from './support/console-api.ts';
import { journey } from './support/journey.ts';

const day = 86_400_000;
const usedUp = 'All that the license allows is used up.';

journey(
  'a month turns over on a machine that is on no network, and its report brings both months',
  async world => {
    const site = await world.startSite();
    const staff = await ConsoleApi.open(site);
    const studio = await world.offlineSample(site, 'Press 7');
    const portal = await world.visitPortal(site);
    const limits = { maximum: 3, overageMaximum: 0, resetPeriod: 'monthly' } as const;
    const { id, key } = await staff.issue('consumption', { limits, maxOpenPeriods: 1 });
    await studio.load(await portal.exchange(await studio.request(key), 'Licensed'));
    await studio.useTimes('Print a page', 3);
    await studio.expectText('3 of 3 used');
    await studio.use('Print a page', usedUp);

    const { period } = (await staff.license(id)).totals[0] ?? {};
    assert(period);
    await studio.machine.setClock(new Date(period.endsAt * 1000 - 60_000));
    await studio.expectText('3 of 3 used');
    await studio.machine.setClock(new Date(period.endsAt * 1000 + day));
    await studio.expectText('0 of 3 used');
    await studio.useTimes('Print a page', 2);
    await studio.expectText('2 of 3 used');

    // One month may open without the vendor, and the next one does not.
    await studio.machine.setClock(new Date(period.endsAt * 1000 + 40 * day));
    await studio.expectText('2 of 3 used');
    await studio.expectText('without a new license file it does not begin anew');

    await studio.load(await portal.exchange(await studio.report(), 'Usage taken, license refreshed'));
    const reported = await staff.license(id);
    const months = reported.periods.map(({ firstDay, used }) => [firstDay, used]);
    assert.deepEqual(months, [
      [period.endsAt, 2],
      [period.startsAt, 3],
    ]);
    assert.equal(reported.totals[0]?.total, 3, 'of the month that the portal is in');
  },
);
