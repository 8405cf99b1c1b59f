import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumFlags } from '../../../../scripts/chromium.ts';
import { findOldChromium, type OldChromium } from '../../../../scripts/old-chromium.ts';
import { type BrowserKind, type BrowserWindow, expressionOf, NO_NETWORK } from './window.ts';

/** A Chromium of years ago, as machines run it that nobody updates. */
export function oldChromium(build: OldChromium): BrowserKind {
  return {
    keepsProfile: true,
    async start({ profile, downloads }) {
      const executablePath = findOldChromium(build);
      if (!executablePath) throw new Error(`no Chromium ${build}`);
      const context = await chromium.launchPersistentContext(profile, {
        executablePath,
        args: chromiumFlags(),
        locale: 'en-US',
        viewport: { width: 1280, height: 1000 },
      });
      const page = context.pages()[0] ?? (await context.newPage());
      page.on('download', download => download.saveAs(join(downloads, download.suggestedFilename())));
      return playwrightWindow(context, page);
    },
  };
}

function playwrightWindow(context: BrowserContext, page: Page): BrowserWindow {
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error' && !NO_NETWORK.test(message.text())) complaints.push(message.text());
  });
  return {
    version: `Chromium/${context.browser()?.version()}`,
    complaints: () => complaints,
    async open(address) {
      await page.goto(address);
    },
    async evaluate(call, ...values) {
      return (await page.evaluate(expressionOf(call, values))) as never;
    },
    async find(call, ...values) {
      const handle = await page.evaluateHandle<Element | null>(expressionOf(call, values));
      const element = handle.asElement();
      return (
        element && {
          click: () => element.click(),
          type: text => element.type(text),
          choose: files => element.setInputFiles(files),
        }
      );
    },
    async takePicture(path) {
      await page.screenshot({ path });
    },
    close: () => context.close(),
  };
}
