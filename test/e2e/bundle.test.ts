import assert from 'node:assert/strict';
import { ConsoleApi, chosenPassword } from './support/console-api.ts';
import { journey, type World } from './support/journey.ts';
import type { Site } from './support/site.ts';

/** Press Studio with Ink Lab under its key, one seat each. */
async function issueBundle(site: Site) {
  const staff = await ConsoleApi.open(site);
  await staff.createProduct({
    code: 'ink-lab',
    name: 'Ink Lab',
    features: [{ code: 'mix', name: 'Color mixing', type: 'activation' }],
  });
  const feature = (code: string) => ({ code, expiresAt: null, limits: null });
  const studio = await staff.issue('perpetual', { maxActivations: 1, features: [feature('export')] });
  const ink = await staff.issueUnder(studio, 'ink-lab', { maxActivations: 1, features: [feature('mix')] });
  const seats = async () => {
    const [ofStudio, ofInk] = [await staff.license(studio.id), await staff.license(ink.id)];
    return [ofStudio.activeActivations, ofInk.activeActivations];
  };
  return { staff, studio, ink, seats, key: studio.key };
}

async function visit(world: World) {
  const site = await world.startSite();
  return { site, portal: await world.visitPortal(site), ...(await issueBundle(site)) };
}

journey(
  'one key, one request and one answer license two products, and each is given up by itself',
  async world => {
    const { site, portal, staff, key, studio, ink, seats } = await visit(world);
    const press = await world.offlineDevice(site, 'Press 7');

    const request = await press.request(key);
    const answer = await portal.exchange(request, 'Licensed: ');
    await portal
      .row('Licensed: ')
      .filter({ hasText: 'Press Studio' })
      .filter({ hasText: 'Ink Lab' })
      .waitFor();
    await press.load(answer);
    await press.expectText('The licenses are on this device now.');
    await press.expectStatus('Licensed');
    await press.page.getByRole('heading', { name: 'Licenses on this device' }).waitFor();
    await press.expectText('PDF export');
    await press.expectText('Color mixing');
    assert.deepEqual(await seats(), [1, 1]);
    await press.load(await portal.exchange(request, 'Licensed: '));
    await press.expectText('This file was loaded before. Nothing has changed.');
    await press.machine.restart();
    await press.expectText('Color mixing');

    const second = await world.offlineDevice(site, 'Press 8');
    const early = await second.request(key);
    await portal.exchange(early, 'Press Studio: The only seat is in use.');

    await press.goToGivingUp();
    await press.press('Give up Ink Lab…');
    await press.expectText('Give up Ink Lab on this device?');
    await press.press('Give it up');
    const gaveInk = await press.saveFile();
    await press.goHome();
    await press.expectNoText('Color mixing');
    await press.expectText('PDF export');
    const inkReceipt = await portal.exchange(gaveInk, 'Deactivated, the seat is free');
    await press.load(inkReceipt);
    assert.deepEqual(await seats(), [1, 0]);

    await press.goToGivingUp();
    await press.press('Give the license up…');
    await press.press('Give it up');
    await portal.exchange(await press.saveFile(), 'Deactivated, the seat is free');
    assert.deepEqual(await seats(), [0, 0]);

    await second.load(await portal.exchange(early, 'Licensed: '));
    await second.expectText('Color mixing');
    for (const { id } of [studio, ink]) {
      const states = (await staff.devices(id)).map(({ state }) => state);
      assert.deepEqual(states, ['active', 'deactivated']);
    }
  },
);

journey('an app of one product takes only its own by the same key', async world => {
  const { site, portal, key, seats } = await visit(world);
  const studio = await world.offlineSample(site, 'Studio');

  await studio.load(await portal.exchange(await studio.request(key), 'Licensed: Press Studio'));
  await studio.use('Export PDF', 'The page was exported.');
  assert.deepEqual(await seats(), [1, 0]);
});

journey('a product that was disabled is left out, and the key goes on for the others', async world => {
  const { site, portal, staff, key, studio, seats } = await visit(world);
  await staff.disable(studio.id);
  const press = await world.offlineDevice(site, 'Press 7');

  await press.load(await portal.exchange(await press.request(key), 'Licensed: Ink Lab'));
  await press.expectStatus('Licensed');
  await press.expectText('Color mixing');
  assert.deepEqual(await seats(), [0, 1]);
});

journey(
  'another product is issued under a key in the console, and both are found by the key',
  async world => {
    const site = await world.startSite();
    const staff = await ConsoleApi.open(site);
    await staff.createProduct({ code: 'ink-lab', name: 'Ink Lab', features: [] });
    const { id, key } = await staff.issue('perpetual');
    const desk = await world.openConsole(site);
    await desk.signIn(chosenPassword);
    await desk.heading('Overview').waitFor();
    await desk.page.goto(`${site.origins.console}/licenses/${id}`);
    await desk.page.getByRole('link', { name: 'Issue another product under this key' }).click();
    await desk.page.getByText(`The license will be under the key of Press Studio, ${key}.`).waitFor();
    await desk.button('Issue license').click();
    await desk.heading('License issued').waitFor();
    assert.equal(await desk.page.getByLabel('License key').innerText(), key);
    await desk.page.getByRole('link', { name: 'Open the license' }).click();
    await desk.page.getByText('This license is under the key of Press Studio.').waitFor();
    await desk.page.getByRole('link', { name: 'Press Studio' }).click();
    await desk.page.getByText('The key is of this license').waitFor();
    await desk.page.goto(`${site.origins.console}/licenses?q=${key}`);
    await desk.page.getByRole('cell', { name: 'Ink Lab' }).waitFor();
    await desk.page.getByRole('cell', { name: 'Press Studio' }).waitFor();
  },
);
