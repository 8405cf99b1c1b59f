import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { firefox } from './support/browsers/firefox.ts';
import { startVisitor } from './support/browsers/loop.ts';
import { ConsoleApi } from './support/console-api.ts';
import { DeviceApp } from './support/device-app.ts';
import { FileApp } from './support/file-app.ts';
import { filmCode } from './support/film.ts';
import { journey, type World } from './support/journey.ts';
import { makeKit } from './support/kit.ts';
import type { Site } from './support/site.ts';

/** The app as one file, carried to a machine into a folder of its own. */
async function carriedFile(world: World, site: Site, name: string): Promise<string> {
  const kit = await makeKit(site, world.makeFolder(`kit-${name}`));
  const file = join(world.makeFolder(name), `${name}.html`);
  cpSync(join(kit.folder, `${kit.name}.html`), file);
  return file;
}

journey('one HTML file from a disk goes the loop, for a user, by camera and by file', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const { id, password } = await staff.createUser('Mona');
  await staff.issueTo([id], { holder: 'Acme Bottling' });
  const app = new FileApp(await carriedFile(world, site, 'press'), world.makeFolder('profile'));
  world.join(app);
  // It tries the portal in vain.
  world.guard.expect(
    /^Press 7: console error: .*ERR_\w+ \(http:\/\/portal\.\S+\/(api\/v1\/exchange|healthz)\)$/,
  );
  await app.start();
  world.guard.watch(app.context, 'Press 7');
  const device = new DeviceApp(app, world.stick);
  await device.expectStatus('Not licensed');
  await device.expectText('This app is a single file.');

  // Argon2id runs beside the page, in a worker that the page has made.
  const hashing = app.page.waitForEvent('worker');
  const request = await device.requestAsUser('Mona', password ?? '');
  assert.match((await hashing).url(), /^blob:/);
  const portal = await world.visitPortal(site);
  await portal.visit();
  await portal.choose(request);
  await portal.expectText('Licensed');
  await portal.showCode('Licensed');
  const film = join(world.makeFolder('films'), 'license.y4m');
  await filmCode(portal.page, film);

  await app.start({ film });
  world.guard.watch(app.context, 'Press 7');
  await device.scan();
  await device.expectText('The license is on this device now.');
  await device.expectStatus('Licensed');
  await device.expectNoText('This app is a single file.');

  // After a start all is verified from its bytes, by the WebAssembly in the page.
  await app.start();
  world.guard.watch(app.context, 'Press 7');
  await device.expectText('Licensed to Acme Bottling');
  await device.page.getByRole('link', { name: 'About this device' }).click();
  await device.expectText('It shares its storage with every other file');
  await device.expectText(/WebAssembly with (fused multiply-adds|SIMD)/);
  await app.page.reload();
  await device.expectText('Number of this device');
  await device.goHome();

  const receipt = await portal.exchange(await device.giveUp(), 'the seat is free');
  await device.load(receipt);
  await device.expectText('Confirmed by the portal on');
});

journey('files of two vendors in one browser know nothing of each other', async world => {
  const [site, other] = [await world.startSite(), await world.startSite()];
  const app = new FileApp(await carriedFile(world, site, 'press'), world.makeFolder('profile'));
  world.join(app);
  await app.start();
  const device = new DeviceApp(app, world.stick);
  const portal = await world.visitPortal(site);
  const license = await portal.exchange(await device.request(site.key('perpetual')), 'Licensed');
  await device.load(license);
  await device.expectStatus('Licensed');
  await app.start({ file: await carriedFile(world, other, 'lathe') });
  await device.expectStatus('Not licensed');
  await device.load(license);
  await device.expectText('This file is signed with a key that is not known here.');
  await app.start();
  await device.expectStatus('Licensed');
});

journey('one HTML file from a disk is licensed in Firefox, and stays so', async world => {
  const site = await world.startSite();
  const address = pathToFileURL(await carriedFile(world, site, 'press')).href;
  const visitor = await startVisitor(world, firefox);
  await visitor.window.open(address);
  await visitor.expectStatus('Not licensed');
  await visitor.enter('License key', site.key('yearly'));
  await visitor.press('Make the request file');
  const request = await visitor.save('Save file');
  const portal = await world.visitPortal(site);
  await visitor.choose(await portal.exchange(request, 'Licensed'));
  await visitor.expectStatus('Licensed');
  await visitor.restart();
  await visitor.window.open(address);
  await visitor.expectStatus('Licensed');
  await visitor.follow('About this device');
  await visitor.expectText('It shares its storage with every other file');
  assert.deepEqual(visitor.window.complaints(), []);
});
