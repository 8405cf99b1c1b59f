import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../../scripts/chromium.ts';
import { type Cluster, startPostgres } from '../../../scripts/postgres.ts';
import { ConsolePage } from './console-page.ts';
import { DeviceApp } from './device-app.ts';
import { Guard } from './guard.ts';
import { Line } from './line.ts';
import { Machine, type MachinePlaces, patienceMs } from './machine.ts';
import { PortalPage } from './portal-page.ts';
import { SampleApp } from './sample-app.ts';
import { Site, type SiteOptions } from './site.ts';
import { Stick } from './stick.ts';

/** Runs a journey as a test: everything is real, and no page may complain. */
export function journey(name: string, steps: (world: World) => Promise<unknown>): void {
  test(name, async context => {
    const world = new World(text => context.diagnostic(text));
    try {
      await steps(world);
      world.guard.assertQuiet();
    } catch (error) {
      for (const picture of await world.takePictures()) world.note(picture);
      throw error;
    } finally {
      await world.close();
    }
  });
}

/** A browser that ends with the journey, and is seen when it failed. */
export interface Guest {
  takePicture(path: string): Promise<void>;
  close(): Promise<void>;
}

/** The machines, people and places of one journey. */
export class World {
  readonly guard = new Guard();
  readonly stick: Stick;
  readonly #folder = mkdtempSync(join(tmpdir(), 'latchkey-e2e-'));
  readonly #sites: Site[] = [];
  readonly #clusters: Cluster[] = [];
  readonly #machines: Machine[] = [];
  readonly #visits: BrowserContext[] = [];
  readonly #guests: Guest[] = [];
  readonly #lines: Line[] = [];
  #office: Browser | null = null;

  /** Writes a line into the test's report. */
  readonly note: (text: string) => void;

  constructor(note: (text: string) => void) {
    this.note = note;
    this.stick = new Stick(join(this.#folder, 'stick'));
  }

  /** A folder that is gone after the journey. */
  makeFolder(name: string): string {
    const folder = join(this.#folder, name);
    mkdirSync(folder);
    return folder;
  }

  /** Takes a browser in that another driver than playwright drives. */
  join(guest: Guest): void {
    this.#guests.push(guest);
  }

  /** Starts a server on a fresh data folder. */
  async startSite(options: Partial<SiteOptions> = {}): Promise<Site> {
    const dataFolder = join(this.#folder, `data-${this.#sites.length}`);
    const site = await Site.start({ dataFolder, ...options });
    this.#sites.push(site);
    this.guard.allow([...Object.values(site.origins), ...(options.morePortals ?? [])]);
    return site;
  }

  /** Starts a PostgreSQL with an empty database named `postgres`. */
  async startPostgres(): Promise<Cluster> {
    const cluster = await startPostgres();
    this.#clusters.push(cluster);
    return cluster;
  }

  /** A server whose portal devices reach through a line. */
  async startSiteBehind(line: Line): Promise<Site> {
    const site = await this.startSite({ portal: line.origin('portal') });
    line.leadTo(site.port);
    return site;
  }

  /** Lays a line that the journey can cut. */
  async layLine(): Promise<Line> {
    const line = await Line.lay();
    this.#lines.push(line);
    return line;
  }

  /** A device with the app installed and its network off from then on. */
  async offlineDevice(site: Site, name: string): Promise<DeviceApp> {
    const machine = this.machine(site, name);
    await machine.install();
    await machine.unplug();
    return new DeviceApp(machine, this.stick);
  }

  /** A device with the app installed and a network, on which it reaches the portal or what else is named. */
  async onlineDevice(site: Site, name: string, elsewhere = site.origins.portal): Promise<DeviceApp> {
    const machine = this.machine(site, name, { elsewhere });
    await machine.install();
    return new DeviceApp(machine, this.stick);
  }

  /** A device with the sample app installed and a network. */
  async onlineSample(site: Site, name: string): Promise<SampleApp> {
    const machine = this.machine(site, name, { origin: site.origins.sample });
    await machine.install();
    return new SampleApp(machine, this.stick);
  }

  /** A device with the sample app installed and its network off from then on. */
  async offlineSample(site: Site, name: string): Promise<SampleApp> {
    const machine = this.machine(site, name, { origin: site.origins.sample });
    await machine.install();
    await machine.unplug();
    return new SampleApp(machine, this.stick);
  }

  /** A computer that has not visited anything yet. */
  machine(site: Site, name: string, places: Partial<MachinePlaces> = {}): Machine {
    const machine = new Machine({
      profileFolder: join(this.#folder, `profile-${this.#machines.length}`),
      origin: site.origins.app,
      elsewhere: site.origins.portal,
      ...places,
      guard: this.guard,
      name,
    });
    this.#machines.push(machine);
    return machine;
  }

  /** A computer whose disk is a copy of another's, taken now. */
  async copyMachine(machine: Machine, name: string): Promise<Machine> {
    const profileFolder = join(this.#folder, `profile-${this.#machines.length}`);
    const copy = await machine.copy({ profileFolder, name });
    this.#machines.push(copy);
    return copy;
  }

  /** The portal's page in a browser of its own, on a computer with a network. */
  async visitPortal(site: Site): Promise<PortalPage> {
    const context = await this.visit('portal');
    const portal = new PortalPage(await context.newPage(), site.origins.portal, this.stick);
    await portal.visit();
    return portal;
  }

  /** The console in a browser of its own, with the owner signed in. */
  async visitConsole(site: Site): Promise<ConsolePage> {
    const staff = await this.openConsole(site);
    await staff.signInFirst();
    return staff;
  }

  /** The console before anyone signed in. */
  async openConsole(site: Site): Promise<ConsolePage> {
    const context = await this.visit('console');
    return new ConsolePage(await context.newPage(), site, this.stick);
  }

  /** A browser that has visited nothing yet, with a network. */
  async visit(name: string, options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const executablePath = findChromium();
    if (!executablePath) throw new Error('no Chromium');
    this.#office ??= await chromium.launch({ executablePath, args: chromiumFlags() });
    const context = await this.#office.newContext({
      locale: 'en-US',
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    context.setDefaultTimeout(patienceMs);
    this.guard.watch(context, name);
    this.#visits.push(context);
    return context;
  }

  /** What can be seen when something failed. */
  async takePictures(): Promise<string[]> {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-e2e-failed-'));
    const contexts = [...this.#visits, ...this.#machines.flatMap(({ context }) => context ?? [])];
    const pages = contexts.flatMap(context => context.pages());
    const shots = [
      ...pages.map(page => (path: string) => page.screenshot({ path, fullPage: true, timeout: 5000 })),
      ...this.#guests.map(guest => (path: string) => guest.takePicture(path)),
    ];
    const paths = shots.map((_, index) => join(folder, `${index}.png`));
    await Promise.allSettled(shots.map((shot, index) => shot(paths[index] ?? '')));
    return paths;
  }

  async close(): Promise<void> {
    await Promise.allSettled([
      this.#office?.close(),
      ...this.#machines.map(machine => machine.close()),
      ...this.#guests.map(guest => guest.close()),
    ]);
    await Promise.all(this.#lines.map(line => line.close()));
    await Promise.all(this.#sites.map(site => site.stop()));
    await Promise.all(this.#clusters.map(cluster => cluster.remove()));
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
