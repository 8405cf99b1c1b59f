import { type BrowserContext, chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../scripts/chromium.ts';

type Work<T> = (browser: BrowserContext, version: string) => Promise<T>;

/** Runs `work` with a browser of its own, which leaves nothing behind, and tells its version. */
export async function withChromium<T>(work: Work<T>): Promise<T> {
  const browser = await chromium.launch(launchOptions());
  try {
    return await work(await browser.newContext(), `Chromium ${browser.version()}`);
  } finally {
    await browser.close();
  }
}

/** The same with a profile on disk, as people have one. */
export async function withChromiumProfile<T>(folder: string, work: Work<T>): Promise<T> {
  const browser = await chromium.launchPersistentContext(folder, { ...launchOptions(), locale: 'en-US' });
  try {
    return await work(browser, `Chromium ${browser.browser()?.version()}`);
  } finally {
    await browser.close();
  }
}

function launchOptions() {
  const executablePath = findChromium();
  if (executablePath === null) throw new TypeError('found no Chromium: set CHROMIUM_PATH');
  return { executablePath, args: chromiumFlags() };
}
