import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../scripts/chromium.ts';

/** Runs `work` with a browser of its own and tells its version. */
export async function withChromium<T>(
  work: (browser: BrowserContext, version: string) => Promise<T>,
): Promise<T> {
  const executablePath = findChromium();
  if (executablePath === null) throw new TypeError('found no Chromium: set CHROMIUM_PATH');
  const browser: Browser = await chromium.launch({ executablePath, args: chromiumFlags() });
  try {
    return await work(await browser.newContext(), `Chromium ${browser.version()}`);
  } finally {
    await browser.close();
  }
}
