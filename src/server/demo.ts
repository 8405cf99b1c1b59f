import type { LicenseType } from '../format/license.ts';
import type { LicenseTerms } from '../issue/administer/license-terms.ts';
import { createLicense } from '../issue/administer/licenses.ts';
import { createPolicy, type NewPolicy } from '../issue/administer/policies.ts';
import { createProduct } from '../issue/administer/products.ts';
import { openLicenseKey } from '../issue/secrets/license-secret.ts';
import { formatLicenseKey } from '../license/license-key.ts';
import { listLicenses } from './db/console/license-queries.ts';
import type { RunningPortal } from './portal.ts';

/** Code of the demo's product, which the sample app licenses. */
export const demoProduct = 'press-studio';

/** A license of the demo, to be tried at once. */
export interface DemoLicense {
  /** As people type it. */
  key: string;
  /** What kind of license it is, in words. */
  about: string;
}

interface DemoTerms {
  about: string;
  type: LicenseType;
  trial?: boolean;
  terms: Partial<LicenseTerms>;
}

const settingName = 'demo';
const daySeconds = 86_400;

const features = [
  { code: 'export', name: 'PDF export', type: 'activation' },
  { code: 'color', name: 'Color profiles', type: 'activation' },
  { code: 'proofs', name: 'Remote proofs', type: 'consumption' },
] as const;

const grant = (code: string) => ({ code, expiresAtS: null, limits: null });
const proofs = { code: 'proofs', expiresAtS: null, limits: { maximum: 50, overageMaximum: 5 } };

/**
 * Makes the demo at the first start of a data folder, or remembers that none is wanted, and says whether it is there.
 * A start that is killed on the way makes what is missing the next time: product and licenses are one transaction.
 */
export async function ensureDemo(portal: RunningPortal, { empty }: { empty: boolean }): Promise<boolean> {
  const { settings } = portal;
  if ((await settings.find(settingName)) === null && !empty) await makeDemo(portal);
  return (await settings.keep(settingName, empty ? 'left-out' : 'made')) === 'made';
}

/** Keys of the demo's licenses, those that there still are. */
export async function findDemoLicenses({ database, portal }: RunningPortal): Promise<DemoLicense[]> {
  const page = { sort: 'created', order: 'asc', offset: 0, limit: 100, nowS: 0 } as const;
  const { items } = await listLicenses(database.db, { product: demoProduct, text: notePrefix }, page);
  return demoTerms(0).flatMap(({ about }) => {
    const license = items.find(({ note }) => note === noteOf(about));
    const key = license && openLicenseKey(license, portal);
    return key ? [{ key: formatLicenseKey(key), about }] : [];
  });
}

function makeDemo(portal: RunningPortal): Promise<void> {
  return portal.administer('system', async (records, context) => {
    if ((await records.findProduct(demoProduct)) !== null) return;
    await createProduct({ code: demoProduct, name: 'Press Studio', features }, records, context);
    for (const policy of policies) await createPolicy({ product: demoProduct, ...policy }, records, context);
    for (const { about, type, trial = false, terms } of demoTerms(context.nowS)) {
      const license = {
        product: demoProduct,
        type,
        trial,
        terms: { ...plainTerms, ...terms, note: noteOf(about) },
      };
      await createLicense(license, records, context);
    }
  });
}

const notePrefix = 'Demo: ';

function noteOf(about: string): string {
  return notePrefix + about;
}

const plainTerms: LicenseTerms = {
  holder: 'Acme Bottling',
  customer: 'Acme Bottling',
  note: '',
  startsAtS: null,
  expiresAtS: null,
  graceHours: 0,
  maxActivations: 3,
  maxTransfers: null,
  allowOffline: true,
  preventVm: false,
  limits: null,
  features: [],
};

const policies: readonly NewPolicy[] = [
  {
    name: 'Yearly subscription',
    type: 'subscription',
    trial: false,
    terms: { ...plainTerms, validityDays: 365, graceHours: 14 * 24, features: [grant('export'), proofs] },
  },
  {
    name: 'Trial of 30 days',
    type: 'time-limited',
    trial: true,
    terms: { ...plainTerms, validityDays: 30, maxActivations: 1, features: [grant('export')] },
  },
];

function demoTerms(nowS: number): DemoTerms[] {
  return [
    {
      about: 'perpetual, 3 devices',
      type: 'perpetual',
      terms: { features: [grant('color'), grant('export'), proofs] },
    },
    {
      about: 'one year with 7 days of grace, 3 devices',
      type: 'time-limited',
      terms: { expiresAtS: nowS + 365 * daySeconds, graceHours: 7 * 24, features: [grant('export'), proofs] },
    },
    {
      about: '1000 pages and 100 over, 3 devices',
      type: 'consumption',
      terms: { limits: { maximum: 1000, overageMaximum: 100 }, features: [grant('export')] },
    },
    {
      about: 'trial of 30 days, 1 device',
      type: 'time-limited',
      trial: true,
      terms: { expiresAtS: nowS + 30 * daySeconds, maxActivations: 1, features: [grant('export')] },
    },
    {
      about: 'perpetual, 1 device, to try a second one with',
      type: 'perpetual',
      terms: { maxActivations: 1, features: [grant('export')] },
    },
  ];
}
