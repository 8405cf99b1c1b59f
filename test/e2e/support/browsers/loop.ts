import assert from 'node:assert/strict';
import { ConsoleApi } from '../console-api.ts';
import type { World } from '../journey.ts';
import type { Site, SiteOptions } from '../site.ts';
import { canReach } from './in-page.ts';
import { Visitor } from './visitor.ts';
import type { BrowserKind } from './window.ts';

/** What the portal decides, and the button that saves its answer. */
const answers = {
  Licensed: 'Save license',
  'Usage taken, license refreshed': 'Save license',
  'Deactivated, the seat is free': 'Save receipt',
};
type Decision = keyof typeof answers;

/** A browser with one profile at a server that can be stopped, which is the network off for it. */
interface Place {
  kind: BrowserKind;
  visitor: Visitor;
  site: Site;
}

/**
 * The whole loop in one browser, on the sample app, whose pages can be counted: install, network off, request, portal,
 * license, restart, consume, report, deactivate, receipt.
 */
export async function goTheLoop(world: World, kind: BrowserKind): Promise<void> {
  const place = await arrive(world, kind);
  const { visitor, site } = place;
  const staff = await ConsoleApi.open(site);
  const limits = { maximum: 3, overageMaximum: 0 };
  const { id, key } = await staff.issue('consumption', { limits });
  const address = site.origins.sample;

  await visitor.install(address);
  await unplug(place, address);
  await visitor.expectText('Press Studio is locked');
  const asked = await request(visitor, key);
  await site.start();
  const license = await exchange(place, asked, 'Licensed');

  await unplug(place, address);
  await visitor.choose(license);
  await visitor.expectText('0 of 3 used');
  await visitor.expectText('Spring catalog, page 12');
  if (kind.keepsProfile) await visitor.restart();
  await visitor.window.open(`${address}/some/deep/link`);
  await visitor.expectText('0 of 3 used');
  for (const used of [1, 2, 3]) {
    await visitor.press('Print a page');
    await visitor.expectText(`${used} of 3 used`);
  }
  await visitor.press('Print a page');
  await visitor.expectText('All that the license allows is used up.');

  await visitor.press('Make a usage report');
  const report = await visitor.save('Save file');
  await site.start();
  await staff.edit(id, { limits: { maximum: 7, overageMaximum: 0 } });
  const refreshed = await exchange(place, report, 'Usage taken, license refreshed');
  assert.deepEqual(await totals(staff, id), [3]);
  await unplug(place, address);
  await visitor.choose(refreshed);
  await visitor.expectText('3 of 7 used');

  await visitor.press('Give the license up');
  await visitor.press('Give it up');
  await visitor.expectText('The license was given up');
  const deactivation = await visitor.save('Save file');
  await site.start();
  const receipt = await exchange(place, deactivation, 'Deactivated, the seat is free');
  await unplug(place, address);
  await visitor.choose(receipt);
  await visitor.expectText('Confirmed by the portal on');
  await visitor.expectText('Press Studio is locked');
  assert.deepEqual(visitor.window.complaints(), []);
}

/** The device app in one browser: activated without a network, and so again after the browser was closed. */
export async function activateDevice(
  world: World,
  kind: BrowserKind,
  options: Partial<SiteOptions> = {},
): Promise<Visitor> {
  const place = await arrive(world, kind, options);
  const { visitor, site } = place;
  const address = site.origins.app;
  await visitor.install(address);
  await unplug(place, address);
  await visitor.expectStatus('Not licensed');
  const file = await request(visitor, site.key('yearly'));
  await visitor.expectStatus('Waiting for the portal');
  await site.start();
  const license = await exchange(place, file, 'Licensed');
  await unplug(place, address);
  await visitor.choose(license);
  await visitor.expectText('The license is on this device now.');
  await visitor.expectStatus('Licensed');
  if (kind.keepsProfile) await visitor.restart();
  await visitor.window.open(`${address}/about`);
  await visitor.expectText('About this device');
  await visitor.follow('Back to the license');
  await visitor.expectStatus('Licensed');
  assert.deepEqual(visitor.window.complaints(), []);
  return visitor;
}

/** The device app in one browser, licensed by user and password: without a network, the answer then fetched by sync. */
export async function activateAsUser(world: World, kind: BrowserKind): Promise<void> {
  const place = await arrive(world, kind);
  const { visitor, site } = place;
  const staff = await ConsoleApi.open(site);
  const { id, password } = await staff.createUser('Mona');
  const license = await staff.issueTo([id]);
  const address = site.origins.app;
  await visitor.install(address);
  await unplug(place, address);
  await visitor.pick('User name and password');
  await visitor.enter('User name', 'mona');
  await visitor.enter('Password', password ?? '');
  await visitor.press('Make the request file');
  await visitor.expectStatus('Waiting for the portal');
  await site.start();
  await visitor.window.open(address);
  await visitor.expectStatus('Licensed');
  await visitor.expectText('Last synced with the portal');
  const devices = await staff.devices(license.id);
  assert.deepEqual(
    devices.map(({ user, state }) => [user, state]),
    [['Mona', 'active']],
  );
  assert.deepEqual(visitor.window.complaints(), []);
}

async function arrive(world: World, kind: BrowserKind, options: Partial<SiteOptions> = {}): Promise<Place> {
  const site = await world.startSite(options);
  return { kind, visitor: await startVisitor(world, kind), site };
}

/** Starts a browser on a profile of its own. */
export async function startVisitor(world: World, kind: BrowserKind): Promise<Visitor> {
  const visitor = await Visitor.start(kind, {
    profile: world.makeFolder('profile'),
    downloads: world.makeFolder('downloads'),
    stick: world.stick,
  });
  world.join(visitor);
  world.note(visitor.window.version);
  return visitor;
}

/** Stops the server and opens the app anew: it answers all the same, and nothing else does. */
async function unplug({ visitor, site }: Place, address: string): Promise<void> {
  await site.stop();
  await visitor.window.open(address);
  assert.equal(await visitor.window.evaluate(canReach, `${address}/healthz`), false);
}

async function request(visitor: Visitor, key: string): Promise<string> {
  await visitor.enter('License key', key);
  await visitor.press('Make the request file');
  return visitor.save('Save file');
}

/** Uploads a file at the portal, in the same browser, and saves the answer. */
async function exchange({ visitor, site }: Place, file: string, decision: Decision): Promise<string> {
  await visitor.window.open(site.origins.portal);
  await visitor.choose(file);
  await visitor.expectText(decision);
  return visitor.save(answers[decision]);
}

async function totals(staff: ConsoleApi, id: string): Promise<number[]> {
  return (await staff.license(id)).totals.map(({ total }) => total);
}
