import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page } from 'playwright-core';
import { root } from '../../../scripts/run.ts';
import { formatLicenseKey, type LicenseKey } from '../../../src/license/license-key.ts';
import { withChromiumProfile } from '../chromium.ts';
import { largestOf, type Measurement, median, medianOf } from '../lines/measurement.ts';
import { ownVersion, packageVersion } from '../lines/versions.ts';
import { issueSeededLicense, openSeededPortal, withDataFolder } from '../seeded-portal.ts';
import { withServer } from '../server-process.ts';
import { withEmptySite } from './empty-site.ts';
import { openUntilPainted, type Painted, watchForHeading } from './painted.ts';

const PORT = 8842;
const EMPTY_PORT = 8843;
const ROUNDS = 21;
const WARM_UP = 2;

const app = { url: `http://app.latchkey.localhost:${PORT}/`, heading: 'Licensed' };
const empty = { url: `http://empty.latchkey.localhost:${EMPTY_PORT}/`, heading: 'Ready' };

/** Start and size of the licensed device app, with the server stopped, beside an empty Lit page in the same browser. */
export async function measureApp(): Promise<Measurement[]> {
  return withDataFolder(async dataFolder =>
    withChromiumProfile(join(dataFolder, 'profile'), async (browser, version) => {
      await install(browser, dataFolder);
      const starts = await startInTurns(browser);
      return [sizeLine(starts.app, version), startLine(starts, version)];
    }),
  );
}

/** Both pages once from their servers, which are stopped when their service workers are in charge. */
async function install(browser: BrowserContext, dataFolder: string): Promise<void> {
  const key = await seed(dataFolder);
  await withServer({ port: PORT, dataFolder, args: ['--empty'] }, () => activate(browser, key));
  await withEmptySite(EMPTY_PORT, async () => {
    const page = await browser.newPage();
    await page.goto(empty.url);
    await untilControlled(page);
    await page.close();
  });
}

async function seed(dataFolder: string): Promise<LicenseKey> {
  const portal = await openSeededPortal(dataFolder, `http://portal.latchkey.localhost:${PORT}`);
  try {
    return await issueSeededLicense(portal);
  } finally {
    await portal.close();
  }
}

/** As a person does it. */
async function activate(browser: BrowserContext, key: LicenseKey): Promise<void> {
  const page = await browser.newPage();
  await page.goto(app.url);
  await page.getByRole('textbox', { name: 'License key' }).fill(formatLicenseKey(key));
  await page.getByRole('button', { name: 'Activate over the network' }).click();
  await page.getByRole('heading', { name: app.heading, exact: true }).waitFor();
  await untilControlled(page);
  await page.close();
}

async function untilControlled(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

interface Starts {
  readonly app: Painted[];
  readonly empty: Painted[];
}

async function startInTurns(browser: BrowserContext): Promise<Starts> {
  const starts: Starts = { app: [], empty: [] };
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const both = [
      async () => starts.app.push(await start(browser, app)),
      async () => starts.empty.push(await start(browser, empty)),
    ];
    for (const turn of round % 2 === 0 ? both : both.reverse()) await turn();
  }
  return { app: starts.app.slice(WARM_UP), empty: starts.empty.slice(WARM_UP) };
}

/** As after a restart of the machine: a new page, and a service worker that does not run yet. */
async function start(browser: BrowserContext, { url, heading }: typeof app): Promise<Painted> {
  const page = await browser.newPage();
  const devtools = await browser.newCDPSession(page);
  await devtools.send('ServiceWorker.enable');
  await devtools.send('ServiceWorker.stopAllWorkers');
  await devtools.detach();
  await watchForHeading(page, heading);
  const painted = await openUntilPainted(page, url);
  await page.close();
  return painted;
}

function startLine({ app, empty }: Starts, chromium: string): Measurement {
  const ms = (starts: Painted[]) => median(starts.map(start => start.ms)).toFixed(0);
  const base = median(empty.map(start => start.ms));
  return medianOf(
    app.map(start => start.ms / base),
    {
      name: 'app.start-vs-empty-lit-page',
      unit: 'x',
      contenders: [`${ownVersion}, licensed`, `an empty page of ${packageVersion('lit')}`, chromium],
      notes: [`${ms(app)} ms`, `empty page ${ms(empty)} ms`],
    },
  );
}

function sizeLine(starts: readonly Painted[], chromium: string): Measurement {
  const sizes = starts.map(({ loaded }) => loaded.reduce((sum, path) => sum + gzipBytes(path), 0) / 1000);
  const files = new Set(starts.flatMap(({ loaded }) => loaded));
  return largestOf(sizes, {
    name: 'app.gz-kb',
    unit: 'kB',
    contenders: [ownVersion, chromium, 'gzip -9'],
    notes: [...files].map(path => `${path} ${gzipBytes(path)}`),
  });
}

function gzipBytes(path: string): number {
  return gzipSync(readFileSync(join(root, 'dist/device', path)), { level: 9 }).length;
}
