import { expect, waitUntil } from '@open-wc/testing';
import { equalBytes } from '../../../src/bytes/bytes.ts';
import { LicenseManager } from '../../../src/client/license-manager.ts';
import { sha256 } from '../../../src/crypto/hash.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { createLicenseKey, formatLicenseKey } from '../../../src/license/license-key.ts';
import { readContents } from '../../../src/store/contents.ts';
import { Store } from '../../../src/store/store.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { filled, ISSUED_AT, TestVendor } from '../../support/vendor.ts';
import { withFailingPut } from '../store/fresh-store.ts';
import {
  claimsOf,
  closeDevices,
  gate,
  grant,
  KEY,
  licensedDevice,
  openDevice,
  openFile,
  receiptFor,
} from './device.ts';

const OTHER_KEY = formatLicenseKey(createLicenseKey(filled(13, 8)));
const counted = { limits: { maximum: 100 } };

describe('LicenseManager deactivation', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });
  afterEach(closeDevices);

  it('locks first, keeps the file until the receipt, and states the final consumption', async () => {
    const { manager, database } = await licensedDevice(vendor, counted);
    await manager.consume(7);
    const file = await manager.deactivate();
    expect(manager.isUnlocked).to.equal(false);
    const { manager: later } = await openDevice(vendor, { database, profile: null });
    expect(later.isUnlocked).to.equal(false);
    const [waiting] = later.deactivations;
    const again = await later.file(waiting?.id ?? '');
    expect(equalBytes(again.bytes, file.bytes)).to.equal(true);
    const opened = await openFile(vendor, again);
    if (opened.kind !== 'deactivation') throw new TypeError(`expected a deactivation, got ${opened.kind}`);
    expect(opened.claims.consumption.totals).to.deep.equal([{ counter: '', used: 7, givenBack: 0 }]);
    expect((await later.load(await receiptFor(vendor, file))).kind).to.equal('receipt');
    expect(later.deactivations[0]?.receipt?.issuedAt).to.equal(ISSUED_AT + 120);
    expect((await later.load(await receiptFor(vendor, file))).kind).to.equal('already-loaded');
  });

  it('refuses the activation that was given up forever, whatever the revision', async () => {
    const { manager, file, deviceId } = await licensedDevice(vendor, counted);
    const claims = claimsOf(manager);
    await manager.deactivate();
    expect(await codeOfAsync(() => manager.load(file))).to.equal('ACTIVATION_ENDED');
    const newer = await vendor.license({ ...claims, deviceId, requestId: undefined, revision: 99 });
    expect(await codeOfAsync(() => manager.load(newer))).to.equal('ACTIVATION_ENDED');
    expect(manager.isUnlocked).to.equal(false);
  });

  it('waits for no receipt before the license is activated again', async () => {
    const { manager } = await licensedDevice(vendor, counted);
    await manager.deactivate();
    const activationId = filled(16, 66);
    const license = await grant(vendor, await manager.request(KEY), {
      ...counted,
      activationId,
      revision: 9,
    });
    expect((await manager.load(license)).kind).to.equal('activated');
    expect(manager.deactivations[0]?.receipt).to.equal(null);
    expect(manager.isUnlocked).to.equal(true);
  });

  it('names what it gave up in a new request for the same key, until the receipt is here', async () => {
    const { manager } = await licensedDevice(vendor, counted);
    const { activationId } = claimsOf(manager);
    await manager.consume(7);
    const deactivation = await manager.deactivate();
    const stated = await openFile(vendor, deactivation);

    const again = await requested(manager, KEY);
    expect(again.replaces).to.deep.equal({ id: activationId });
    expect(again.consumption?.totals).to.deep.equal([{ counter: '', used: 7, givenBack: 0 }]);
    if (!('consumption' in stated.claims)) throw new TypeError('expected a deactivation');
    expect(again.consumption).to.deep.equal(stated.claims.consumption);

    for (const key of [OTHER_KEY, null]) {
      const other = await requested(manager, key);
      expect([other.replaces, other.consumption]).to.deep.equal([undefined, undefined]);
    }
    await manager.load(await receiptFor(vendor, deactivation));
    const later = await requested(manager, KEY);
    expect([later.replaces, later.consumption]).to.deep.equal([undefined, undefined]);
  });

  it('names the latest of several activations that it gave up, also after a restart', async () => {
    const { manager, database, clock } = await licensedDevice(vendor, counted);
    await manager.deactivate();
    const activationId = new Uint8Array(16).fill(66);
    const next = { ...counted, activationId, revision: 9 };
    await manager.load(await grant(vendor, await manager.request(KEY), next));
    await manager.consume(2);
    clock.nowMs += 1000;
    await manager.deactivate();

    const { manager: later } = await openDevice(vendor, { database, nowMs: clock.nowMs, profile: null });
    const again = await requested(later, KEY);
    expect(again.replaces).to.deep.equal({ id: activationId });
    expect(again.consumption?.totals).to.deep.equal([{ counter: '', used: 2, givenBack: 0 }]);
  });

  it('leaves the license as it was when the file cannot be stored', async () => {
    const { manager, database } = await licensedDevice(vendor, counted);
    const code = await withFailingPut('QuotaExceededError', 'ended', () =>
      codeOfAsync(() => manager.deactivate()),
    );
    expect(code).to.equal('STORAGE_FULL');
    expect(manager.isUnlocked).to.equal(true);
    const { licenses, ended } = await readContents(new Store(database));
    expect([licenses.length, ended.length]).to.deep.equal([1, 0]);
  });

  it('states what another tab counts meanwhile, or that tab is refused', async () => {
    const { manager, database } = await licensedDevice(vendor, counted);
    const { manager: other } = await openDevice(vendor, { database });
    const counting = Array.from({ length: 6 }, () => codeOfAsync(() => other.consume(1)));
    const file = await manager.deactivate();
    const codes = await Promise.all(counting);
    const opened = await openFile(vendor, file);
    if (opened.kind !== 'deactivation') throw new TypeError(`expected a deactivation, got ${opened.kind}`);
    const recorded = codes.filter(code => code === null).length;
    expect(opened.claims.consumption.sequence).to.equal(recorded);
    expect(await codeOfAsync(() => other.consume(1))).to.equal('LICENSE_MISSING');
  });

  it('waits for no answer to a report of the license that was given up', async () => {
    const { manager } = await licensedDevice(vendor, counted);
    await manager.consume(2);
    const report = await manager.report();
    const request = await manager.request(KEY);
    await manager.deactivate();
    expect(manager.openRequests.map(({ id }) => id)).to.deep.equal([request.id]);
    const answer = await grant(vendor, report, { licenseState: 'ended', revision: 9 });
    expect(await codeOfAsync(() => manager.load(answer))).to.equal('ACTIVATION_ENDED');
  });

  it('an old report brings no activation back that another has replaced', async () => {
    const { manager } = await licensedDevice(vendor, counted);
    const report = await manager.report();
    const replacing = { ...counted, activationId: filled(16, 66), revision: 9 };
    await manager.load(await grant(vendor, await manager.request(KEY), replacing));
    const late = { licenseState: 'released' as const, issuedAt: ISSUED_AT + 600, revision: 99 };
    const answer = await grant(vendor, report, late);
    expect(await codeOfAsync(() => manager.load(answer))).to.equal('REVISION_OLD');
    expect(manager.isUnlocked).to.equal(true);
    expect(manager.openRequests).to.have.lengthOf(0);
  });

  it('a tab that is slow to read shows what is there now, not what was there before', async () => {
    const { manager, database } = await licensedDevice(vendor, counted);
    const slow = gate();
    let holdsBack = false;
    const crypto = webCrypto();
    const other = await LicenseManager.open({
      database,
      crypto: {
        ...crypto,
        async verifyEd25519(...signed) {
          const isHeldBack = holdsBack;
          holdsBack = false;
          if (isHeldBack) await slow.opened;
          return crypto.verifyEd25519(...signed);
        },
      },
    });
    holdsBack = true;
    await manager.consume(1);
    await waitUntil(() => !holdsBack);
    await manager.deactivate();
    // By then the other tab has heard of all that was changed.
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(other.deactivations).to.have.lengthOf(1);
    slow.open();
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(other.deactivations).to.have.lengthOf(1);
    expect(other.isUnlocked).to.equal(false);
    await other.close();
  });

  it('shows that the portal could not open a file, also one sealed before to a former key', async () => {
    const { manager } = await licensedDevice(vendor, counted);
    const file = await manager.deactivate();
    const next = await TestVendor.create();
    const sealingKeys = [{ key: vendor.sealingKey, keyState: 'retired' as const }, { key: next.sealingKey }];
    await manager.load(await vendor.bundle({ bundleVersion: 2, sealingKeys }));
    expect(equalBytes((await manager.file(file.id)).bytes, file.bytes)).to.equal(false);
    const refusal = { issuedAt: ISSUED_AT + 60, code: 'SEAL_KEY_UNKNOWN', fileDigest: sha256(file.bytes) };
    expect((await manager.load(await vendor.refusal(refusal))).kind).to.equal('refused');
    expect(manager.deactivations[0]?.refusal?.code).to.equal('SEAL_KEY_UNKNOWN');
    await manager.load(await receiptFor(vendor, file));
    expect(manager.deactivations[0]?.refusal).to.equal(null);
  });

  it('refuses a receipt for another deactivation', async () => {
    const { manager } = await licensedDevice(vendor, counted);
    const other = await licensedDevice(vendor, counted);
    const file = await manager.deactivate();
    const foreign = await other.manager.deactivate();
    expect(await codeOfAsync(async () => manager.load(await receiptFor(vendor, foreign)))).to.equal(
      'DEVICE_MISMATCH',
    );
    expect((await manager.load(await receiptFor(vendor, file))).kind).to.equal('receipt');
  });

  async function requested(manager: LicenseManager, key: string | null) {
    const opened = await openFile(vendor, await manager.request(key));
    if (opened.kind !== 'activation-request') throw new TypeError(`expected a request, got ${opened.kind}`);
    return opened.claims;
  }
});
