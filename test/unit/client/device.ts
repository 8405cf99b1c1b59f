import { toBase64url } from '../../../src/bytes/base64url.ts';
import { type Bytes, equalBytes } from '../../../src/bytes/bytes.ts';
import { LicenseManager } from '../../../src/client/license-manager.ts';
import type { DeviceFile } from '../../../src/client/views.ts';
import { thumbprint } from '../../../src/cose/key.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import type { License } from '../../../src/format/license.ts';
import { openDeviceFile } from '../../../src/issue/open-device-file.ts';
import { createLicenseKey, formatLicenseKey } from '../../../src/license/license-key.ts';
import type { Machine } from '../../../src/platform/signals.ts';
import { filled, ISSUED_AT, licenseClaims, type SignedBy, type TestVendor } from '../../support/vendor.ts';

/** A license key as a person types it. */
export const KEY = formatLicenseKey(createLicenseKey(filled(13, 7)));

/** A day after the test vendor issues its files. */
export const NOW_MS = (ISSUED_AT + 86_400) * 1000;

/** What a test changes of a device. */
export interface DeviceOptions {
  database?: string;
  nowMs?: number;
  /** Text of the profile, or null for an origin that serves none. */
  profile?: string | null;
  machine?: Machine;
  /** When the version of the app was released. */
  appReleasedAtMs?: number;
  /** Off unless the test is about it. */
  sync?: boolean;
}

const opened: LicenseManager[] = [];

/** A device of its own, on a clock that the test moves. */
export interface TestDevice {
  manager: LicenseManager;
  database: string;
  clock: { nowMs: number };
}

/** The text of the vendor's profile. */
export async function profileText(
  vendor: TestVendor,
  changes: Record<string, unknown> = {},
): Promise<string> {
  const { domainId, root, rootVersion } = vendor.pin;
  return JSON.stringify({
    version: 1,
    domainId: toBase64url(domainId),
    root: toBase64url(root),
    rootVersion,
    trust: toBase64url(encodeContainer([await vendor.bundle()])),
    product: 'demo',
    productName: 'Demo',
    portals: ['http://portal.latchkey.localhost:8787'],
    brand: { name: 'Acme' },
    ...changes,
  });
}

export async function openDevice(vendor: TestVendor, options: DeviceOptions = {}): Promise<TestDevice> {
  const database = options.database ?? `latchkey-${Math.random()}`;
  const clock = { nowMs: options.nowMs ?? NOW_MS };
  const text = options.profile === undefined ? await profileText(vendor) : options.profile;
  const manager = await LicenseManager.open({
    database,
    sync: options.sync ?? false,
    appReleasedAtMs: options.appReleasedAtMs,
    clock: () => clock.nowMs,
    profileUrl: text === null ? '/no-such-profile' : URL.createObjectURL(new Blob([text])),
    machine: async () =>
      options.machine ?? { signals: { processors: '8', memory: '8' }, looksVirtual: false },
  });
  opened.push(manager);
  return { manager, database, clock };
}

/** Lets go of what the tests opened. */
export async function closeDevices(): Promise<void> {
  await Promise.all(opened.splice(0).map(manager => manager.close()));
}

/** What the portal reads in a device file. */
export async function openFile(vendor: TestVendor, { bytes }: DeviceFile) {
  const { domainId, opener } = vendor;
  const findOpener = (kid: Bytes) => (equalBytes(kid, opener.kid) ? opener : null);
  return openDeviceFile(bytes, { findOpener, domainId, crypto: webCrypto() });
}

/** The license that a portal would grant for a request; the claims are the test's to change. */
export async function grant(
  vendor: TestVendor,
  request: DeviceFile,
  changes: Partial<License> = {},
): Promise<Bytes> {
  const { claims } = await openFile(vendor, request);
  const named = { deviceId: thumbprint(claims.deviceKey), requestId: claims.requestId };
  return vendor.license(licenseClaims({ ...named, ...changes }));
}

/** A device with a license. */
export async function licensedDevice(
  vendor: TestVendor,
  changes: Partial<License> = {},
  options: DeviceOptions = {},
): Promise<TestDevice & { file: Bytes; deviceId: Bytes }> {
  const device = await openDevice(vendor, options);
  const request = await device.manager.request(KEY);
  const { claims } = await openFile(vendor, request);
  const file = await grant(vendor, request, changes);
  await device.manager.load(file);
  return { ...device, file, deviceId: thumbprint(claims.deviceKey) };
}

/** The receipt that a portal would give for a deactivation. */
export async function receiptFor(
  vendor: TestVendor,
  file: DeviceFile,
  signedBy: SignedBy = {},
): Promise<Bytes> {
  const { claims, deviceId, kind } = await openFile(vendor, file);
  if (kind !== 'deactivation') throw new TypeError(`expected a deactivation, got ${kind}`);
  const { requestId, licenseId, activationId, consumption } = claims;
  const named = { requestId, licenseId, activationId, consumption, deviceId };
  return vendor.receipt({ ...named, issuedAt: ISSUED_AT + 120 }, signedBy);
}

/** What the device's first license says. */
export function claimsOf({ licenses }: LicenseManager): License {
  const claims = licenses[0]?.claims;
  if (!claims) throw new TypeError('expected a license');
  return claims;
}

/** Something that a test lets happen. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { opened, open };
}
