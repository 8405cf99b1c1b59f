import assert from 'node:assert/strict';
import type { BrowserContext, ConsoleMessage, Request } from 'playwright-core';

/** Notes whatever a page must not do: errors, crashes, requests to an origin that is not of its site. */
export class Guard {
  readonly #complaints: string[] = [];
  readonly #origins = new Set<string>();

  /** Lets pages talk to these origins. */
  allow(origins: Iterable<string>): void {
    for (const origin of origins) this.#origins.add(origin);
  }

  /** Listens to every page and worker of a browser. */
  watch(context: BrowserContext, actor: string): void {
    const note = (what: string) => this.#complaints.push(`${actor}: ${what}`);
    context.on('console', message => {
      if (isTrouble(message))
        note(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', ({ error }) => note(`uncaught ${error().stack ?? error()}`));
    context.on('request', request => {
      if (this.#isForeign(request)) note(`request to ${request.url()}`);
    });
    context.on('page', page => page.on('crash', () => note(`${page.url()} crashed`)));
  }

  /** Fails when anything was noted. */
  assertQuiet(): void {
    assert.deepEqual(this.#complaints, []);
  }

  #isForeign(request: Request): boolean {
    const { protocol, origin } = new URL(request.url());
    return /^(https?|wss?):$/.test(protocol) && !this.#origins.has(origin);
  }
}

/** The console's first question is answered with 401 or 403, of which Chromium tells as of an error. */
const isExpected = /the server responded with a status of 40[13] /;

function isTrouble(message: ConsoleMessage): boolean {
  if (isExpected.test(message.text()) && message.location().url.endsWith('/session')) return false;
  return message.type() === 'error' || message.type() === 'warning';
}
