import type { Bytes } from '../../../src/bytes/bytes.ts';
import { createBundledLicense } from '../../../src/issue/administer/license-bundle.ts';
import type { LicenseTerms } from '../../../src/issue/administer/license-terms.ts';
import { createProduct } from '../../../src/issue/administer/products.ts';
import type { LicenseRecord } from '../../../src/issue/records.ts';
import type { LicenseKey } from '../../../src/license/license-key.ts';
import { features, type TestPortal, terms } from './test-portal.ts';

const names = { viewer: 'Plot Viewer', cutter: 'Plot Cutter' } as const;

/** Licenses under one key. */
export interface LicenseBundle {
  readonly key: LicenseKey;
  /** By product; the portal's own one has the key. */
  readonly licenses: Readonly<Record<'plotter' | keyof typeof names, LicenseRecord>>;
}

/** Issues a license of the portal's product, and one of each further product under its key. */
export async function issueBundle(
  portal: TestPortal,
  given: Partial<Record<keyof LicenseBundle['licenses'], Partial<LicenseTerms>>> = {},
): Promise<LicenseBundle> {
  const { key, license: plotter } = await portal.issue(given.plotter);
  portal.wait(1);
  const viewer = await issueUnder(portal, plotter.id, 'viewer', given.viewer);
  portal.wait(1);
  return {
    key,
    licenses: { plotter, viewer, cutter: await issueUnder(portal, plotter.id, 'cutter', given.cutter) },
  };
}

/** Issues a license of a further product, which is there from then on, under the key of another license. */
export function issueUnder(
  portal: TestPortal,
  bundledWith: Bytes,
  product: keyof typeof names,
  changes: Partial<LicenseTerms> = {},
): Promise<LicenseRecord> {
  return portal.administer('owner@example', async (records, context) => {
    if ((await records.findProduct(product)) === null) {
      await createProduct({ code: product, name: names[product], features }, records, context);
    }
    const type = changes.expiresAtS == null ? 'perpetual' : 'time-limited';
    const license = { product, type, trial: false, terms: { ...terms, ...changes } } as const;
    return createBundledLicense({ ...license, bundledWith }, records, context);
  });
}
