import assert from 'node:assert/strict';
import { startVisitor } from './support/browsers/loop.ts';
import { oldChromium } from './support/browsers/old-chromium.ts';
import { buildWithout } from './support/changed-build.ts';
import { ConsoleApi, chosenPassword, owner } from './support/console-api.ts';
import { journey, type World } from './support/journey.ts';
import type { Site, SiteOptions } from './support/site.ts';
import { bytesOf } from './support/stick.ts';

journey(
  'a refresh file that was changed on its way is refused at the console, and not saved',
  async world => {
    const { site, id, key } = await activated(world);
    const staff = await world.openConsole(site);
    await staff.signIn(chosenPassword);
    await staff.heading('Overview').waitFor();
    await staff.expectText('Nothing was verified yet');
    await staff.openLicense(key);
    const body = bytesOf(await staff.downloadRefresh());
    await staff.expectText('The browser');

    const downloads: string[] = [];
    staff.page.on('download', download => downloads.push(download.suggestedFilename()));
    body[body.length - 20] = (body[body.length - 20] ?? 0) ^ 1;
    await staff.page.route('**/refresh', route => route.fulfill({ body }));
    await staff.button('Download license refresh file').click();
    await staff.expectText('The refresh file that came is none that the device would take.');
    await staff.expectText('Reason: REFRESH_NOT_VERIFIED');
    assert.deepEqual(downloads, []);
    await staff.page.unroute('**/refresh');
    await staff.downloadRefresh();
    assert.equal(staff.page.url(), `${site.origins.console}/licenses/${id}/devices`);
  },
);

journey('WebAssembly verifies at the console in Chromium 109, which has no Ed25519', async world => {
  await downloadsThere(world, await activated(world), 'WebAssembly with SIMD');
});

journey('JavaScript verifies at the console in Chromium 109 where the verifier is damaged', async world => {
  const distFolder = buildWithout('half', world.makeFolder('half'), 'console');
  await downloadsThere(world, await activated(world, { distFolder }), 'JavaScript');
});

interface Activated {
  site: Site;
  id: string;
  key: string;
}

/** A server with a license that one device has activated. */
async function activated(world: World, options: Partial<SiteOptions> = {}): Promise<Activated> {
  const site = await world.startSite(options);
  const staff = await ConsoleApi.open(site);
  const { id, key } = await staff.issue('perpetual');
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  await device.load(await portal.exchange(await device.request(key), 'Licensed'));
  await device.expectStatus('Licensed');
  return { site, id, key };
}

/** Signs in with an old browser, saves the refresh file of the device, and looks who verified it. */
async function downloadsThere(world: World, { site, id }: Activated, engine: string): Promise<void> {
  const visitor = await startVisitor(world, oldChromium(109));
  await visitor.window.open(`${site.origins.console}/licenses/${id}/devices`);
  await visitor.enter('E-mail address', owner);
  await visitor.enter('Password', chosenPassword);
  await visitor.press('Sign in');
  const file = await visitor.save('Download license refresh file');
  assert.ok(bytesOf(file).length > 100);
  await visitor.expectText(engine);
  assert.deepEqual(visitor.window.complaints(), []);
}
