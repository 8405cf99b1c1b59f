import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DeviceApp } from './support/device-app.ts';
import { dropFiles } from './support/drop.ts';
import { journey, type World } from './support/journey.ts';
import type { Site } from './support/site.ts';

const FOLDER = 'Latchkey license files';
const MOMENTS = 10;

/** A device without a network that may use a folder, and has been given it. */
async function deviceWith(world: World, site: Site, { name, stick }: { name: string; stick: string }) {
  const machine = world.machine(site, name);
  machine.allowFolder(stick);
  await machine.install();
  await machine.unplug();
  return new DeviceApp(machine, world.stick);
}

/** The vendor's folder, whatever it is called. */
function vendorFolder(stick: string): string {
  const [folder] = readdirSync(stick).filter(name => existsSync(join(stick, name, 'latchkey-stick.json')));
  return join(stick, folder ?? FOLDER);
}

function filesIn(stick: string, name: string): string[] {
  const folder = join(vendorFolder(stick), name);
  return existsSync(folder) ? readdirSync(folder).map(file => join(folder, file)) : [];
}

async function makeRequest(device: DeviceApp, key: string): Promise<void> {
  const before = await device.page.getByRole('button', { name: 'Forget' }).count();
  await device.enterKey(key);
  await device.press('Make the request file');
  await device.expectOpenRequests(before + 1);
}

journey(
  'one stick goes round: the folder is given once, the device finds its answer by itself',
  async world => {
    const site = await world.startSite();
    const stick = world.makeFolder('STICK');
    writeFileSync(join(stick, 'holiday.jpg'), 'a holiday');
    const device = await deviceWith(world, site, { name: 'Press 7', stick });
    await makeRequest(device, site.key('perpetual'));
    await device.page.getByRole('button', { name: 'Save to stick' }).waitFor();
    await dropFiles(device.page, [stick]);
    await device.expectText('There is nothing for this app in this folder.');
    await device.press('Save to stick');
    await device.expectText('The file is on the stick.');
    const [request = ''] = filesIn(stick, 'to-portal');
    assert.match(
      readFileSync(join(vendorFolder(stick), 'START HERE.html'), 'utf8'),
      /portal\.latchkey\.localhost/,
    );

    const portal = await world.visitPortal(site);
    const answer = await portal.exchange(request, 'Licensed');
    mkdirSync(join(vendorFolder(stick), 'to-device'), { recursive: true });
    writeFileSync(join(vendorFolder(stick), 'to-device', 'holiday.jpg'), 'a holiday');
    copyFileSync(answer, join(vendorFolder(stick), 'to-device', 'anything.bin'));

    await device.machine.restart();
    await device.expectText('The license is on this device now.');
    await device.expectStatus('Licensed');
    await device.expectText('Files that were left alone: 1');
    assert.deepEqual(filesIn(stick, 'to-portal'), []);
    assert.deepEqual(
      filesIn(stick, 'to-device').map(path => path.slice(-11)),
      ['holiday.jpg'],
    );
    const [outcome = ''] = filesIn(stick, 'outcomes');
    assert.deepEqual(JSON.parse(readFileSync(outcome, 'utf8')).waiting, []);
    assert.equal(readFileSync(join(stick, 'holiday.jpg'), 'utf8'), 'a holiday');
  },
);

journey('a stick that is pulled at ten moments of writing and of reading loses nothing', async world => {
  const site = await world.startSite();
  const stick = world.makeFolder('STICK');
  const away = `${stick}-pulled`;
  const device = await deviceWith(world, site, { name: 'Press 7', stick });
  const load = () => device.page.getByRole('button', { name: 'Load from stick' });
  const outcome = device.page.getByText(
    /on the stick\.|on the stick yet|loaded before|Reason: STICK_|on this device now|nothing for this app/,
  );
  for (const kind of ['perpetual', 'yearly', 'consumption'] as const)
    await makeRequest(device, site.key(kind));
  await dropFiles(device.page, [stick]);
  await device.expectText('There is nothing for this app in this folder.');

  const save = device.page.getByRole('button', { name: /^Save to stick/ });
  const startMs = performance.now();
  await save.click();
  await device.expectText('3 files are on the stick.');
  const savingMs = performance.now() - startMs;
  const whole = new Map(filesIn(stick, 'to-portal').map(path => [path, readFileSync(path)]));
  assert.equal(whole.size, 3);

  for (let moment = 0; moment < MOMENTS; moment += 1) {
    for (const path of whole.keys())
      if (existsSync(path)) renameSync(path, `${stick}-old-${moment}-${path.slice(-8)}`);
    await save.click();
    await wait((moment * savingMs) / MOMENTS);
    renameSync(stick, away);
    await save.and(device.page.locator(':enabled')).waitFor();
    await outcome.first().waitFor();
    renameSync(away, stick);
    for (const path of filesIn(stick, 'to-portal')) {
      const bytes = readFileSync(path);
      const isUnfinished = bytes.length === 0 || path.endsWith('.crswap');
      assert.ok(
        isUnfinished || whole.get(path)?.equals(bytes),
        `moment ${moment}: ${path} passes for a file`,
      );
    }
    await save.click();
    await device.expectText('3 files are on the stick.');
    for (const [path, bytes] of whole)
      assert.ok(readFileSync(path).equals(bytes), `moment ${moment}: ${path}`);
  }
  await device.expectOpenRequests(3);

  const portal = await world.visitPortal(site);
  const answers: string[] = [];
  for (const path of whole.keys()) answers.push(await portal.exchange(path, 'Licensed'));
  const folder = join(vendorFolder(stick), 'to-device');
  mkdirSync(folder, { recursive: true });
  const [first = '', ...others] = answers;
  for (let copy = 0; copy < 40; copy += 1)
    writeFileSync(join(folder, `a-${copy}.lic`), readFileSync(first).subarray(0, -1));
  others.forEach((answer, index) => {
    copyFileSync(answer, join(folder, `z-${index}.lic`));
  });
  for (let moment = 0; moment < MOMENTS; moment += 1) {
    if (moment === MOMENTS - 1) copyFileSync(first, join(folder, 'zz.lic'));
    await load().click();
    await wait(moment * 12);
    renameSync(stick, away);
    await load().and(device.page.locator(':enabled')).waitFor();
    await outcome.first().waitFor();
    renameSync(away, stick);
  }
  await load().click();
  await load().and(device.page.locator(':enabled')).waitFor();
  await device.expectOpenRequests(0);
  await device.expectStatus('Licensed');
  assert.deepEqual(
    filesIn(stick, 'to-portal').filter(path => !path.endsWith('.crswap')),
    [],
  );
});
