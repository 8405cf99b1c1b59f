import { toBase64url } from '../../src/bytes/base64url.ts';
import { type Bytes, utf8 } from '../../src/bytes/bytes.ts';
import type { ActivationRequest } from '../../src/format/activation-request.ts';
import type { License } from '../../src/format/license.ts';
import type { Receipt } from '../../src/format/receipt.ts';
import type { UsageReport } from '../../src/format/usage-report.ts';
import { firstHead, nextHead } from '../../src/license/consumption/chain.ts';
import { fingerprintKey, keyLookup, keyProof, keySecret } from '../../src/license/credentials.ts';
import { createLicenseKey } from '../../src/license/license-key.ts';
import { fingerprint, type Signals } from '../../src/license/node-lock.ts';
import { userProof } from '../../src/license/user.ts';
import { device, deviceId, domainId, fixedBytes } from './keys.ts';
import { userOfVectors } from './users.ts';

/** 21 September 2026: issue time of the installed license. */
export const installedAt = 1_790_000_000;
/** A week later: what is offered to the device. */
export const now = installedAt + 7 * 86_400;

export const ids = {
  request: fixedBytes('request id', 16),
  reportRequest: fixedBytes('request id of the report', 16),
  deactivationRequest: fixedBytes('request id of the deactivation', 16),
  license: fixedBytes('license id', 16),
  otherLicense: fixedBytes('license id of another product', 16),
  activation: fixedBytes('activation id', 16),
  newActivation: fixedBytes('activation id, granted anew', 16),
  endedActivation: fixedBytes('activation id, given back', 16),
  otherActivation: fixedBytes('activation id of nobody here', 16),
};

export const licenseKey = createLicenseKey(fixedBytes('license key', 13));
const secret = keySecret(domainId, licenseKey);

const machine: Signals = {
  gpuVendor: 'Intel',
  gpuFamily: 'Intel Iris Xe',
  webglLimits: '16384,16384',
  processors: '8',
  memory: '8',
  platform: 'Linux',
  architecture: 'x86 64',
  browserFamily: 'Chromium',
  nanSign: '1',
  touchPoints: '10',
  colorDepth: '24',
  screen: '1080x1920',
  timeZone: 'Europe/Vienna',
  language: 'de-AT',
};

export const signals: Bytes = fingerprint(fingerprintKey(domainId, secret), machine);

const chain = [firstHead(ids.activation)];
for (const [index, counter] of ['', 'export', 'export'].entries()) {
  const previous = chain.at(-1);
  if (previous === undefined) throw new RangeError('an empty chain');
  const nonce = fixedBytes(`nonce ${index}`, 8);
  chain.push(
    nextHead(previous, { sequence: index + 1, counter, direction: 'used', amount: index + 1, nonce }),
  );
}

/** The chain's head after `sequence` entries. */
export function headAt(sequence: number) {
  const head = chain[sequence];
  if (head === undefined) throw new RangeError(`no entry ${sequence}`);
  return head;
}

export const consumption = {
  ...headAt(3),
  totals: [
    { counter: '', used: 1, givenBack: 0 },
    { counter: 'export', used: 5, givenBack: 0 },
  ],
};

const deviceClaims = {
  issuedAt: now,
  highWaterMark: now,
  bundleVersion: installedAt,
  rootVersion: 1,
  deviceKey: device.publicKey,
};

export const activationRequest: ActivationRequest = {
  ...deviceClaims,
  requestId: ids.request,
  deviceSequence: 1,
  product: 'cad',
  fingerprint: signals,
  deviceName: 'Kiosk 7',
  appVersion: '1.2.0',
  platform: 'Linux x86_64',
  keyLookup: keyLookup(secret),
  keyProof: keyProof(secret, deviceId, ids.request),
};

export const minimalRequest: ActivationRequest = {
  ...deviceClaims,
  requestId: ids.request,
  deviceSequence: 2,
};

/** 24 characters that no dictionary shortens. */
function randomName(name: string): string {
  return toBase64url(fixedBytes(name, 18));
}

/** A user's request with all 14 signals, a recovery commitment and names of 24 bytes: at most 512 bytes, sealed. */
export const largestRequest: ActivationRequest = {
  ...deviceClaims,
  requestId: ids.request,
  deviceSequence: 3,
  product: 'cad',
  fingerprint: fingerprint(fingerprintKey(domainId, userOfVectors.secret), machine),
  deviceName: randomName('device name'),
  appVersion: randomName('app version'),
  platform: randomName('platform'),
  userLookup: userOfVectors.lookup,
  userProof: userProof(userOfVectors.key, deviceId, ids.request),
  recoveryCommitment: fixedBytes('recovery commitment', 32),
};

/** A user's request as a small device makes it. */
export const userRequest: ActivationRequest = {
  ...minimalRequest,
  product: 'cad',
  deviceName: 'Kiosk 7',
  userLookup: userOfVectors.lookup,
  userProof: userProof(userOfVectors.key, deviceId, ids.request),
};

export const rebindRequest: ActivationRequest = {
  ...activationRequest,
  deviceSequence: 4,
  recoveryCommitment: fixedBytes('recovery commitment', 32),
  replaces: { id: ids.otherActivation, secret: fixedBytes('recovery secret', 32) },
  online: true,
  virtualMachine: true,
  consumption,
};

/** A request of a device that has a license of this key already: it states what it holds. */
export const holdingRequest: ActivationRequest = {
  ...activationRequest,
  deviceSequence: 6,
  activationId: ids.activation,
  consumption,
  heads: [headAt(0), headAt(2)],
};

export const usageReport: UsageReport = {
  ...deviceClaims,
  requestId: ids.reportRequest,
  deviceSequence: 5,
  licenseId: ids.license,
  activationId: ids.activation,
  revision: installedAt,
  fingerprint: signals,
  deviceName: 'Kiosk 7',
  appVersion: '1.2.0',
  platform: 'Linux x86_64',
  consumption,
  heads: [headAt(0), headAt(2)],
};

/** A license with five features, as it answers a request. */
export const license: License = {
  requestId: ids.request,
  deviceId,
  licenseId: ids.license,
  issuedAt: now,
  activationId: ids.activation,
  revision: now,
  product: 'cad',
  licenseType: 'time-limited',
  expiresAt: now + 365 * 86_400,
  graceHours: 72,
  fingerprint: signals,
  deviceName: 'Kiosk 7',
  holder: 'Werft Nord GmbH',
  features: [
    { code: 'drawing' },
    { code: 'import-dwg', name: 'DWG import' },
    { code: 'cloud', name: 'Cloud storage', expiresAt: now + 90 * 86_400 },
    { code: 'export', name: 'Export', limits: { maximum: 1000, overageMaximum: 50 } },
    { code: 'print', name: 'Print', limits: { maximum: 200, resetPeriod: 'monthly' } },
  ],
};

export const minimalLicense: License = {
  requestId: ids.request,
  deviceId,
  licenseId: ids.license,
  issuedAt: now,
  activationId: ids.activation,
  revision: now,
  product: 'cad',
  licenseType: 'perpetual',
};

/** What the device has installed. */
export const installedLicense: License = { ...minimalLicense, issuedAt: installedAt, revision: installedAt };

/** Every optional claim of a license that a license can have together. */
export const fullLicense: License = {
  ...license,
  requestId: ids.reportRequest,
  licenseType: 'consumption',
  startsAt: installedAt - 86_400,
  trial: true,
  limits: {
    maximum: 5000,
    overageMaximum: 0,
    baseline: -12,
    resetPeriod: 'annually',
    allotment: 800,
    mayBeNegative: true,
  },
  acknowledged: headAt(3),
  reportWithin: { days: 30, graceDays: 7 },
  clockCorrection: true,
  maintenanceUntil: now + 730 * 86_400,
  customFields: { 'purchase order': 'PO-2026-0917', site: 'Halle 4 – Süd' },
  maxOpenPeriods: 3,
  preventVm: true,
  utcOffset: 570,
  bundled: [new Map([[9, 'cad-viewer']])],
  productName: 'Werft CAD 2026',
  clearPin: true,
};

export const receipt: Receipt = {
  requestId: ids.deactivationRequest,
  deviceId,
  licenseId: ids.license,
  issuedAt: now,
  activationId: ids.endedActivation,
  consumption: { ...consumption, totals: [] },
};

/** 32 bytes that stand for the digest of a file the device made. */
export const fileDigest = fixedBytes('digest of a file', 32);

/** A text that DEFLATE cannot make smaller, so that a file of any length can be made. */
export function noise(length: number): Bytes {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, block) =>
    fixedBytes(`noise ${block}`, 32),
  );
  return new Uint8Array(blocks.flatMap(block => [...block])).slice(0, length);
}

export const plainText = utf8('Dear customer, please find your license attached.');
