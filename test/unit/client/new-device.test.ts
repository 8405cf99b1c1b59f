import { expect, fixture, waitUntil } from '@open-wc/testing';
import { openDB } from 'idb';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/client/panel.ts';
import { findOrWriteMark, forgetMark, hasMark } from '../../../src/device/check/mark.ts';
import '../../../src/device/lk-prepare-cloning.ts';
import { toHex } from '../../../src/bytes/hex.ts';
import { provideLicense } from '../../../src/client/license-context.ts';
import type { LicenseManager } from '../../../src/client/license-manager.ts';
import { readContents } from '../../../src/store/contents.ts';
import { Store } from '../../../src/store/store.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { partOf, textOf } from '../../support/shadow.ts';
import { ISSUED_AT, TestVendor } from '../../support/vendor.ts';
import { withFailingPut } from '../store/fresh-store.ts';
import { closeDevices, grant, KEY, licensedDevice, openDevice, openFile, receiptFor } from './device.ts';

const counted = { limits: { maximum: 100 } };

describe('a copied device', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });
  afterEach(closeDevices);

  /** A licensed device that counted, reported, and was told that it is a copy. */
  async function copiedDevice() {
    const device = await licensedDevice(vendor, counted);
    await device.manager.consume(7);
    const { deviceId, claims } = await openFile(vendor, await device.manager.report());
    const { requestId } = claims;
    const refusal = { requestId, deviceId, issuedAt: ISSUED_AT + 90, code: 'DEVICE_COPIED' };
    await device.manager.load(await vendor.refusal(refusal));
    return device;
  }

  it('gets a key of its own, and asks with it for a license of its own', async () => {
    const { manager, file, deviceId, database } = await copiedDevice();
    const before = manager.deviceNumber;
    await manager.becomeNewDevice();
    expect(manager.deviceNumber).to.be.a('string').and.not.equal(before);
    expect(manager.licenses).to.deep.equal([]);
    expect(manager.openRequests).to.deep.equal([]);
    expect(await codeOfAsync(() => manager.load(file))).to.equal('DEVICE_MISMATCH');
    const { manager: later } = await openDevice(vendor, { database, profile: null });
    expect(later.deviceNumber).to.equal(manager.deviceNumber);
    const request = await later.request(KEY);
    const asked = await openFile(vendor, request);
    expect(asked.deviceId).to.not.deep.equal(deviceId);
    expect(asked.claims).to.not.have.any.keys('consumption', 'activationId', 'replaces');
    await later.load(await grant(vendor, request, counted));
    expect(later.licenses[0]?.unreported).to.equal(0);
    expect(later.isUnlocked).to.equal(true);
  });

  it('sets the old key and its records aside', async () => {
    const { manager, file, deviceId, database } = await copiedDevice();
    await manager.becomeNewDevice();
    const connection = await openDB(database);
    const former = await connection.get('former', toHex(deviceId));
    connection.close();
    expect(former.keyPair.privateKey).to.be.instanceOf(CryptoKey);
    expect(former.licenses[0].file).to.deep.equal(file);
    expect(former.counters[0].state.consumption.totals).to.deep.equal([
      { counter: '', used: 7, givenBack: 0 },
    ]);
    expect(former.requests).to.have.lengthOf(2);
  });

  it('changes nothing when the browser does not keep the new key', async () => {
    const { manager, database } = await copiedDevice();
    const before = manager.deviceNumber;
    for (const [store, code] of [
      ['keys', 'DEVICE_KEY_NOT_STORED'],
      ['former', 'STORAGE_FAILED'],
    ] as const) {
      const refused = await withFailingPut('DataCloneError', store, () =>
        codeOfAsync(() => manager.becomeNewDevice()),
      );
      expect(refused).to.equal(code);
      const { manager: later } = await openDevice(vendor, { database, profile: null });
      expect(later.deviceNumber).to.equal(before);
      expect(later.isUnlocked).to.equal(true);
    }
  });

  it('is only what the portal called one', async () => {
    const { manager } = await licensedDevice(vendor);
    expect(await codeOfAsync(() => manager.becomeNewDevice())).to.equal('REQUEST_UNKNOWN');
    expect(manager.isUnlocked).to.equal(true);
  });

  it('is told in the trip what happened, asked once, and led on to the license key', async () => {
    const { manager } = await copiedDevice();
    provideLicense(manager);
    const trip = await fixture(html`<lk-trip></lk-trip>`);
    await expect(trip).to.be.accessible();
    const panel = partOf(trip, 'lk-new-device');
    partOf(panel, 'button').click();
    const confirm = partOf(panel, 'lk-confirm');
    await waitUntil(() => confirm.shadowRoot?.querySelector('dialog')?.open);
    await expect(panel).to.be.accessible();
    expect(textOf(panel)).to.contain(`say that they are ${manager.deviceNumber}`);
    expect(textOf(panel)).to.contain('not confirmed by the portal: 1 entries');
    expect(textOf(panel)).to.contain('The license that is here is put aside');
    partOf(confirm, 'button[value=confirm]').click();
    await waitUntil(() => trip.shadowRoot?.activeElement?.localName === 'lk-key-entry');
    expect(textOf(trip)).to.contain('This is a device of its own now.');
    await expect(trip).to.be.accessible();
  });

  it('keeps its license when the person cancels', async () => {
    const { manager } = await copiedDevice();
    const before = manager.deviceNumber;
    provideLicense(manager);
    const card = await fixture(html`<lk-status-card></lk-status-card>`);
    await waitUntil(() => card.shadowRoot?.querySelector('lk-new-device'));
    await expect(card).to.be.accessible();
    const panel = await fixture(html`<lk-new-device></lk-new-device>`);
    await expect(panel).to.be.accessible();
    partOf(panel, 'button').click();
    const confirm = partOf(panel, 'lk-confirm');
    await waitUntil(() => confirm.shadowRoot?.querySelector('dialog')?.open);
    partOf(confirm, 'button[value=""]').click();
    await waitUntil(() => !confirm.shadowRoot?.querySelector('dialog')?.open);
    expect(manager.deviceNumber).to.equal(before);
    expect(manager.isUnlocked).to.equal(true);
  });
});

describe('a device that is to be cloned', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });
  afterEach(closeDevices);

  async function show(manager: LicenseManager): Promise<Element> {
    provideLicense(manager);
    return fixture(html`<lk-prepare-cloning></lk-prepare-cloning>`);
  }

  it('keeps its key while a license is here, or a deactivation without its receipt', async () => {
    const { manager } = await licensedDevice(vendor);
    const number = manager.deviceNumber;
    const panel = await show(manager);
    await expect(panel).to.be.accessible();
    expect(textOf(panel)).to.contain('Give it up first');
    expect(await codeOfAsync(() => manager.prepareForCloning())).to.equal('DEVICE_IN_USE');
    const file = await manager.deactivate();
    await waitUntil(() => textOf(panel).includes('Load the receipt first'));
    await expect(panel).to.be.accessible();
    expect(await codeOfAsync(() => manager.prepareForCloning())).to.equal('DEVICE_IN_USE');
    expect(manager.deviceNumber).to.equal(number);
    await manager.load(await receiptFor(vendor, file));
    await waitUntil(() => panel.shadowRoot?.querySelector('button'));
  });

  it('has its name and the mark of a check erased, without a number too', async () => {
    const { manager } = await openDevice(vendor);
    await forgetMark();
    expect(textOf(await show(manager))).to.contain('nothing to erase');
    await manager.rename('MASTER-PC');
    await findOrWriteMark();
    const panel = await show(manager);
    await waitUntil(() => panel.shadowRoot?.querySelector('button'));
    partOf(panel, 'button').click();
    await expect(panel).to.be.accessible();
    partOf(partOf(panel, 'lk-confirm'), 'button[value=confirm]').click();
    await waitUntil(() => textOf(panel).includes('Erased.'));
    expect(manager.deviceName).to.equal('');
    expect(await hasMark()).to.equal(false);
  });

  it('has its key erased, and makes another with its next request', async () => {
    const { manager, database } = await openDevice(vendor);
    await manager.rename('Press 7');
    await manager.request(KEY);
    const number = manager.deviceNumber;
    const panel = await show(manager);
    partOf(panel, 'button').click();
    const confirm = partOf(panel, 'lk-confirm');
    await waitUntil(() => confirm.shadowRoot?.querySelector('dialog')?.open);
    await expect(panel).to.be.accessible();
    partOf(confirm, 'button[value=confirm]').click();
    await waitUntil(() => textOf(panel).includes('Erased.'));
    await expect(panel).to.be.accessible();
    const contents = await readContents(new Store(database));
    expect(contents.keyPair).to.equal(null);
    expect(contents.requests).to.deep.equal([]);
    expect(contents.device).to.include({ name: '', sequence: 0 });
    expect(manager.deviceNumber).to.equal(null);
    await manager.request(KEY);
    expect(manager.deviceNumber).to.be.a('string').and.not.equal(number);
  });
});
