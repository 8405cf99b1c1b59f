import { expect, waitUntil } from '@open-wc/testing';
import { toBase64url } from '../../../src/bytes/base64url.ts';
import type { LicenseManager } from '../../../src/client/license-manager.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import { fingerprint } from '../../../src/license/node-lock.ts';
import { readContents } from '../../../src/store/contents.ts';
import { Store } from '../../../src/store/store.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { testIssuer } from '../../support/keys.ts';
import { filled, ISSUED_AT, TestVendor } from '../../support/vendor.ts';
import {
  claimsOf,
  closeDevices,
  gate,
  grant,
  KEY,
  licensedDevice,
  NOW_MS,
  openDevice,
  openFile,
  profileText,
  receiptFor,
} from './device.ts';

const hourMs = 3_600_000;

async function highWaterMarkMs(database: string): Promise<number | undefined> {
  const { device } = await readContents(new Store(database));
  return device?.highWaterMarkMs;
}

describe('LicenseManager and the vendor', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });
  afterEach(closeDevices);

  it('open() refuses a profile that is none, at the first start', async () => {
    expect(await codeOfAsync(() => openDevice(vendor, { profile: null }))).to.equal('PROFILE_MISSING');
    const broken = [
      '',
      'null',
      '[]',
      '{"version":2}',
      'x'.repeat(200_000),
      await profileText(vendor, { root: 'AAAA' }),
    ];
    for (const profile of broken) {
      expect(await codeOfAsync(() => openDevice(vendor, { profile })), profile.slice(0, 20)).to.equal(
        'PROFILE_REFUSED',
      );
    }
  });

  it('open() refuses a profile whose trust its root did not sign', async () => {
    const bundle = await vendor.bundle({}, { by: vendor.issuer });
    const profile = await profileText(vendor, { trust: toBase64url(encodeContainer([bundle])) });
    expect(await codeOfAsync(() => openDevice(vendor, { profile }))).to.equal('PROFILE_REFUSED');
  });

  it('another root is refused later on, and the pinned one goes on working', async () => {
    const { database } = await licensedDevice(vendor);
    const root = toBase64url(testIssuer(77).publicKey);
    const { manager } = await openDevice(vendor, { database, profile: await profileText(vendor, { root }) });
    await changeOf(manager, () => manager.profileProblem !== null);
    expect(manager.profileProblem).to.equal('PROFILE_REFUSED');
    expect(manager.isUnlocked).to.equal(true);
  });

  it('a newer profile of the same vendor is followed', async () => {
    const { database } = await licensedDevice(vendor);
    const trust = toBase64url(
      encodeContainer([await vendor.bundle({ bundleVersion: 5, portals: ['https://new.example'] })]),
    );
    const profile = await profileText(vendor, { trust, productName: 'Renamed' });
    const { manager } = await openDevice(vendor, { database, profile });
    await changeOf(manager, () => manager.profile.productName === 'Renamed');
    expect(manager.portals).to.deep.equal(['https://new.example']);
  });

  it('newer keys are kept even when the license beside them is refused', async () => {
    const { manager, file } = await licensedDevice(vendor, { revision: 9 });
    const bundle = await vendor.bundle({ bundleVersion: 3, portals: ['https://three.example'] });
    await manager.load(encodeContainer([bundle, file]));
    expect(manager.portals).to.deep.equal(['https://three.example']);
  });

  it('newer keys are kept when they are what refuses the license beside them', async () => {
    const { manager, database, deviceId } = await licensedDevice(vendor);
    const claims = claimsOf(manager);
    const stolen = await vendor.license({ ...claims, deviceId, requestId: undefined, revision: 99 });
    const bundle = await vendor.bundle({
      bundleVersion: 6,
      issuerKeys: [{ key: vendor.issuer.publicKey, validFrom: ISSUED_AT, keyState: 'compromised' }],
    });
    const code = await codeOfAsync(() => manager.load(encodeContainer([bundle, stolen])));
    expect(code).to.equal('ISSUER_KEY_COMPROMISED');
    expect(manager.status?.state).to.equal('issuer-compromised');
    const { trust } = await readContents(new Store(database));
    expect(trust?.files).to.deep.equal([bundle]);
  });

  it('newer keys are kept with a receipt and a refusal that change nothing', async () => {
    const { manager } = await licensedDevice(vendor);
    const request = await manager.request(KEY);
    const { requestId } = (await openFile(vendor, request)).claims;
    const refused = { requestId, code: 'NO_SEATS_LEFT' };
    await manager.load(await vendor.refusal({ ...refused, issuedAt: ISSUED_AT + 90 }));
    const older = await vendor.refusal({ ...refused, issuedAt: ISSUED_AT + 60 });
    const four = await vendor.bundle({ bundleVersion: 4, portals: ['https://four.example'] });
    await manager.load(encodeContainer([four, older]));
    expect(manager.portals).to.deep.equal(['https://four.example']);
    const receipt = await receiptFor(vendor, await manager.deactivate());
    await manager.load(receipt);
    const five = await vendor.bundle({ bundleVersion: 5, portals: ['https://five.example'] });
    expect((await manager.load(encodeContainer([five, receipt]))).kind).to.equal('already-loaded');
    expect(manager.portals).to.deep.equal(['https://five.example']);
  });

  it('a profile that arrives late takes no newer keys away', async () => {
    const { database } = await licensedDevice(vendor);
    const profile = await profileText(vendor, { productName: 'Renamed' });
    await withSlowFetch(async (asked, arrive) => {
      const { manager } = await openDevice(vendor, { database, profile });
      await asked;
      await manager.load(await vendor.bundle({ bundleVersion: 8, portals: ['https://eight.example'] }));
      arrive();
      await changeOf(manager, () => manager.profile.productName === 'Renamed');
      expect(manager.portals).to.deep.equal(['https://eight.example']);
    });
  });

  it('a receipt of a key that was compromised since gives way to one made anew', async () => {
    const { manager } = await licensedDevice(vendor);
    const file = await manager.deactivate();
    await manager.load(await receiptFor(vendor, file));
    const next = testIssuer(9);
    const issuerKeys = [
      { key: vendor.issuer.publicKey, validFrom: ISSUED_AT, keyState: 'compromised' as const },
      { key: next.publicKey, validFrom: ISSUED_AT },
    ];
    await manager.load(await vendor.bundle({ bundleVersion: 4, issuerKeys }));
    expect(manager.deactivations[0]?.receipt).to.equal(null);
    const again = await manager.load(await receiptFor(vendor, file, { by: next }));
    expect(again.kind).to.equal('receipt');
    expect(manager.deactivations[0]?.receipt).not.to.equal(null);
  });

  it('a license of a compromised key lives on for its grace, and is replaced in one step', async () => {
    const { manager, clock, database, deviceId } = await licensedDevice(vendor);
    const claims = claimsOf(manager);
    const next = testIssuer(9);
    const issuerKeys = [
      {
        key: vendor.issuer.publicKey,
        validFrom: ISSUED_AT,
        keyState: 'compromised' as const,
        graceHours: 72,
      },
      { key: next.publicKey, validFrom: ISSUED_AT },
    ];
    const bundle = await vendor.bundle({ bundleVersion: 4, issuerKeys });
    await manager.load(bundle);
    expect(manager.isUnlocked).to.equal(true);
    clock.nowMs += 80 * hourMs;
    const late = await openDevice(vendor, { database, nowMs: clock.nowMs });
    expect(late.manager.status).to.include({ state: 'issuer-compromised', unlocked: false });
    const reissued = await vendor.license(
      { ...claims, deviceId, requestId: undefined, revision: 2 },
      { by: next },
    );
    expect((await late.manager.load(reissued)).kind).to.equal('refreshed');
    expect(late.manager.isUnlocked).to.equal(true);
  });
});

describe('LicenseManager and time', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });
  afterEach(closeDevices);

  const timed = { expiresAt: ISSUED_AT + 30 * 86_400 };

  it('a clock set back is a state with a reason, and ends when the clock is right again', async () => {
    const { database } = await licensedDevice(vendor, timed);
    const { manager, clock } = await openDevice(vendor, { database, nowMs: NOW_MS - 3 * hourMs });
    expect(manager.status).to.include({ state: 'clock-set-back', unlocked: false, reason: 'CLOCK_SET_BACK' });
    clock.nowMs = NOW_MS + 1;
    expect((await openDevice(vendor, { database, nowMs: clock.nowMs })).manager.isUnlocked).to.equal(true);
  });

  it('an hour back, as at the end of summer time, is none', async () => {
    const { database } = await licensedDevice(vendor, timed);
    const { manager } = await openDevice(vendor, { database, nowMs: NOW_MS - hourMs });
    expect(manager.isUnlocked).to.equal(true);
  });

  it('a license ends by the time that was seen, not by a clock set back', async () => {
    const { database } = await licensedDevice(vendor, timed);
    const after = await openDevice(vendor, { database, nowMs: NOW_MS + 40 * 24 * hourMs });
    expect(after.manager.status?.state).to.equal('expired');
    // The mark is written when the page has nothing better to do.
    await waitUntil(async () => (await highWaterMarkMs(database)) === after.clock.nowMs);
    await after.manager.close();
    const back = await openDevice(vendor, { database, nowMs: NOW_MS });
    expect(back.manager.isUnlocked).to.equal(false);
  });

  it('a clock that once stood in 2098 is mended by the correction of an answer, once', async () => {
    const farMs = Date.UTC(2098, 0, 1);
    const { manager, clock } = await openDevice(vendor, { nowMs: farMs });
    const request = await manager.request(KEY);
    clock.nowMs = NOW_MS;
    const corrected = { ...timed, issuedAt: NOW_MS / 1000, clockCorrection: true };
    const license = await grant(vendor, request, corrected);
    await manager.load(license);
    expect(manager.status).to.include({ state: 'active', unlocked: true });
    clock.nowMs = NOW_MS + 10 * 24 * hourMs;
    await manager.request(null);
    clock.nowMs = NOW_MS;
    expect((await manager.load(license)).kind).to.equal('already-loaded');
    await manager.rename('again');
    expect(manager.status?.state).to.equal('clock-set-back');
  });

  it('a version of the app released after the maintenance period is locked, the one before goes on', async () => {
    const { database } = await licensedDevice(vendor, { maintenanceUntil: ISSUED_AT + 10 });
    const versionOf = (releasedAt: number) =>
      openDevice(vendor, { database, appReleasedAtMs: releasedAt * 1000 });
    const covered = await versionOf(ISSUED_AT + 10);
    expect(covered.manager.isUnlocked).to.equal(true);
    const later = await versionOf(ISSUED_AT + 11);
    expect(later.manager.status).to.include({ state: 'version-not-covered', reason: 'VERSION_NOT_COVERED' });
  });

  it('says which signals changed, and locks when too many have', async () => {
    const signals = {
      processors: '8',
      memory: '8',
      platform: 'Linux',
      gpuVendor: 'intel',
      screen: '1920x1080',
    };
    const device = await openDevice(vendor, { machine: { signals, looksVirtual: false } });
    const request = await device.manager.request(KEY);
    const key = (await readContents(new Store(device.database))).requests[0]?.fingerprintKey ?? filled(32, 0);
    await device.manager.load(await grant(vendor, request, { fingerprint: fingerprint(key, signals) }));
    expect(device.manager.status?.notices).to.deep.equal([]);
    const docked = { signals: { ...signals, screen: '3840x2160' }, looksVirtual: false };
    const other = await openDevice(vendor, { database: device.database, machine: docked });
    await changeOf(other.manager, () => changedSignals(other.manager).length === 1);
    expect(changedSignals(other.manager)).to.deep.equal(['screen']);
    expect(other.manager.isUnlocked).to.equal(true);
    const changed = Object.fromEntries(Object.keys(signals).map(name => [name, 'other']));
    const alien = await openDevice(vendor, {
      database: device.database,
      machine: { signals: changed, looksVirtual: false },
    });
    await changeOf(alien.manager, () => alien.manager.status?.state === 'device-changed');
    expect(alien.manager.status?.reason).to.equal('DEVICE_CHANGED');
  });
});

function changedSignals({ status }: LicenseManager): readonly string[] {
  return status?.notices.flatMap(notice => (notice.kind === 'signals-changed' ? notice.changed : [])) ?? [];
}

/** Holds back what is fetched until the steps let it arrive. */
async function withSlowFetch(
  steps: (asked: Promise<void>, arrive: () => void) => Promise<void>,
): Promise<void> {
  const { fetch } = window;
  const [asked, arrived] = [gate(), gate()];
  window.fetch = async (...request) => {
    asked.open();
    await arrived.opened;
    return fetch(...request);
  };
  try {
    await steps(asked.opened, arrived.open);
  } finally {
    window.fetch = fetch;
  }
}

/** Waits for a change after which something holds. */
function changeOf(manager: EventTarget, holds: () => boolean): Promise<void> {
  return new Promise(resolve => {
    const look = () => holds() && resolve();
    manager.addEventListener('change', look);
    look();
  });
}
