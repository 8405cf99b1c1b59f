import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { createLicense } from '../../../src/issue/administer/licenses.ts';
import { createProduct } from '../../../src/issue/administer/products.ts';
import { deviceNumber } from '../../../src/license/device-number.ts';
import { createLicenseKey, formatLicenseKey, type LicenseKey } from '../../../src/license/license-key.ts';
import { openPortal, type RunningPortal } from '../../../src/server/portal.ts';
import { TestDevice } from '../../server/support/test-device.ts';
import { features, PRODUCT, terms } from '../../server/support/test-portal.ts';
import type { Site } from './site.ts';

/** A license of the fleet. */
export interface FleetLicense {
  readonly id: Bytes;
  readonly key: LicenseKey;
}

/** A license key that no vendor issued. */
export const unknownKey = createLicenseKey(new Uint8Array(13).fill(77));

/** Runs work at the records of a site that is stopped meanwhile. */
export async function behind<T>(
  { site, dataFolder }: { site: Site; dataFolder: string },
  work: (portal: RunningPortal) => Promise<T>,
): Promise<T> {
  await site.stop();
  const portal = await openPortal({ dataFolder, env: {}, portals: [site.origins.portal] });
  try {
    return await work(portal);
  } finally {
    await portal.close();
    await site.start();
  }
}

/** Issues licenses with so many seats each; null: as many as are asked for. */
export async function issueLicenses(
  portal: RunningPortal,
  seats: readonly (number | null)[],
): Promise<FleetLicense[]> {
  const issued: FleetLicense[] = [];
  for (const maxActivations of seats) {
    const { license, key } = await portal.administer('owner@example', async (records, context) => {
      if ((await records.findProduct(PRODUCT)) === null) {
        await createProduct({ code: PRODUCT, name: 'Plotter', features }, records, context);
      }
      const all = { ...terms, maxActivations };
      return createLicense(
        { product: PRODUCT, type: 'perpetual', trial: false, terms: all },
        records,
        context,
      );
    });
    issued.push({ id: license.id, key });
  }
  return issued;
}

/** Seats of a license that are taken. */
export function seatsTaken(portal: RunningPortal, { id }: FleetLicense): Promise<number> {
  return portal.administer('system', async records => (await records.findLicense(id))?.seatsTaken ?? -1);
}

/** Devices with real keys and real files; they wait in no browser of their own, for there are hundreds. */
export function makeDevices(portal: RunningPortal, count: number): Promise<TestDevice[]> {
  return Promise.all(Array.from({ length: count }, () => TestDevice.create(portal)));
}

/** A stick's folder of files. */
export class FleetStick {
  readonly folder: string;
  #count = 0;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  get files(): number {
    return this.#count;
  }

  put(bytes: Uint8Array, what = 'request'): void {
    this.#count += 1;
    writeFileSync(join(this.folder, `${what}-${this.#count}.req`), bytes);
  }
}

/** A list as people keep it in a spreadsheet: the numbers of devices, each with its key. */
export function keyList(devices: readonly TestDevice[], key: LicenseKey): string {
  const rows = devices.map(({ id }) => `${deviceNumber(id)};${formatLicenseKey(key)}`);
  return ['Device;Key', ...rows].join('\r\n');
}

/** Hands all answers to all devices, as a courier does: each takes what is its own. Gives the licensed ones. */
export async function loadEverywhere(
  devices: readonly TestDevice[],
  zip: Uint8Array,
): Promise<{ licensed: Set<TestDevice>; answers: number }> {
  const answers = Object.entries(unzipSync(zip));
  const licensed = new Set<TestDevice>();
  for (const device of devices) {
    const number = deviceNumber(device.id).replaceAll(' ', '-');
    const own = answers.filter(([name]) => name.includes(number));
    for (const [name, bytes] of own) {
      const { kind } = await device.load(new Uint8Array(bytes));
      assert.equal(name.startsWith('license'), kind === 'license', name);
      if (kind === 'license') licensed.add(device);
    }
  }
  return { licensed, answers: answers.length };
}
