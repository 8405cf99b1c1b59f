import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { DeviceApp } from './support/device-app.ts';
import { dropFiles } from './support/drop.ts';
import { journey } from './support/journey.ts';
import type { Machine } from './support/machine.ts';

journey(
  'two tabs and an installed window use one stick at once, and each file is there once',
  async world => {
    const site = await world.startSite();
    const stick = world.makeFolder('STICK');
    const machine = world.machine(site, 'Press 7');
    machine.allowFolder(stick);
    await machine.install();
    const manifestId = `${machine.origin}/`;
    const session = await machine.browserSession();
    await session.send('PWA.install', { manifestId, installUrlOrBundleUrl: manifestId });
    await session.send('PWA.changeAppUserSettings', { manifestId, displayMode: 'standalone' });
    await machine.unplug();
    const device = new DeviceApp(machine, world.stick);
    for (const [index, name] of (['perpetual', 'yearly', 'consumption'] as const).entries()) {
      await device.enterKey(site.key(name));
      await device.press('Make the request file');
      await device.expectOpenRequests(index + 1);
    }
    await dropFiles(device.page, [stick]);
    await device.expectText('There is nothing for this app in this folder.');

    const pages = [device.page, await secondTab(machine), await installedWindow(machine, manifestId)];
    await Promise.all(pages.map(page => page.getByRole('button', { name: /^Save to stick/ }).click()));
    await Promise.all(pages.map(page => page.getByText('3 files are on the stick.').waitFor()));
    const [name = ''] = readdirSync(stick);
    const files = (folder: string) =>
      existsSync(join(stick, name, folder)) ? readdirSync(join(stick, name, folder)) : [];
    assert.deepEqual(readdirSync(stick), [name]);
    assert.equal(files('to-portal').length, 3);
    assert.equal(files('outcomes').length, 1);

    const portal = await world.visitPortal(site);
    mkdirSync(join(stick, name, 'to-device'), { recursive: true });
    for (const [index, file] of files('to-portal').entries()) {
      const answer = await portal.exchange(join(stick, name, 'to-portal', file), 'Licensed');
      copyFileSync(answer, join(stick, name, 'to-device', `${index}.lic`));
    }
    await Promise.all(pages.map(page => page.getByRole('button', { name: 'Load from stick' }).click()));
    for (const page of pages) {
      await page.getByRole('heading', { level: 1, name: 'Licensed' }).waitFor();
      await page.getByRole('button', { name: 'Forget' }).first().waitFor({ state: 'hidden' });
    }
    await pages[0]
      ?.getByRole('button', { name: 'Load from stick' })
      .and(device.page.locator(':enabled'))
      .waitFor();
    assert.deepEqual([...files('to-portal'), ...files('to-device')], []);
  },
);

async function secondTab(machine: Machine): Promise<Page> {
  const page = await machine.page.context().newPage();
  await page.goto(machine.origin);
  await page.getByText('Folder of the stick').waitFor();
  return page;
}

async function installedWindow(machine: Machine, manifestId: string): Promise<Page> {
  const opened = machine.page.context().waitForEvent('page');
  await (await machine.browserSession()).send('PWA.launch', { manifestId });
  const page = await opened;
  await page.getByText('Folder of the stick').waitFor();
  return page;
}
