import type { TestContext } from 'node:test';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import type { LicenseTerms } from '../../../src/issue/administer/license-terms.ts';
import {
  createLicense,
  createLicenseForUsers,
  type NewLicense,
} from '../../../src/issue/administer/licenses.ts';
import { createProduct } from '../../../src/issue/administer/products.ts';
import { createUser, resetPassword } from '../../../src/issue/administer/users.ts';
import type { LicenseRecord, ProductFeatureRecord } from '../../../src/issue/records.ts';
import type { LicenseKey } from '../../../src/license/license-key.ts';
import { storedUserKey, type UserCredentials, userCredentials } from '../../../src/license/user.ts';
import { openPortal, type RunningPortal } from '../../../src/server/portal.ts';
import { dataFolder } from './data-folder.ts';
import { type DatabaseEnv, databaseEnv } from './test-database.ts';

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
  /** Where its database is. */
  readonly env: DatabaseEnv;
  /** Moves the portal's clock. */
  wait(seconds: number): void;
  issue(terms?: Partial<LicenseTerms>): Promise<{ license: LicenseRecord; key: LicenseKey }>;
  license(id: LicenseRecord['id']): Promise<LicenseRecord>;
  /** Issues a license to users in the place of a key; those who are not there yet get the password `right`. */
  issueForUsers(
    names: readonly string[],
    terms?: Partial<LicenseTerms>,
  ): Promise<{ license: LicenseRecord; key: null }>;
  /** The id of a user, who is created with the password `right`. */
  user(name: string): Promise<Bytes>;
  resetPassword(name: string, password?: string): Promise<void>;
  /** What a device makes of what a person types. */
  credentials(user: string, password?: string): Promise<UserCredentials>;
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
  const env = await databaseEnv(test, folder);
  const portal = await openPortal({
    dataFolder: folder,
    env,
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
    ...usersOf(portal),
    folder,
    env,
    wait: seconds => {
      clockMs += seconds * 1000;
    },
    issue: changes =>
      portal.administer('owner@example', (records, context) => {
        return createLicense(newLicense(changes), records, context);
      }),
    license: async id => {
      const found = await portal.administer('system', records => records.findLicense(id));
      if (found === null) throw new TypeError('no such license');
      return found;
    },
  };
}

function newLicense(changes: Partial<LicenseTerms> = {}): NewLicense {
  const all = { ...terms, ...changes };
  const hasEnd = all.expiresAtS !== null || all.validityDays != null;
  const type = all.limits === null ? (hasEnd ? 'time-limited' : 'perpetual') : 'consumption';
  return { product: PRODUCT, type, trial: false, terms: all };
}

type Users = Pick<TestPortal, 'issueForUsers' | 'user' | 'resetPassword' | 'credentials'>;

function usersOf({ portal, administer }: RunningPortal): Users {
  const { domainId } = portal.issuer;
  const credentials = (user: string, password = 'right') =>
    userCredentials({ domainId, user, password }, portal.crypto);
  const user = async (name: string): Promise<Bytes> => {
    const { lookup, key } = await credentials(name);
    const { id } = await administer('owner@example', async (records, context) => {
      const known = await records.findUserByName(lookup);
      return known ?? createUser({ name, storedKey: storedUserKey(key) }, records, context);
    });
    return id;
  };
  return {
    credentials,
    user,
    issueForUsers: async (names, changes) => {
      const users: Bytes[] = [];
      for (const name of names) users.push(await user(name));
      const license = await administer('owner@example', (records, context) =>
        createLicenseForUsers({ ...newLicense(changes), users }, records, context),
      );
      return { license, key: null };
    },
    resetPassword: async (name, password) => {
      const [userId, { key }] = [await user(name), await credentials(name, password)];
      await administer('owner@example', (records, context) =>
        resetPassword({ userId, storedKey: storedUserKey(key) }, records, context),
      );
    },
  };
}
