import { p256 } from '@noble/curves/nist.js';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { fromHex } from '../../../src/bytes/hex.ts';
import type { ActivationRequest } from '../../../src/format/activation-request.ts';
import type { Deactivation } from '../../../src/format/deactivation.ts';
import type { License } from '../../../src/format/license.ts';
import type { Receipt } from '../../../src/format/receipt.ts';
import type { Refusal } from '../../../src/format/refusal.ts';
import type { RootChange } from '../../../src/format/root-change.ts';
import type { TrustBundle } from '../../../src/format/trust-bundle.ts';
import type { UsageReport } from '../../../src/format/usage-report.ts';

/** `length` bytes of the same value. */
export const bytesOf = (length: number, value = 1): Bytes => new Uint8Array(length).fill(value);

const p256Key: Bytes = new Uint8Array(p256.getPublicKey(bytesOf(32), false));
const ed25519Key = fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');

const device = {
  requestId: bytesOf(16),
  issuedAt: 1_790_000_000,
  deviceSequence: 3,
  highWaterMark: 1_790_000_001,
  bundleVersion: 1_780_000_000,
  rootVersion: 1,
  deviceKey: p256Key,
} as const;

const used = {
  ...device,
  licenseId: bytesOf(16, 2),
  activationId: bytesOf(16, 3),
  revision: 1_790_000_000,
  consumption: {
    sequence: 2,
    head: bytesOf(32, 4),
    totals: [
      { counter: '', used: 12, givenBack: 2 },
      { counter: 'export', used: 1, givenBack: 0 },
    ],
  },
  heads: [{ sequence: 0, head: bytesOf(32, 5) }],
  license: bytesOf(300, 6),
  periods: [{ counter: 'export', index: 680, used: 1, givenBack: 0 }],
} as const;

export const activationRequest: ActivationRequest = {
  ...device,
  product: 'cad',
  fingerprint: bytesOf(56, 7),
  deviceName: 'Kiosk 7',
  appVersion: '1.2.0',
  platform: 'Linux x86_64',
  keyLookup: bytesOf(8, 8),
  keyProof: bytesOf(16, 9),
  userLookup: bytesOf(8, 10),
  userProof: bytesOf(16, 11),
  recoveryCommitment: bytesOf(32, 12),
  replaces: { id: bytesOf(32, 13), secret: bytesOf(32, 14) },
  online: true,
  virtualMachine: false,
  consumption: used.consumption,
  activationId: used.activationId,
  heads: used.heads,
};

export const usageReport: UsageReport = { ...used, fingerprint: bytesOf(4, 7), appVersion: '1.2.0' };

export const deactivation: Deactivation = used;

export const license: License = {
  requestId: bytesOf(16),
  deviceId: bytesOf(32),
  licenseId: bytesOf(16, 2),
  issuedAt: 1_790_000_000,
  activationId: bytesOf(16, 3),
  revision: 1_790_000_000,
  product: 'cad',
  licenseType: 'time-limited',
  expiresAt: 1_800_000_000,
  features: [
    { code: 'export', name: 'Export', expiresAt: 1_795_000_000 },
    {
      code: 'prints',
      limits: {
        maximum: 100,
        overageMaximum: 10,
        baseline: -5,
        resetPeriod: 'monthly',
        allotment: 9,
        mayBeNegative: false,
      },
    },
  ],
  limits: { maximum: 1000 },
  licenseState: 'ended',
  acknowledged: { sequence: 2, head: bytesOf(32, 4) },
  reportWithin: { days: 30, graceDays: 7 },
  customFields: { __proto__x: 'a', 'purchase order': 'ä' },
  utcOffset: -720,
  bundled: [new Map([[3, bytesOf(16, 9)]])],
};

export const receipt: Receipt = {
  requestId: bytesOf(16),
  deviceId: bytesOf(32),
  licenseId: bytesOf(16, 2),
  issuedAt: 1_790_000_000,
  activationId: bytesOf(16, 3),
  consumption: used.consumption,
};

export const refusal: Refusal = {
  requestId: bytesOf(16),
  issuedAt: 1_790_000_000,
  code: 'NO_SEATS_LEFT',
  data: { maxActivations: 3, product: 'cad' },
};

export const trustBundle: TrustBundle = {
  issuedAt: 1_790_000_000,
  bundleVersion: 1_790_000_000,
  rootVersion: 1,
  issuerKeys: [
    {
      key: ed25519Key,
      kinds: [65211, 65212, 65213],
      products: ['cad'],
      validFrom: 1_700_000_000,
      validUntil: 1_900_000_000,
      keyState: 'compromised',
      graceHours: 72,
    },
  ],
  sealingKeys: [{ key: p256Key, keyState: 'retired' }],
  portals: ['https://portal.example'],
};

export const rootChange: RootChange = { issuedAt: 1_790_000_000, rootVersion: 2, newRoot: ed25519Key };
