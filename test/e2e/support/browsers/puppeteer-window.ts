import { writeFileSync } from 'node:fs';
import type { Browser, ElementHandle } from 'puppeteer-core';
import { type BrowserWindow, expressionOf, type Found, NO_NETWORK, NO_NETWORK_ERROR } from './window.ts';

/** A window that puppeteer drives: by WebDriver BiDi. */
export async function puppeteerWindow(browser: Browser): Promise<BrowserWindow> {
  const [page] = await browser.pages();
  if (!page) throw new Error('expected a window');
  const complaints: string[] = [];
  page.on('pageerror', error => {
    if (!NO_NETWORK_ERROR.test(String(error))) complaints.push(String(error));
  });
  page.on('console', message => {
    if (message.type() === 'error' && !NO_NETWORK.test(message.text())) complaints.push(message.text());
  });
  return {
    version: await browser.version(),
    complaints: () => complaints,
    async open(address) {
      await page.goto(address);
    },
    async evaluate(call, ...values) {
      return (await page.evaluate(expressionOf(call, values))) as never;
    },
    async find(call, ...values) {
      const handle = await page.evaluateHandle(expressionOf(call, values));
      const element = handle.asElement();
      return element && found(element as ElementHandle<HTMLInputElement>);
    },
    async takePicture(path) {
      writeFileSync(path, await page.screenshot());
    },
    close: () => browser.close(),
  };
}

function found(element: ElementHandle<HTMLInputElement>): Found {
  return {
    // Waits until it moves no more: a notice that comes meanwhile would have another thing clicked.
    click: () => element.asLocator().click(),
    type: text => element.type(text),
    choose: files => element.uploadFile(...files),
  };
}
