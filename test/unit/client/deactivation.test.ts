import { expect } from '@open-wc/testing';
import { equalBytes } from '../../../src/bytes/bytes.ts';
import type { LicenseManager } from '../../../src/client/license-manager.ts';
import type { DeviceFile } from '../../../src/client/views.ts';
import { readContents } from '../../../src/store/contents.ts';
import { Store } from '../../../src/store/store.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { ISSUED_AT, TestVendor } from '../../support/vendor.ts';
import { withFailingPut } from '../store/fresh-store.ts';
import { closeDevices, grant, KEY, licensedDevice, openDevice, openFile } from './device.ts';

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
    expect((await later.load(await receiptFor(file))).kind).to.equal('receipt');
    expect(later.deactivations[0]?.receipt?.issuedAt).to.equal(ISSUED_AT + 120);
    expect((await later.load(await receiptFor(file))).kind).to.equal('already-loaded');
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
    const activationId = new Uint8Array(16).fill(66);
    const license = await grant(vendor, await manager.request(KEY), {
      ...counted,
      activationId,
      revision: 9,
    });
    expect((await manager.load(license)).kind).to.equal('activated');
    expect(manager.deactivations[0]?.receipt).to.equal(null);
    expect(manager.isUnlocked).to.equal(true);
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

  it('refuses a receipt for another deactivation', async () => {
    const { manager } = await licensedDevice(vendor, counted);
    const other = await licensedDevice(vendor, counted);
    const file = await manager.deactivate();
    const foreign = await other.manager.deactivate();
    expect(await codeOfAsync(async () => manager.load(await receiptFor(foreign)))).to.equal(
      'DEVICE_MISMATCH',
    );
    expect((await manager.load(await receiptFor(file))).kind).to.equal('receipt');
  });

  async function receiptFor(file: DeviceFile) {
    const { claims, deviceId, kind } = await openFile(vendor, file);
    if (kind !== 'deactivation' || !('activationId' in claims))
      throw new TypeError('expected a deactivation');
    const { requestId, licenseId, activationId, consumption } = claims;
    return vendor.receipt({
      requestId,
      licenseId,
      activationId,
      consumption,
      deviceId,
      issuedAt: ISSUED_AT + 120,
    });
  }
});

function claimsOf(manager: LicenseManager) {
  const claims = manager.licenses[0]?.claims;
  if (!claims) throw new TypeError('expected a license');
  return claims;
}
