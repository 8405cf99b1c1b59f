import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';

const TIMEOUT_MS = 20_000;

/** What was seen of one start. */
export interface Painted {
  /** From the navigation to after the frame in which the heading stood, milliseconds. */
  readonly ms: number;
  /** Paths of the page, the scripts and style sheets that had come by then. */
  readonly loaded: readonly string[];
}

interface Watched extends Window {
  whenPainted: Promise<Painted>;
}

/**
 * Watches every page of a context from outside for the first heading with this text, in whatever shadow root; to be
 * called before the page is opened.
 */
export async function watchForHeading(page: Page, heading: string): Promise<void> {
  await page.addInitScript(watch, heading);
}

/** Opens the page and waits until the heading is painted. */
export async function openUntilPainted(page: Page, url: string): Promise<Painted> {
  await page.goto(url, { waitUntil: 'commit' });
  const painted = page.evaluate(() => (window as unknown as Watched).whenPainted);
  const timeout = delay(TIMEOUT_MS, null, { ref: false });
  return (await Promise.race([painted, timeout])) ?? fail(page);
}

async function fail(page: Page): Promise<never> {
  throw new Error(`the heading was not painted; the page says: ${await page.locator('body').ariaSnapshot()}`);
}

/** Runs in the page, before anything of its own. */
function watch(heading: string): void {
  const watched = window as unknown as Watched;
  watched.whenPainted = new Promise(resolve => {
    const observer = new MutationObserver(records => {
      if (records.some(({ target }) => isHeadingIn(target))) afterPaint();
    });
    const options = { childList: true, subtree: true, characterData: true };
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      const shadow = attach.call(this, init);
      observer.observe(shadow, options);
      return shadow;
    };

    function isHeadingIn(target: Node): boolean {
      const root = target.getRootNode();
      if (!(root instanceof ShadowRoot)) return false;
      return root.querySelector('h1, h2')?.textContent?.trim() === heading;
    }

    function afterPaint(): void {
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve({ ms: performance.now(), loaded: loadedNow() });
        port2.postMessage(null);
      });
    }

    function loadedNow(): string[] {
      const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const paths = entries
        .filter(({ responseEnd }) => responseEnd > 0)
        .map(({ name }) => new URL(name).pathname)
        .filter(path => /\.(js|css)$/.test(path));
      return ['/index.html', ...paths];
    }
  });
}
