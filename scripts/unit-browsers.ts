import type { BrowserLauncher } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import * as puppeteer from 'puppeteer-core';
import { chromiumFlags, findChromium } from './chromium.ts';
import { findFirefox } from './firefox.ts';

/** The browsers of the unit tests: all, or those that LATCHKEY_BROWSERS names, as in `chromium,firefox`. */
export function unitBrowsers(): BrowserLauncher[] {
  const asked = process.env.LATCHKEY_BROWSERS?.split(',') ?? Object.keys(launchers);
  return asked.map(name => {
    const launch = launchers[name];
    if (!launch) throw new TypeError(`expected ${Object.keys(launchers).join(' or ')}, got ${name}`);
    return launch();
  });
}

const launchers: Record<string, () => BrowserLauncher> = {
  chromium: () =>
    chromeLauncher({
      launchOptions: { ...program(findChromium()), headless: true, args: chromiumFlags() },
      // Two files run at a time. The tab in the background would be hidden and get no frames to wait for.
      async createPage({ context }) {
        const page = await context.newPage();
        await page.emulateFocusedPage(true);
        return page;
      },
    }),
  firefox: () =>
    chromeLauncher({
      puppeteer,
      launchOptions: {
        browser: 'firefox',
        ...program(findFirefox()),
        headless: true,
        // Several pages are tested at a time, all but one of them in the background, where no video would begin and no
        // list of cameras would come.
        extraPrefsFirefox: {
          'media.block-autoplay-until-in-foreground': false,
          'media.devices.unfocused.enabled': true,
        },
      },
      // In windows of their own, for the same reason.
      createPage: ({ context }) => context.newPage({ type: 'window' }),
    }),
};

function program(executablePath: string | null) {
  return executablePath ? { executablePath } : {};
}
