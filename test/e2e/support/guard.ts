import assert from 'node:assert/strict';
import type { BrowserContext, ConsoleMessage, Request } from 'playwright-core';
import { authPaths } from '../../../src/api/paths.ts';

/** Notes whatever a page must not do: errors, crashes, requests to an origin that is not of its site. */
export class Guard {
  readonly #complaints: string[] = [];
  readonly #origins = new Set<string>();
  readonly #expected: RegExp[] = [];
  readonly #requests: string[] = [];

  /** Lets pages talk to these origins. */
  allow(origins: Iterable<string>): void {
    for (const origin of origins) this.#origins.add(origin);
  }

  /** Takes a complaint for what the journey is about. */
  expect(complaint: RegExp): void {
    this.#expected.push(complaint);
  }

  /** How many requests have gone to an origin. */
  countRequests(origin: string): number {
    return this.#requests.filter(asked => asked === origin).length;
  }

  /** Listens to every page and worker of a browser. */
  watch(context: BrowserContext, actor: string): void {
    const note = (what: string) => this.#complaints.push(`${actor}: ${what}`);
    context.on('console', message => {
      if (isTrouble(message))
        note(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', uncaught => note(`uncaught ${uncaught.error().stack}`));
    context.on('request', request => {
      this.#requests.push(new URL(request.url()).origin);
      if (this.#isForeign(request)) note(`request to ${request.url()}`);
    });
    context.on('page', page => page.on('crash', () => note(`${page.url()} crashed`)));
  }

  /** Fails when anything was noted. */
  assertQuiet(): void {
    const surprises = this.#complaints.filter(text => !this.#expected.some(pattern => pattern.test(text)));
    assert.deepEqual(surprises, []);
  }

  #isForeign(request: Request): boolean {
    const { protocol, origin } = new URL(request.url());
    return /^(https?|wss?):$/.test(protocol) && !this.#origins.has(origin);
  }
}

/** Answers that journeys ask for and that Chromium tells of as of errors, by path. */
const expectedStatus = new Map<string, RegExp>([
  [authPaths.signIn, /status of 401 /],
  [authPaths.changePassword, /status of 400 /],
]);

function isTrouble(message: ConsoleMessage): boolean {
  const path = URL.parse(message.location().url)?.pathname ?? '';
  if (expectedStatus.get(path)?.test(message.text())) return false;
  return message.type() === 'error' || message.type() === 'warning';
}
