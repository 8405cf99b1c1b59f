import assert from 'node:assert/strict';
import type { LicenseTerms } from '../../src/api/license-terms.ts';
import { ConsoleApi, chosenPassword } from './support/console-api.ts';
import { journey, type World } from './support/journey.ts';
import { SampleApp } from './support/sample-app.ts';

const seatTaken = 'The only seat is in use.';
const limits = { maximum: 10, overageMaximum: 0, resetPeriod: null, mayBeNegative: false, share: null };

/** Press 7 has the only seat of a license; it used 4 of 10, and told of 3. Then its storage is lost. */
async function wipedPress(world: World, terms: Partial<LicenseTerms> = {}) {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const portal = await world.visitPortal(site);
  const press = await world.offlineSample(site, 'Press 7');
  const { id, key } = await staff.issue('consumption', { limits, customer: 'Acme Bottling', ...terms });
  await press.load(await portal.exchange(await press.request(key, { name: 'Press 7' }), 'Licensed'));
  await press.useTimes('Print a page', 3);
  await press.expectText('3 of 10 used');
  await press.load(await portal.exchange(await press.report(), 'Usage taken, license refreshed'));
  await press.use('Print a page', 'The page was printed.');
  await press.expectText('4 of 10 used');
  const oldNumber = await press.number();
  const oldDisk = new SampleApp(await world.copyMachine(press.machine, 'The old disk'), world.stick);
  await press.machine.wipe();
  await press.expectText('Not licensed');
  const file = await press.request(key, { name: 'Press 7' });
  assert.notEqual(await press.number(), oldNumber);
  return { site, staff, portal, press, oldDisk, oldNumber, license: id, file };
}

type Story = Awaited<ReturnType<typeof wipedPress>>;

/** What is true after either way: the seat count, the consumption, and what the old disk gets. */
async function expectRebound({ staff, portal, press, oldDisk, license }: Story): Promise<void> {
  await press.expectText('Licensed');
  await press.expectText('3 of 10 used');
  const { activeActivations, transfersUsed, totals } = await staff.license(license);
  assert.deepEqual([activeActivations, transfersUsed, totals[0]?.total], [1, 0, 3]);
  const devices = await staff.devices(license);
  assert.deepEqual(devices.map(({ state }) => state).sort(), ['active', 'replaced']);

  // The old disk turns up again: what it had not told is counted, and its license has ended.
  const late = await portal.exchange(await oldDisk.report(), 'another activation has taken this one’s place');
  await oldDisk.load(late);
  await oldDisk.expectText('Press Studio is locked');
  assert.equal((await staff.license(license)).totals[0]?.total, 4);
  await press.load(await portal.exchange(await press.report(), 'Usage taken, license refreshed'));
  await press.expectText('4 of 10 used');
  await press.useTimes('Print a page', 6);
  await press.expectText('10 of 10 used');
  await press.use('Print a page', 'All that the license allows is used up.');
}

journey(
  'support finds a wiped machine by the number that is read, rebinds it, and the same file does',
  async world => {
    const story = await wipedPress(world, { maxTransfers: 0 });
    const { site, portal, press, file, oldNumber } = story;
    await press.load(await portal.exchange(file, seatTaken));
    await press.expectText(seatTaken);

    const desk = await world.openConsole(site);
    await desk.signIn(chosenPassword);
    await desk.heading('Overview').waitFor();
    await desk.page.getByRole('link', { name: 'Support' }).click();
    await desk.heading('Support').waitFor();
    const number = await press.number();
    await desk.page.keyboard.type(number.slice(0, 9));
    await desk.expectText('8 of 12 digits');
    await desk.page.keyboard.type(number.slice(9));
    await desk.page.getByRole('article', { name: 'Press 7' }).getByText(seatTaken).first().waitFor();
    await desk.expectText('Acme Bottling');
    await desk.expectText('Is it a new machine, or one that was set up again? Hold the line.');
    await desk.button('Rebind…').click();
    await desk.expectText('100 % alike');
    await desk.expectText(oldNumber);
    await desk.page.getByRole('button', { name: /It was this one…/ }).click();
    await desk.expectText('Give the seat of Press 7 to Press 7?');
    await desk.button('Rebind').click();
    await desk.expectText('Upload the same file again.');

    await press.load(await portal.exchange(file, 'Licensed'));
    await desk.page.reload();
    await desk.expectText('Load the license file that I send you.');
    await expectRebound(story);
    assert.equal((await story.staff.license(story.license)).rebindsUsed, 0);
  },
);

journey('a wiped machine has its seat again without a person, where the license lets it', async world => {
  const story = await wipedPress(world, { maxTransfers: 0, maxRebinds: 1 });
  const { portal, press, file, staff, license } = story;
  await press.load(await portal.exchange(file, 'Licensed'));
  await expectRebound(story);
  assert.equal((await staff.license(license)).rebindsUsed, 1);

  // Once is what the license allows; the next time somebody has to call.
  await press.machine.wipe();
  const { key } = await staff.license(license);
  await portal.exchange(await press.request(key, { name: 'Press 7' }), seatTaken);
});

journey(
  'a number of which nothing has arrived leads to the portal, and a wrong one is heard at once',
  async world => {
    const site = await world.startSite();
    const desk = await world.visitConsole(site);
    const press = await world.offlineDevice(site, 'Press 7');
    await press.request(site.key('perpetual'));
    await desk.page.getByRole('link', { name: 'Support' }).click();
    await desk.heading('Support').waitFor();
    await desk.page.keyboard.type('4829 1307 7503');
    await desk.expectText('This cannot be the number: ask for it once more.');
    await desk.page.getByRole('textbox').fill(await press.number());
    await desk.expectText('Nothing from this machine has arrived');
    await desk.page.getByRole('link', { name: new URL(site.origins.portal).host }).waitFor();
  },
);
