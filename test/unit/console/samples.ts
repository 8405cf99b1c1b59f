import type { Device, KnownDevice } from '../../../src/api/devices.ts';
import type { Exchange } from '../../../src/api/exchanges.ts';
import { defaultLimits, defaultTerms, type LicenseTerms } from '../../../src/api/license-terms.ts';
import type { License } from '../../../src/api/licenses.ts';
import type { Product } from '../../../src/api/products.ts';
import type { UserSummary } from '../../../src/api/users.ts';
import type { Profile } from '../../../src/platform/profile.ts';

/** A moment of 2026 in Unix seconds. */
export const now = 1_795_425_600;

export const day = 86_400;

/** 32 hexadecimal digits from a small number. */
export const idOf = (number: number) => number.toString(16).padStart(32, '0');

export const pressStudio: Product = {
  code: 'press-studio',
  name: 'Press Studio',
  features: [
    { code: 'color', name: 'Color management', type: 'activation' },
    { code: 'export', name: 'Export to PDF', type: 'activation' },
    { code: 'plates', name: 'Plates', type: 'consumption' },
  ],
  forkPolicy: 'refuse-copy',
  version: 1,
  licenseCount: 3,
  createdAt: now - 90 * day,
};

export const inkLab: Product = {
  code: 'ink-lab',
  name: 'Ink Lab',
  features: [],
  forkPolicy: 'refuse-copy',
  version: 1,
  licenseCount: 0,
  createdAt: now - 20 * day,
};

/** A license of Press Studio. */
export function sampleLicense(
  number: number,
  changed: Partial<License> = {},
  terms: Partial<LicenseTerms> = {},
): License {
  return {
    id: idOf(number),
    key: '7K3QX-M2ND5-R8TWA-V4HJ6-C9PEF',
    order: null,
    users: null,
    bundled: [],
    product: pressStudio.code,
    productName: pressStudio.name,
    type: 'perpetual',
    trial: false,
    state: 'active',
    policy: null,
    activeActivations: 1,
    transfersUsed: 0,
    rebindsUsed: 0,
    totals: [],
    periods: [],
    version: 1,
    createdAt: now - 30 * day,
    updatedAt: now - 2 * day,
    ...changed,
    terms: {
      ...defaultTerms(),
      customer: 'Acme Bottling',
      holder: 'Acme Bottling, line 7',
      maxActivations: 10,
      ...terms,
    },
  };
}

const november = { startsAt: Date.UTC(2026, 10, 1) / 1000, endsAt: Date.UTC(2026, 11, 1) / 1000 };

export const consumptionLicense = sampleLicense(
  2,
  {
    type: 'consumption',
    totals: [
      { counter: '', used: 820, givenBack: 20, total: 800, outstanding: 40, period: november },
      { counter: 'plates', used: 510, givenBack: 0, total: 510, outstanding: null, period: null },
    ],
    periods: [{ counter: '', resetPeriod: 'monthly', firstDay: november.startsAt, used: 820, givenBack: 20 }],
  },
  {
    customer: 'Northwind Print',
    limits: { ...defaultLimits(1000), overageMaximum: 100, resetPeriod: 'monthly' },
    features: [
      { code: 'color', expiresAt: null, limits: null },
      { code: 'plates', expiresAt: null, limits: { ...defaultLimits(500), overageMaximum: 50 } },
    ],
  },
);

export const activationExchange: Exchange = {
  id: idOf(70),
  at: now - 20 * day,
  kind: 'activation-request',
  decision: 'license',
  code: null,
  deviceId: '7'.repeat(64),
  deviceNumber: '4829 1307 7506',
  deviceName: 'Press 7',
  activationId: idOf(90),
  revision: 3,
  license: { id: idOf(1), customer: 'Acme Bottling', holder: 'Acme' },
  hasReceived: true,
  hasAnswer: true,
  showsCopy: false,
};

export const refusedExchange: Exchange = {
  ...activationExchange,
  id: idOf(71),
  at: now - day,
  decision: 'refusal',
  code: 'NO_SEATS_LEFT',
  deviceId: '8'.repeat(64),
  deviceNumber: '9651 1183 9751',
  deviceName: 'Press 8',
  activationId: null,
  revision: null,
};

export const press7: Device = {
  activationId: idOf(90),
  deviceId: '7'.repeat(64),
  deviceNumber: '4829 1307 7506',
  name: 'Press 7',
  platform: 'Linux x86_64',
  appVersion: '1.4.0',
  user: null,
  activationType: 'offline',
  state: 'active',
  blocked: false,
  copiedAt: null,
  firstSeenAt: now - 20 * day,
  lastSeenAt: now - 2 * day,
  revision: 3,
  totals: [{ counter: 'plates', used: 510, givenBack: 12, total: 498 }],
  files: [activationExchange],
};

/** The same device, whatever its licenses. */
export const knownPress7: KnownDevice = {
  id: press7.deviceId,
  number: press7.deviceNumber,
  name: press7.name,
  platform: press7.platform,
  appVersion: press7.appVersion,
  blocked: false,
  copiedAt: null,
  firstSeenAt: press7.firstSeenAt,
  lastSeenAt: press7.lastSeenAt,
  virtualMachine: false,
  licenses: [
    {
      license: {
        id: idOf(1),
        customer: 'Acme Bottling',
        holder: 'Acme',
        product: 'press-studio',
        productName: 'Press Studio',
        hasShares: false,
      },
      device: { ...press7, files: [] },
    },
  ],
};

/** A user with one license and one device. */
export const mona: UserSummary = {
  id: idOf(500),
  name: 'Mona Müller',
  createdAt: now - 40 * day,
  passwordSetAt: now - 10 * day,
  licenses: 1,
  devices: 1,
};

export const ben: UserSummary = {
  ...mona,
  id: idOf(501),
  name: 'ben@acme.example',
  licenses: 0,
  devices: 0,
};

/** A license for users in the place of a key. */
export const userLicense = sampleLicense(
  3,
  { key: '', users: [{ id: mona.id, name: mona.name, assignedAt: now - day, devices: 1 }] },
  { customer: 'Users of Acme', maxUsers: 2, devicesPerUser: 3 },
);

/** What devices and sticks know of the vendor. */
export const testProfile: Profile = {
  domainId: new Uint8Array(32).fill(7),
  root: new Uint8Array(32),
  rootVersion: 1,
  trust: new Uint8Array(),
  product: null,
  productName: '',
  portals: ['https://portal.acme.example'],
  brand: { name: 'Acme' },
};
