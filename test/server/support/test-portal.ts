import type { TestContext } from 'node:test';
import type { LicenseTerms } from '../../../src/issue/administer/license-terms.ts';
import { createLicense } from '../../../src/issue/administer/licenses.ts';
import { createProduct } from '../../../src/issue/administer/products.ts';
import type { LicenseRecord, ProductFeatureRecord } from '../../../src/issue/records.ts';
import type { LicenseKey } from '../../../src/license/license-key.ts';
import { openPortal, type RunningPortal } from '../../../src/server/portal.ts';
import { dataFolder } from './data-folder.ts';

/** A moment of 2026; tests that need another one move on from here. */
export const START_MS = 1_795_000_000_000;

export const PRODUCT = 'plotter';

export const features: readonly ProductFeatureRecord[] = [
  { code: 'export', name: 'Export', type: 'activation' },
  { code: 'import', name: 'Import', type: 'activation' },
  { code: 'pages', name: 'Pages', type: 'consumption' },
];

export interface TestPortal extends RunningPortal {
  readonly folder: string;
  /** Moves the portal's clock. */
  wait(seconds: number): void;
  issue(terms?: Partial<LicenseTerms>): Promise<{ license: LicenseRecord; key: LicenseKey }>;
  license(id: LicenseRecord['id']): Promise<LicenseRecord>;
}

export const terms: LicenseTerms = {
  holder: 'Yard 4',
  customer: 'Shipyard',
  note: '',
  startsAtS: null,
  expiresAtS: null,
  graceHours: 0,
  maxActivations: 1,
  maxTransfers: null,
  allowOffline: true,
  preventVm: false,
  limits: null,
  features: [],
};

/** A portal on a real database in a folder of its own, with one product. */
export async function testPortal(
  test: Pick<TestContext, 'after'>,
  folder = dataFolder(test),
): Promise<TestPortal> {
  let clockMs = START_MS;
  const nowMs = () => clockMs;
  const portal = await openPortal({
    dataFolder: folder,
    env: {},
    portals: ['https://portal.example'],
    nowMs,
  });
  test.after(() => portal.close());
  await portal.administer('system', async (records, context) => {
    if ((await records.findProduct(PRODUCT)) !== null) return;
    await createProduct({ code: PRODUCT, name: 'Plotter', features }, records, context);
  });
  return {
    ...portal,
    folder,
    wait: seconds => {
      clockMs += seconds * 1000;
    },
    issue: changes =>
      portal.administer('owner@example', (records, context) => {
        const all = { ...terms, ...changes };
        const type =
          all.limits === null ? (all.expiresAtS === null ? 'perpetual' : 'time-limited') : 'consumption';
        return createLicense({ product: PRODUCT, type, trial: false, terms: all }, records, context);
      }),
    license: async id => {
      const found = await portal.administer('system', records => records.findLicense(id));
      if (found === null) throw new TypeError('no such license');
      return found;
    },
  };
}
