import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { LicenseKey } from '../../../src/license/license-key.ts';
import { dropFiles } from '../../e2e/support/drop.ts';
import { TestDevice } from '../../server/support/test-device.ts';
import { withChromium } from '../chromium.ts';
import { type Measurement, median, medianOf } from '../lines/measurement.ts';
import { ownVersion, packageVersion } from '../lines/versions.ts';
import { issueSeededLicense, openSeededPortal, withDataFolder } from '../seeded-portal.ts';
import { withServer } from '../server-process.ts';

const PORT = 8845;
const PORTAL = `http://portal.latchkey.localhost:${PORT}/`;
const FILES = 1000;
const WARM_UP = 1;
const ROUNDS = 5;
/** About as long as a license with five features. */
const ANSWER_BYTES = 600;

/**
 * A stick of a thousand requests through the portal's page, answers back in a folder, beside a plain copy of as many
 * files there and back.
 */
export async function measureStick(): Promise<Measurement[]> {
  return withDataFolder(async dataFolder => {
    const sticks = await makeSticks(dataFolder);
    const place = { port: PORT, dataFolder, args: ['--empty'] };
    return withServer(place, () =>
      withChromium(async (browser, version) => {
        const page = await browser.newPage();
        await page.addInitScript(chooseOwnFolder);
        const rounds: { through: number; copy: number }[] = [];
        for (const [index, stick] of sticks.entries()) {
          const copy = copyThereAndBack(stick, join(dataFolder, `copy-${index}`));
          const through = await bring(page, stick);
          if (index >= WARM_UP) rounds.push({ through, copy });
        }
        return [lineOf(rounds, version)];
      }),
    );
  });
}

function lineOf(rounds: readonly { through: number; copy: number }[], version: string): Measurement {
  const ratios = rounds.map(({ through, copy }) => through / copy);
  return medianOf(ratios, {
    name: 'stick.1000-vs-copy',
    unit: 'x',
    contenders: [ownVersion, packageVersion('lit'), version],
    notes: [
      `through the page ${median(rounds.map(({ through }) => through)).toFixed(0)} ms`,
      `plain copy, each file on disk, ${median(rounds.map(({ copy }) => copy)).toFixed(0)} ms`,
    ],
  });
}

async function makeSticks(dataFolder: string): Promise<string[]> {
  const portal = await openSeededPortal(dataFolder, PORTAL.slice(0, -1));
  try {
    const key: LicenseKey = await issueSeededLicense(portal);
    const folders: string[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const folder = join(dataFolder, `stick-${round}`);
      mkdirSync(folder);
      for (let index = 0; index < FILES; index += 1) {
        const device = await TestDevice.create(portal);
        writeFileSync(join(folder, `request-${index}.req`), await device.request(key));
      }
      folders.push(folder);
    }
    return folders;
  } finally {
    await portal.close();
  }
}

/** No dialog can be answered here: the page gets a folder of the browser's own, with the same interface. */
function chooseOwnFolder(): void {
  Object.assign(window, { showDirectoryPicker: () => navigator.storage.getDirectory() });
}

/** Milliseconds from the drop to the last answer in the folder. */
async function bring(page: Page, folder: string): Promise<number> {
  await page.goto(PORTAL);
  await page.getByText('Drop the files from your stick here').waitFor();
  const started = performance.now();
  await dropFiles(page, [folder]);
  await page
    .getByText(/^1,000 files: 1,000.licensed$/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Save all answers to the stick' }).click();
  await page.getByText(`Saved: ${FILES}.`).waitFor();
  const ms = performance.now() - started;
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
  });
  return ms;
}

/** Milliseconds of copying the files one by one, each safe on the disk as on a stick that may be pulled, and as many back. */
function copyThereAndBack(folder: string, target: string): number {
  mkdirSync(target);
  const answer = new Uint8Array(ANSWER_BYTES);
  const started = performance.now();
  for (const name of readdirSync(folder)) {
    writeSafely(join(target, name), readFileSync(join(folder, name)));
    writeSafely(join(target, `${name}.lic`), answer);
  }
  const ms = performance.now() - started;
  rmSync(target, { recursive: true });
  return ms;
}

function writeSafely(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx');
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
