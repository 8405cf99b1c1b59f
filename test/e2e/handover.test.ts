import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import { ConsoleApi, chosenPassword } from './support/console-api.ts';
import { journey } from './support/journey.ts';

journey('a license is handed over on one sheet of paper, with its key as a code', async world => {
  const site = await world.startSite();
  const staff = await world.visitConsole(site);
  const { page } = staff;
  const key = await staff.issue({ type: 'Perpetual', holder: 'Acme Bottling', features: ['PDF export'] });
  await page.getByRole('link', { name: 'Handover sheet' }).click();
  await staff.heading('Handover sheet').waitFor();
  await staff.expectText('The license key stands on the sheet: whoever has it can activate machines.');
  await page.emulateMedia({ media: 'print' });
  for (const text of [key, site.origins.portal, 'Acme Bottling', 'Save the request file to a stick.']) {
    assert.equal(await page.getByText(text, { exact: true }).isVisible(), true, text);
  }
  for (const name of ['Print', 'Sign out', 'Menu']) {
    assert.equal(await page.getByRole('button', { name }).isVisible(), false, name);
  }
  assert.equal(await page.getByRole('link', { name: 'Overview' }).isVisible(), false);
  assert.equal(await codeOn(page), key);
  for (const format of ['A4', 'Letter']) assert.equal(pagesOf(await page.pdf({ format })), 1, format);
});

journey('an order is handed over with a sheet for each of its licenses', async world => {
  const site = await world.startSite();
  const api = await ConsoleApi.open(site);
  const order = await api.issueInOrder('A-2026-11', 3);
  const staff = await world.openConsole(site);
  await staff.signIn(chosenPassword);
  await staff.heading('Overview').waitFor();
  await staff.page.goto(`${site.origins.console}/orders/${order}`);
  await staff.page.getByRole('link', { name: 'Handover sheets' }).click();
  await staff.expectText('License keys stand on 3 of these sheets');
  for (const format of ['A4', 'Letter']) assert.equal(pagesOf(await staff.page.pdf({ format })), 3, format);
});

/** How many pages a PDF has. */
function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

/** What a camera reads off the code on the page. */
async function codeOn(page: Page): Promise<string> {
  const picture = await page.locator('lk-qr-code').screenshot();
  const blank = await page.context().newPage();
  const pixels = await blank.evaluate(async base64 => {
    const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const { width, height } = image;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context?.drawImage(image, 0, 0);
    return { width, height, data: [...(context?.getImageData(0, 0, width, height).data ?? [])] };
  }, picture.toString('base64'));
  await blank.close();
  return decodeQR({ ...pixels, data: Uint8Array.from(pixels.data) });
}
