import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLicense } from '../../src/issue/administer/licenses.ts';
import { createProduct } from '../../src/issue/administer/products.ts';
import type { ProductFeatureRecord } from '../../src/issue/records.ts';
import type { LicenseKey } from '../../src/license/license-key.ts';
import { openPortal, type RunningPortal } from '../../src/server/portal.ts';

const product = 'atlas-studio';
const actor = 'owner@latchkey.localhost';

const features: readonly ProductFeatureRecord[] = [
  { code: 'batch-render', name: 'Batch rendering', type: 'consumption' },
  { code: 'color', name: 'Color management', type: 'activation' },
  { code: 'export-step', name: 'Export as STEP', type: 'activation' },
  { code: 'nesting', name: 'Sheet nesting', type: 'activation' },
  { code: 'team-library', name: 'Team library', type: 'activation' },
];

/** A data folder of its own; gone once `work` is done. */
export async function withDataFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens the portal of a folder in this process; the first time, with the product. */
export async function openSeededPortal(dataFolder: string, origin: string): Promise<RunningPortal> {
  const portal = await openPortal({ dataFolder, env: {}, portals: [origin] });
  await portal.administer(actor, async (records, context) => {
    if ((await records.findProduct(product)) !== null) return;
    await createProduct({ code: product, name: 'Atlas Studio', features }, records, context);
  });
  return portal;
}

/** Issues a license with all five features and as many activations as are asked for. */
export async function issueSeededLicense(portal: RunningPortal): Promise<LicenseKey> {
  const yearS = 365 * 86_400;
  const terms = {
    holder: 'Harbor Drawing Office',
    customer: 'Harbor',
    note: '',
    startsAtS: null,
    expiresAtS: Math.floor(Date.now() / 1000) + yearS,
    graceHours: 72,
    maxActivations: null,
    maxTransfers: null,
    allowOffline: true,
    preventVm: false,
    limits: null,
    features: features.map(({ code, type }) => ({
      code,
      expiresAtS: null,
      limits: type === 'consumption' ? { maximum: 5000, overageMaximum: 250 } : null,
    })),
  };
  const { key } = await portal.administer(actor, (records, context) =>
    createLicense({ product, type: 'time-limited', trial: false, terms }, records, context),
  );
  return key;
}
