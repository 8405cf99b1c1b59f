import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../../scripts/chromium.ts';
import { allowFolder } from './allowed-folder.ts';
import type { Guard } from './guard.ts';

export interface MachinePlaces {
  /** The app that this machine is for. */
  origin: string;
  /** An address of the network, for the proof that it is gone. */
  elsewhere: string;
}

export interface MachineOptions extends MachinePlaces {
  /** Where the browser keeps its data. */
  profileFolder: string;
  guard: Guard;
  name: string;
}

/** How long a step may take before it has failed. */
export const patienceMs = 30_000;

const resolver = {
  online: 'MAP * ~NOTFOUND , EXCLUDE *.latchkey.localhost',
  offline: 'MAP * ~NOTFOUND',
};

/** Flags for a camera that sees a film round and round; none without a film. */
export function cameraFlags(film: string | null): string[] {
  if (film === null) return [];
  const flags = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  return [...flags, `--use-file-for-fake-video-capture=${film}`];
}

/** A computer with one browser and one profile, on the network or off it. */
export class Machine {
  readonly origin: string;
  readonly name: string;
  readonly guard: Guard;
  readonly #options: MachineOptions;
  #context: BrowserContext | null = null;
  #isOnline = true;
  #fixedTime: Date | null = null;
  #film: string | null = null;

  constructor(options: MachineOptions) {
    this.#options = options;
    this.origin = options.origin;
    this.name = options.name;
    this.guard = options.guard;
  }

  /** The running browser; null while it is off. */
  get context(): BrowserContext | null {
    return this.#context;
  }

  get page(): Page {
    const [page] = this.#context?.pages() ?? [];
    if (!page) throw new Error(`${this.name} has no window open`);
    return page;
  }

  /** Lets the app use a folder without a question; before the first start, or while the browser is off. */
  allowFolder(path: string): void {
    allowFolder(this.#options.profileFolder, this.origin, path);
  }

  /** Starts the browser and opens a path of the app. */
  async open(path = '/'): Promise<void> {
    await this.#launch();
    await this.page.goto(this.origin + path);
  }

  /** Visits the app for the first time and waits until all of it is here. */
  async install(): Promise<void> {
    await this.open();
    await this.page.waitForFunction(async () => {
      // A worker is active only once everything that it is to keep is in its cache.
      await navigator.serviceWorker.ready;
      return navigator.serviceWorker.controller !== null;
    });
  }

  /** Takes the network away for good: the browser starts again without a way to resolve or reach any name. */
  async unplug(path = '/'): Promise<void> {
    await this.close();
    this.#isOnline = false;
    this.#expectVainCalls();
    await this.open(path);
    await this.#proveWorkerOffline();
  }

  /** Gives the network back. */
  async plugIn(): Promise<void> {
    await this.close();
    this.#isOnline = true;
    await this.open();
  }

  /** Copies the disk, while the browser is off, to a computer that is on no network unless this one is. */
  async copy(options: Pick<MachineOptions, 'profileFolder' | 'name'>): Promise<Machine> {
    await this.close();
    const { profileFolder } = this.#options;
    // The locks belong to a browser that runs, not to the profile.
    const isKept = (path: string) => !/\/Singleton\w+$/.test(path);
    cpSync(profileFolder, options.profileFolder, { recursive: true, filter: isKept });
    const copy = new Machine({ ...this.#options, ...options });
    copy.#isOnline = this.#isOnline;
    await Promise.all([this.open(), copy.open()]);
    return copy;
  }

  /** Loses all that the browser keeps, as when a person clears it or the disk is replaced, and gets the app anew. */
  async wipe(): Promise<void> {
    const wasOnline = this.#isOnline;
    await this.close();
    rmSync(this.#options.profileFolder, { recursive: true });
    this.#isOnline = true;
    await this.install();
    if (!wasOnline) await this.unplug();
  }

  /** The browser clears the app's database, and keeps the rest, as when space runs out. */
  async loseDatabase(): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('Storage.clearDataForOrigin', { origin: this.origin, storageTypes: 'indexeddb' });
    await this.restart();
  }

  /** Takes the network from the running browser for a while, or gives it back. */
  async setNetwork(isThere: boolean): Promise<void> {
    await this.#context?.setOffline(!isThere);
  }

  /** Closes the browser in order and starts it again. */
  async restart(path = '/'): Promise<void> {
    await this.close();
    await this.open(path);
  }

  /** Ends the browser at once, as a power cut does. */
  async kill(): Promise<void> {
    const cut = await this.prepareToKill();
    await cut();
  }

  /** Finds the browser's processes, so that the kill itself takes no time. */
  async prepareToKill(): Promise<() => Promise<void>> {
    const { context } = this;
    const session = await this.browserSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return async () => {
      const closed = new Promise(resolve => context?.once('close', resolve));
      // All at once: none of them is to save anything when it sees the others go.
      for (const { id } of processInfo) process.kill(id, 'SIGKILL');
      await closed;
      this.#context = null;
    };
  }

  /** Talks to the browser itself, past any page. */
  async browserSession(): Promise<CDPSession> {
    const browser = this.#context?.browser();
    if (!browser) throw new Error(`${this.name} is not on`);
    return browser.newBrowserCDPSession();
  }

  /** Sets the clock that pages read; null lets it run again. */
  async setClock(time: Date | null): Promise<void> {
    this.#fixedTime = time;
    await this.restart();
  }

  /** Plugs a camera in that sees a film round and round, and starts the browser again; null takes it away. */
  async plugCamera(film: string | null): Promise<void> {
    this.#film = film;
    await this.restart();
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
  }

  async #launch(): Promise<void> {
    const { profileFolder, guard, name } = this.#options;
    const executablePath = findChromium();
    assert.ok(executablePath, 'no Chromium');
    const rules = this.#isOnline ? resolver.online : resolver.offline;
    const context = await chromium.launchPersistentContext(profileFolder, {
      executablePath,
      headless: true,
      args: [...chromiumFlags(), `--host-resolver-rules=${rules}`, ...cameraFlags(this.#film)],
      locale: 'en-US',
      viewport: { width: 1280, height: 800 },
    });
    this.#context = context;
    context.setDefaultTimeout(patienceMs);
    if (this.#fixedTime) await context.clock.setFixedTime(this.#fixedTime);
    if (!this.#isOnline) await context.setOffline(true);
    await this.#proveNetwork();
    guard.watch(context, name);
  }

  /** Until a page has heard that there is no network, the app may call the portal in vain, and Chromium tells of it. */
  #expectVainCalls(): void {
    const { name, elsewhere, guard } = this.#options;
    guard.expect(
      new RegExp(
        `^${name}: console error: Failed to load resource: net::ERR_\\w+ \\(${elsewhere}/(api/v1/exchange|healthz)\\)$`,
      ),
    );
  }

  /** The same page that reaches both servers with the network reaches neither without it. */
  async #proveNetwork(): Promise<void> {
    const { origin, elsewhere } = this.#options;
    for (const target of [origin, elsewhere]) {
      assert.equal(await canReach(this.page, target), this.#isOnline, `${this.name} reaches ${target}`);
    }
  }

  /** A service worker has a way to the network of its own. */
  async #proveWorkerOffline(): Promise<void> {
    const worker = this.context?.serviceWorkers()[0] ?? (await this.context?.waitForEvent('serviceworker'));
    assert.ok(worker);
    assert.equal(await canReach(worker, this.#options.elsewhere), false, `the worker of ${this.name}`);
  }
}

/** Whether a page or worker gets any answer from an origin. */
export function canReach(from: Pick<Page, 'evaluate'>, origin: string): Promise<boolean> {
  return from.evaluate(
    address =>
      fetch(address, { mode: 'no-cors' }).then(
        () => true,
        () => false,
      ),
    `${origin}/healthz`,
  );
}
