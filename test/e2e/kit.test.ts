import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DeviceApp } from './support/device-app.ts';
import { journey } from './support/journey.ts';
import { type Kit, makeKit, UnconnectedMachine } from './support/kit.ts';
import { canReach } from './support/machine.ts';
import { buildNextVersion } from './support/next-build.ts';

const nextVersion = '99.1.0';

journey(
  'a machine that was never online gets the installed app from a stick, and keeps its license',
  async world => {
    const site = await world.startSite();
    const kit = await makeKit(site, world.makeFolder('kit'));
    const machine = new UnconnectedMachine(world.makeFolder('home'), 'PRESS-7.plant');
    world.join(machine);
    world.guard.allow([kit.origin]);
    // Where there is no network it is called in vain, by the proof that there is none as well.
    world.guard.expect(
      /^Press 7: console error: .*ERR_\w+ \(http:\/\/portal\.\S+\/(api\/v1\/exchange|healthz)\)$/,
    );

    await machine.start(kit);
    world.guard.watch(machine.context, 'Press 7');
    const device = new DeviceApp(machine, world.stick);
    await device.expectStatus('Not licensed');
    assert.equal(await canReach(machine.page, site.origins.portal), false, 'there is a network');
    assert.equal(await canReach(machine.page, kit.origin), true, 'its own server answers');
    await device.page.getByRole('link', { name: 'About this device' }).click();
    assert.equal(await device.page.getByLabel('Name of this device').inputValue(), 'PRESS-7');
    await device.expectText('The browser keeps the data of this app.');
    assert.equal(new URL(device.page.url()).hash, '');
    await device.goHome();

    await untilInstalled(machine, kit);
    const portal = await world.visitPortal(site);
    const request = await device.request(site.key('perpetual'));
    await device.load(await portal.exchange(request, 'Licensed'));
    await device.expectStatus('Licensed');
    const number = await device.number();

    // From the menu of programs, as a kiosk: the stick is gone.
    await machine.close();
    await machine.start(kit, { script: machine.menuScript(kit), flags: '--kiosk' });
    await device.expectStatus('Licensed');
    await machine.close();

    // A newer stick takes the place of the old one; an older one takes nobody's.
    const distFolder = await buildNextVersion(world.makeFolder('next'), nextVersion);
    const newer = await makeKit(site, world.makeFolder('newer-kit'), distFolder);
    assert.equal(newer.origin, kit.origin);
    await machine.start(newer);
    await device.expectText('An update is ready. Your license is kept.');
    await device.press('Update');
    await device.expectStatus('Licensed');
    await device.page.getByRole('link', { name: 'About this device' }).click();
    await device.expectText(nextVersion);
    await device.expectText(number);
    await machine.close();
    await machine.start(kit);
    await device.page.getByRole('link', { name: 'About this device' }).click();
    await device.expectText(nextVersion);
  },
);

journey('the page that is printed fits one sheet of A4 and of Letter', async world => {
  const kit = await makeKit(await world.startSite(), world.makeFolder('kit'));
  const page = await (await world.visit('office')).newPage();
  await page.goto(pathToFileURL(join(kit.folder, 'START HERE.html')).href);
  for (const format of ['A4', 'Letter']) {
    const pdf = (await page.pdf({ format })).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g)?.length, 1, format);
  }
});

/** The policy of the kit has the browser install the app by itself, in a window of its own. */
async function untilInstalled(machine: UnconnectedMachine, kit: Kit): Promise<void> {
  const session = await machine.browserSession();
  const manifestId = `${kit.origin}/`;
  const end = Date.now() + 30_000;
  for (;;) {
    try {
      const { fileHandlers } = await session.send('PWA.getOsAppState', { manifestId });
      assert.deepEqual(
        fileHandlers.flatMap(({ accepts }) => accepts).flatMap(({ fileExtensions }) => fileExtensions),
        ['.lic'],
      );
      break;
    } catch (error) {
      if (error instanceof assert.AssertionError || Date.now() > end) throw error;
      await new Promise(resolve => setTimeout(resolve, 250));
    }
  }
  const opened = machine.context.waitForEvent('page');
  await session.send('PWA.launch', { manifestId });
  const window = await opened;
  await window.getByRole('heading', { level: 1, name: 'Not licensed' }).waitFor();
  assert.ok(await window.evaluate(() => matchMedia('(display-mode: standalone)').matches));
  await window.close();
}
