import { createBundledLicense } from '../../../src/issue/administer/license-bundle.ts';
import type { LicenseTerms } from '../../../src/issue/administer/license-terms.ts';
import { createProduct } from '../../../src/issue/administer/products.ts';
import type { LicenseRecord } from '../../../src/issue/records.ts';
import type { LicenseKey } from '../../../src/license/license-key.ts';
import { features, type TestPortal, terms } from './test-portal.ts';

/** Products of a bundle besides the portal's own one. */
export const VIEWER = 'viewer';
export const CUTTER = 'cutter';

/** Licenses under one key. */
export interface LicenseBundle {
  readonly key: LicenseKey;
  /** By product. */
  readonly licenses: Readonly<Record<'plotter' | 'viewer' | 'cutter', LicenseRecord>>;
}

/** Issues a license of the portal's product, and one of each further product under its key. */
export async function issueBundle(
  portal: TestPortal,
  given: Partial<Record<keyof LicenseBundle['licenses'], Partial<LicenseTerms>>> = {},
): Promise<LicenseBundle> {
  const { key, license: plotter } = await portal.issue(given.plotter);
  const under = async (product: typeof VIEWER | typeof CUTTER, name: string) => {
    portal.wait(1);
    return portal.administer('owner@example', async (records, context) => {
      if ((await records.findProduct(product)) === null) {
        await createProduct({ code: product, name, features }, records, context);
      }
      const fixed = { product, type: given[product]?.expiresAtS ? 'time-limited' : 'perpetual' } as const;
      const all = { ...terms, ...given[product] };
      const bundledWith = plotter.id;
      return createBundledLicense({ ...fixed, trial: false, terms: all, bundledWith }, records, context);
    });
  };
  const viewer = await under(VIEWER, 'Plot Viewer');
  return { key, licenses: { plotter, viewer, cutter: await under(CUTTER, 'Plot Cutter') } };
}
