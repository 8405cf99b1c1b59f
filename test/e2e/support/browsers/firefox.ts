import puppeteer from 'puppeteer-core';
import { findFirefox } from '../../../../scripts/firefox.ts';
import { puppeteerWindow } from './puppeteer-window.ts';
import type { BrowserKind } from './window.ts';

/** The machine's Firefox. */
export const firefox = firefoxWith({});

/** Firefox whose windows are all private, and forget everything when they are closed. */
export const privateFirefox: BrowserKind = {
  ...firefoxWith({ 'browser.privatebrowsing.autostart': true }),
  keepsProfile: false,
};

function firefoxWith(preferences: Record<string, unknown>): BrowserKind {
  return {
    keepsProfile: true,
    async start({ profile, downloads }) {
      const executablePath = findFirefox();
      if (!executablePath) throw new Error('no Firefox');
      const browser = await puppeteer.launch({
        browser: 'firefox',
        executablePath,
        headless: true,
        userDataDir: profile,
        defaultViewport: null,
        extraPrefsFirefox: {
          'browser.download.dir': downloads,
          'browser.download.folderList': 2,
          'browser.download.useDownloadDir': true,
          'browser.download.alwaysOpenPanel': false,
          'browser.helperApps.neverAsk.saveToDisk': 'application/octet-stream',
          'intl.accept_languages': 'en-US',
          ...preferences,
        },
      });
      return puppeteerWindow(browser);
    },
  };
}
