import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { toArmor } from '../../src/bytes/carrier.ts';
import type { DeviceApp } from './support/device-app.ts';
import { journey } from './support/journey.ts';
import { bytesOf } from './support/stick.ts';

/** What the system posts to the app when a person shares to it. */
interface Shared {
  files?: string[];
  text?: string;
}

journey('files and text that other apps share are loaded without a network', async world => {
  const site = await world.startSite();
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  const license = await portal.exchange(await device.request(site.key('perpetual')), 'Licensed');
  const letter = world.stick.write('letter.txt', Buffer.from('Dear customer'));

  await share(device, { files: [letter] });
  await device.expectText('This is not a Latchkey file.');
  await share(device, { files: [world.stick.write('long.lic', Buffer.alloc(300 * 1024))] });
  await device.expectText('Reason: FILE_TOO_LARGE');
  await share(device, {});
  await device.expectText('Reason: FILE_NOT_READ');

  await share(device, { files: [license] });
  await device.expectText('The license is on this device now.');
  await device.expectStatus('Licensed');
  assert.equal(new URL(device.page.url()).search, '', 'loading it anew shares nothing again');

  await share(device, { text: `My vendor wrote:\n${toArmor(new Uint8Array(bytesOf(license)))}` });
  await device.expectText('This file was loaded before');
});

journey('a manifest with doors leaves the app installable', async world => {
  const site = await world.startSite();
  const machine = world.machine(site, 'Press 7');
  await machine.install();
  const session = await machine.page.context().newCDPSession(machine.page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors, []);
  const { errors } = await session.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
});

/** The app's own pages may post no form, and the system is none of them. */
async function share({ page, machine }: DeviceApp, { files = [], text }: Shared): Promise<void> {
  await page.goto('about:blank');
  await page.setContent(`<form method="post" enctype="multipart/form-data" action="${machine.origin}/share">
    <input type="file" name="files" multiple>
    ${text === undefined ? '' : '<textarea name="text"></textarea>'}
  </form>`);
  if (files.length > 0) await page.locator('input').setInputFiles(files);
  if (text !== undefined) await page.locator('textarea').fill(text);
  await submit(page);
}

async function submit(page: Page): Promise<void> {
  await Promise.all([
    page.waitForURL(/^http/),
    page.locator('form').evaluate(form => {
      if (form instanceof HTMLFormElement) form.submit();
    }),
  ]);
}
