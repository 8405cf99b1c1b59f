import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { chosenPassword, owner } from './support/console-api.ts';
import { journey } from './support/journey.ts';

journey('by keyboard alone, from signing in to a refresh file', async world => {
  const site = await world.startSite();
  const portal = await world.visitPortal(site);
  const device = await world.offlineDevice(site, 'Press 7');
  const key = site.key('yearly');
  await device.load(await portal.exchange(await device.request(key), 'Licensed'));

  const staff = await world.openConsole(site);
  const { page } = staff;
  await page.goto(site.origins.console);
  await staff.heading('Sign in').waitFor();
  await tabTo(page, 'E-mail address');
  await page.keyboard.type(owner);
  await tabTo(page, 'Password');
  await page.keyboard.type(site.ownerPassword);
  await page.keyboard.press('Enter');
  await staff.heading('Choose your password').waitFor();
  await tabTo(page, 'New password');
  await page.keyboard.type(chosenPassword);
  await page.keyboard.press('Enter');
  await staff.heading('Overview').waitFor();

  await tabTo(page, 'Licenses');
  await page.keyboard.press('Enter');
  await staff.heading('Licenses').waitFor();
  await tabTo(page, 'Search licenses');
  await page.keyboard.type(key);
  await staff.expectText('1 to 1 of 1');
  await tabTo(page, /./, 'tbody');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'License' }).waitFor();
  await tabTo(page, 'Devices', 'nav[aria-label="License"]');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Download license refresh file');
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  await device.load(await world.stick.keep(await download));
  await device.expectText('The license on this device was refreshed.');
  assert.notEqual((await focused(page)).name, '', 'the focus is lost');
});

/** Presses Tab until the thing of this name has the focus, which is seen on each thing on the way. */
async function tabTo(page: Page, name: string | RegExp, within?: string): Promise<void> {
  const way: string[] = [];
  for (let step = 0; step < 80; step += 1) {
    const now = await focused(page);
    const isNamed = typeof name === 'string' ? now.name === name : name.test(now.name);
    if (isNamed && (within === undefined || now.within.includes(within))) return;
    way.push(now.name);
    if (step > 0) assert.ok(now.isSeen, `the focus is not seen on “${now.name}”`);
    await page.keyboard.press('Tab');
  }
  assert.fail(`no way by Tab to ${name}: ${way.join(' | ')}`);
}

interface Focused {
  name: string;
  isSeen: boolean;
  /** What it stands in, through every shadow root. */
  within: string[];
}

/** What has the focus. */
function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body)
      return { name: '', isSeen: true, within: [] };
    const within: string[] = [];
    let above: Node | null = element;
    while (above) {
      if (above instanceof Element) within.push(above.localName);
      const label = above instanceof Element ? above.getAttribute('aria-label') : null;
      if (label) within.push(`nav[aria-label="${label}"]`);
      above = above instanceof ShadowRoot ? above.host : (above.parentNode ?? null);
    }
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const words = element.getAttribute('aria-label') ?? labels.map(label => label.innerText).join(' ');
    const name = (words || element.innerText || element.title).trim().split('\n')[0] ?? '';
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const isOutlined = outlineStyle !== 'none' && outlineWidth !== '0px';
    const isFramed = getComputedStyle(element.parentElement ?? element).outlineStyle !== 'none';
    return { name, isSeen: isOutlined || isFramed, within };
  });
}
