import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  behind,
  FleetStick,
  issueLicenses,
  keyList,
  loadEverywhere,
  makeDevices,
  seatsTaken,
  unknownKey,
} from './support/fleet.ts';
import { journey } from './support/journey.ts';
import type { PortalPage } from './support/portal-page.ts';

const DEVICES = 300;
const FILES = 1000;

journey('one stick licenses a fleet, with what is broken and refused among it', async world => {
  const dataFolder = world.makeFolder('fleet-data');
  const site = await world.startSite({ dataFolder });
  const stick = new FleetStick(join(world.makeFolder('usb'), 'to-portal'));
  const { devices, keyless, licenses } = await behind({ site, dataFolder }, async portal => {
    const [full, late, ...licenses] = await issueLicenses(portal, [0, null, null, null, null, null]);
    assert(full && late);
    const devices = await makeDevices(portal, DEVICES);
    const keyless = devices.slice(0, 10);
    for (const device of keyless) stick.put(await device.request(undefined));
    for (const device of devices.slice(10, 20)) stick.put(await device.request(unknownKey));
    for (const device of devices.slice(20, 30)) stick.put(await device.request(full.key));
    for (const device of devices.slice(30, 50)) {
      stick.put((await device.request(licenses[0]?.key)).subarray(0, 200), 'cut');
    }
    for (let index = 0; stick.files < FILES; index += 1) {
      const device = devices[index % DEVICES];
      const license = licenses[Math.floor(index / DEVICES)];
      assert(device && license);
      stick.put(await device.request(license.key));
    }
    return { devices, keyless, licenses: [late, ...licenses] };
  });

  const portal = await world.visitPortal(site);
  const startedMs = Date.now();
  await portal.drop(stick.folder);
  await portal.expectText(/^1,000 files: 950.licensed, 50.need.you$/);
  world.note(`1,000 files out and decided: ${Date.now() - startedMs} ms`);
  await portal.expectText('This file was cut short');
  const rows = await portal.page.getByRole('listitem').count();
  assert(rows <= 50, `${rows} rows are drawn`);

  // What its device could not name is named here: from a list, and by hand for all others at once.
  const first = devices[0];
  const late = licenses[0];
  assert(first && late);
  const list = { name: 'keys.csv', mimeType: 'text/csv', buffer: Buffer.from(keyList(keyless, late.key)) };
  await portal.page.getByLabel('Name keys from a list (CSV)').setInputFiles(list);
  await portal.expectText('The list named keys for 10 files.');
  await portal.expectText(/^1,000 files: 960.licensed, 40.need.you$/);
  await portal.page
    .getByRole('button', { name: /^Type it here/ })
    .first()
    .click();
  await portal.page.getByRole('textbox', { name: 'License key' }).pressSequentially(late.key);
  await portal.page.getByLabel('Also for the 9 other files that lack one').check();
  await portal.page.getByRole('button', { name: 'Ask with this' }).click();
  await portal.expectText(/^1,000 files: 970.licensed, 30.need.you$/);

  const zip = await saveZip(portal);
  const { licensed, answers } = await loadEverywhere(devices, zip);
  assert.equal(licensed.size, DEVICES);
  assert.equal(answers, 980);
  const taken = await behind({ site, dataFolder }, portal =>
    Promise.all(licenses.map(license => seatsTaken(portal, license))),
  );
  assert.deepEqual(taken, [20, DEVICES, DEVICES, DEVICES, 50]);
});

journey('a server that dies half way through a stick doubles nothing when it comes again', async world => {
  world.guard.expect(/Failed to load resource: net::ERR_/);
  // A server that starts says that it is busy; the page waits as it is asked to.
  world.guard.expect(/status of 503 .*exchange\/batch/);
  const dataFolder = world.makeFolder('fleet-data');
  const site = await world.startSite({ dataFolder });
  const stick = new FleetStick(join(world.makeFolder('usb'), 'to-portal'));
  const { devices, license } = await behind({ site, dataFolder }, async portal => {
    const [license] = await issueLicenses(portal, [null]);
    assert(license);
    const devices = await makeDevices(portal, 600);
    for (const device of devices) stick.put(await device.request(license.key));
    return { devices, license };
  });
  const portal = await world.visitPortal(site);
  await portal.drop(stick.folder);
  await portal.expectText(/^600 files: \d+.licensed, \d+.on.the.way$/);
  await site.kill();
  const halfway = await behind({ site, dataFolder }, records => seatsTaken(records, license));
  world.note(`${halfway} of 600 were decided when the server died`);
  assert(halfway > 0 && halfway < 600);
  await portal.visit();
  await portal.drop(stick.folder);
  await portal.expectText(/^600 files: 600.licensed$/);
  const { licensed } = await loadEverywhere(devices, await saveZip(portal));
  assert.equal(licensed.size, 600);
  const taken = await behind({ site, dataFolder }, records => seatsTaken(records, license));
  assert.equal(taken, 600);
});

/** Downloads all answers, which come as one zip. */
async function saveZip(portal: PortalPage): Promise<Uint8Array> {
  const [download] = await Promise.all([
    portal.page.waitForEvent('download'),
    portal.page.getByRole('button', { name: 'Download all answers' }).click(),
  ]);
  return readFileSync(await download.path());
}
