import assert from 'node:assert/strict';
import type { BrowserContext, Page } from 'playwright-core';
import { journey, type World } from './support/journey.ts';
import type { Site } from './support/site.ts';

const titles = {
  app: 'This page has not started',
  portal: 'The portal has not started',
  console: 'The console has not started',
  sample: 'Press Studio has not started',
};
type Name = keyof typeof titles;
const names = Object.keys(titles) as Name[];

const versions = 'Chrome or Edge 109, Firefox 115, Safari 16.4, or any newer one';

/** Opens each page and waits until the reason is there. */
async function expectReason(
  site: Site,
  context: BrowserContext,
  also: (page: Page) => Promise<void>,
  which: readonly Name[] = names,
) {
  for (const name of which) {
    const page = await context.newPage();
    await page.goto(site.origins[name]);
    await page.getByRole('heading', { name: titles[name] }).waitFor();
    await page.getByText(versions).waitFor();
    await page.getByText(/ask\s+(whoever|the)/i).waitFor();
    await also(page);
    await page.close();
  }
}

async function start(world: World): Promise<Site> {
  world.guard.expect(/Failed to load resource|this browser is older than the app can work with/);
  return world.startSite();
}

journey('a page whose JavaScript is off says so at once, and what it needs', async world => {
  const site = await start(world);
  const context = await world.visit('no script', { javaScriptEnabled: false });
  await expectReason(site, context, async page => {
    await page.locator('noscript p', { hasText: 'JavaScript is off in this browser.' }).waitFor();
    assert.equal(await page.getByRole('button').count(), 0);
    await page.reload({ waitUntil: 'commit' });
    await page.locator('#reason').waitFor({ timeout: 3500 });
  });
});

journey('a page whose script does not arrive gives the reason after a while', async world => {
  const site = await start(world);
  const context = await world.visit('lost script');
  await context.route('**/*.js', route => route.abort());
  // The device app's script stands in its page: it is there or both are not.
  const apart = names.filter(name => name !== 'app');
  const noneIsOff = async (page: Page) => assert.equal(await page.locator('noscript p').count(), 0);
  await expectReason(site, context, noneIsOff, apart);
});

journey('a browser that lacks what the apps are built on is told at once', async world => {
  const site = await start(world);
  const missing: [string, () => void][] = [
    ['AbortSignal.timeout', () => Reflect.deleteProperty(AbortSignal, 'timeout')],
    ['constructed style sheets', () => Reflect.deleteProperty(CSSStyleSheet.prototype, 'replaceSync')],
    ['custom elements', () => Reflect.deleteProperty(window, 'customElements')],
  ];
  for (const [name, remove] of missing) {
    const context = await world.visit(name);
    await context.addInitScript(remove);
    await expectReason(site, context, async page => {
      assert.equal(await page.locator('html').getAttribute('data-browser'), 'old', name);
    });
  }
});

journey('an app that starts takes the reason away', async world => {
  const site = await world.startSite();
  const context = await world.visit('new browser');
  for (const name of names) {
    const page = await context.newPage();
    await page.goto(site.origins[name]);
    await page.locator('#reason').waitFor({ state: 'detached' });
  }
});

journey('a page that cannot tell the languages of its browser starts all the same', async world => {
  const site = await world.startSite();
  world.guard.expect(/uncaught Error: no languages/);
  const context = await world.visit('no languages');
  await context.addInitScript(() => {
    const get = () => {
      throw new Error('no languages');
    };
    Object.defineProperty(Navigator.prototype, 'languages', { get });
  });
  for (const [name, shown] of [
    ['app', 'License key'],
    ['portal', 'Choose files'],
    ['console', 'Sign in'],
    ['sample', 'License key'],
  ] as const) {
    const page = await context.newPage();
    await page.goto(site.origins[name]);
    await page.locator('#reason').waitFor({ state: 'detached' });
    await page.getByText(shown).first().waitFor();
  }
});
