import assert from 'node:assert/strict';
import type { LicenseTerms } from '../../src/api/license-terms.ts';
import { ConsoleApi } from './support/console-api.ts';
import { journey, type World } from './support/journey.ts';

const limits = { maximum: 10, overageMaximum: 0, resetPeriod: null, mayBeNegative: false, share: null };
const passphrase = 'a heron at the lock gate';

/** The only seat of a license of ten pages is on Press 7; four are printed. */
async function printingPress(world: World, terms: Partial<LicenseTerms> = {}) {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const portal = await world.visitPortal(site);
  const press = await world.offlineSample(site, 'Press 7');
  const { id, key } = await staff.issue('consumption', { limits, maxTransfers: 0, ...terms });
  await press.load(await portal.exchange(await press.request(key, { name: 'Press 7' }), 'Licensed'));
  await press.useTimes('Print a page', 4);
  await press.expectText('4 of 10 used');
  await press.page.getByText('Recovery', { exact: true }).click();
  return { site, staff, portal, press, license: id, key };
}

/** Seats, transfers and rebinds taken, and pages counted. */
async function countsOf({ staff, license }: { staff: ConsoleApi; license: string }) {
  const { activeActivations, transfersUsed, rebindsUsed, totals } = await staff.license(license);
  return [activeActivations, transfersUsed, rebindsUsed, totals[0]?.total ?? 0];
}

journey(
  'a press whose storage was cleared is back in one trip, by recovery file and passphrase',
  async world => {
    const story = await printingPress(world);
    const { portal, press } = story;
    const file = await press.saveRecoveryFile(passphrase);
    await press.machine.loseDatabase();
    await press.expectText('Not licensed');

    await press.page.getByText('Recovery', { exact: true }).click();
    await press.chooseRecovery(file);
    await press.openRecovery('a heron at the lake');
    await press.expectText('This passphrase does not open the recovery file.');
    await press.openRecovery(passphrase);
    await press.press('Get my license back');
    await press.load(await portal.exchange(await press.saveFile(), 'Licensed'));
    await press.expectText('4 of 10 used');
    assert.deepEqual(await countsOf(story), [1, 0, 0, 4], 'what was never reported is counted too');
    await press.useTimes('Print a page', 6);
    await press.expectText('10 of 10 used');
    await press.use('Print a page', 'All that the license allows is used up.');
  },
);

journey(
  'a profile made anew is rescued by an old recovery file, twice, and no consumption is reset',
  async world => {
    const story = await printingPress(world);
    const { portal, press } = story;
    const file = await press.saveRecoveryFile();
    await press.useTimes('Print a page', 3);
    await press.expectText('7 of 10 used');
    await press.load(await portal.exchange(await press.report(), 'Usage taken, license refreshed'));
    for (const _ of [1, 2]) {
      await press.machine.wipe();
      await press.page.getByText('Recovery', { exact: true }).click();
      await press.chooseRecovery(file);
      await press.press('Get my license back');
      await press.load(await portal.exchange(await press.saveFile(), 'Licensed'));
      await press.expectText('7 of 10 used');
      assert.deepEqual(await countsOf(story), [1, 0, 0, 7]);
    }
  },
);

journey(
  'a device says that the browser lost its license, and gets it back without a recovery file',
  async world => {
    const site = await world.startSite();
    const staff = await ConsoleApi.open(site);
    const portal = await world.visitPortal(site);
    const device = await world.offlineDevice(site, 'Press 7');
    const { id, key } = await staff.issue('perpetual', { maxTransfers: 0, maxRebinds: 1 });
    await device.load(await portal.exchange(await device.request(key, { name: 'Press 7' }), 'Licensed'));
    await device.expectStatus('Licensed');
    await device.press('Not now');

    await device.machine.loseDatabase();
    await device.expectStatus('Not licensed');
    await device.expectText('The data of this app was cleared by the browser: Press 7 had a license here.');
    await device.page.getByRole('link', { name: 'Get my license back' }).click();
    await device.expectText('This browser had the license of Press 7.');
    await device.page.getByRole('link', { name: 'Enter the license' }).click();
    await device.load(await portal.exchange(await device.request(key), 'Licensed'));
    await device.expectStatus('Licensed');
    assert.deepEqual(await countsOf({ staff, license: id }), [1, 0, 1, 0]);
  },
);

journey(
  'several licenses, one of them of a user, come back in one trip without key or password',
  async world => {
    const site = await world.startSite();
    const staff = await ConsoleApi.open(site);
    const portal = await world.visitPortal(site);
    const device = await world.offlineDevice(site, 'Press 7');
    const { id: userId, password } = await staff.createUser('anna');
    const ofUser = await staff.issueTo([userId], { maxActivations: 1, maxTransfers: 0 });
    const ofKey = await staff.issue('perpetual', { maxTransfers: 0 });
    await device.load(await portal.exchange(await device.request(ofKey.key ?? ''), 'Licensed'));
    await device.load(await portal.exchange(await device.requestAsUser('anna', password ?? ''), 'Licensed'));
    await device.expectText('Licenses on this device');
    const file = await device.saveRecoveryFile();
    await device.machine.wipe();

    await device.page.getByRole('link', { name: 'Get my license back' }).click();
    await device.chooseRecovery(file);
    await device.press('Get my license back');
    await device.expectOpenRequests(2);
    const requests = [await device.saveFirstFile(), await device.saveFile()];
    const answers = [];
    for (const request of requests) answers.push(await portal.exchange(request, 'Licensed'));
    await device.load(...answers);
    await device.expectText('Licenses on this device');
    await device.expectOpenRequests(0);
    for (const { id } of [ofUser, ofKey]) {
      assert.deepEqual(await countsOf({ staff, license: id }), [1, 0, 0, 0]);
    }
  },
);

journey('files that rescue nothing are refused for their reason, and nothing is asked for', async world => {
  const { site, portal, press, key } = await printingPress(world);
  const own = await press.saveRecoveryFile();
  const elsewhere = await world.startSite();
  const other = await world.offlineDevice(elsewhere, 'Press 9');
  const theirs = await world.visitPortal(elsewhere);
  const request = await other.request(elsewhere.key('perpetual'));
  const license = await theirs.exchange(request, 'Licensed');
  await other.load(license);
  const foreign = await other.saveRecoveryFile();
  await press.chooseRecovery(foreign);
  await press.expectText('This recovery file is of another vendor’s software.');
  await press.chooseRecovery(license);
  await press.expectText('This is another kind of file than the one needed here.');
  await press.chooseRecovery(own);
  await press.expectText('The license of this recovery file is on this device.');
  await press.expectOpenRequests(0);
  assert.ok(site && portal && key);
});
