import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { toHex } from '../../../src/bytes/hex.ts';
import { provideLicense } from '../../../src/client/license-context.ts';
import type { LicenseManager } from '../../../src/client/license-manager.ts';
import type { LkStick } from '../../../src/client/stick/lk-stick.ts';
import '../../../src/client/stick/lk-stick.ts';
import { forgetFolder } from '../../../src/platform/stick/remembered.ts';
import { findStick, type Stick } from '../../../src/platform/stick/stick.ts';
import { refusalOf } from '../../../src/ui/texts/refusal-of.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { ISSUED_AT, TestVendor } from '../../support/vendor.ts';
import { deepText, press, settled } from '../console/mount.ts';
import { freshFolder, place, pull, tree } from '../platform/stick/folders.ts';
import { closeDevices, grant, KEY, licensedDevice, openDevice, openFile, receiptFor } from './device.ts';

const NAME = 'stick-of-device';
const FOLDER = 'Acme license files';
let vendor: TestVendor;
let chosen: FileSystemDirectoryHandle;

before(async () => {
  vendor = await TestVendor.create();
});
beforeEach(async () => {
  chosen = await freshFolder(NAME);
  await forgetFolder();
});
afterEach(closeDevices);

async function theStick(): Promise<Stick> {
  const stick = await findStick(chosen, { domainId: vendor.domainId });
  if (!stick) throw new TypeError('expected a stick');
  return stick;
}

async function saved(manager: LicenseManager): Promise<void> {
  await (await manager.stick()).save(chosen);
}

const load = async (manager: LicenseManager) => (await manager.stick()).load(chosen);
const names = async (direction: 'to-portal' | 'to-device') =>
  (await (await theStick()).files(direction)).names;

describe('DeviceStick', () => {
  it('puts what waits there, finds its license by what is in it, and removes both', async () => {
    const { manager } = await openDevice(vendor);
    const request = await manager.request(KEY);
    await saved(manager);
    expect(await names('to-portal')).to.deep.equal([request.name]);
    expect(manager.openRequests[0]?.savedAtMs).to.be.a('number');
    const stick = await theStick();
    const { claims, deviceId } = await openFile(vendor, request);
    const [told] = await stick.outcomes();
    expect(told).to.deep.include({ device: toHex(deviceId), name: '' });
    expect(told?.waiting).to.have.lengthOf(1);
    expect(told?.waiting[0]).to.include({ file: request.name, request: toHex(claims.requestId) });

    const file = await grant(vendor, request);
    const bytes = await grant(vendor, await (await openDevice(vendor)).manager.request(KEY));
    await stick.write('to-device', { name: 'a.lic', bytes });
    await stick.write('to-device', { name: 'request-of-somebody.lic', bytes: file });
    const findings = await load(manager);
    expect(findings).to.deep.include({ known: 0, others: 1, strays: [], trouble: null });
    expect(findings?.taken).to.have.lengthOf(1);
    expect(manager.isUnlocked).to.equal(true);
    expect(await names('to-device')).to.deep.equal(['a.lic']);
    expect(await names('to-portal')).to.deep.equal([]);
    expect((await stick.outcomes())[0]?.waiting).to.deep.equal([]);
  });

  it('tidies up later what a stick that was pulled out before still has', async () => {
    const { manager } = await openDevice(vendor);
    const request = await manager.request(KEY);
    await saved(manager);
    const stick = await theStick();
    await stick.write('to-device', { name: 'a.lic', bytes: await grant(vendor, request) });
    await load(manager);
    await stick.write('to-portal', request);
    await load(manager);
    expect(await names('to-portal')).to.deep.equal([]);
  });

  it('removes with the next saving what was answered by another way', async () => {
    const { manager } = await openDevice(vendor);
    const request = await manager.request(KEY);
    await saved(manager);
    await manager.load(await grant(vendor, request));
    const foreign = { name: 'other.req', bytes: new Uint8Array([1, 2, 3]) };
    await (await theStick()).write('to-portal', foreign);
    const report = await manager.report();
    await saved(manager);
    expect(await names('to-portal')).to.have.members([report.name, foreign.name]);
    expect((await (await theStick()).outcomes())[0]?.waiting.map(({ file }) => file)).to.deep.equal([
      report.name,
    ]);
  });

  it('keeps a refused file there, with the refusal in its outcome', async () => {
    const { manager } = await openDevice(vendor);
    const request = await manager.request(KEY);
    await saved(manager);
    const { claims, deviceId } = await openFile(vendor, request);
    const refusal = { requestId: claims.requestId, deviceId, code: 'NO_SEATS_LEFT', issuedAt: ISSUED_AT };
    const stick = await theStick();
    await stick.write('to-device', { name: 'a.lic', bytes: await vendor.refusal(refusal) });
    expect((await load(manager))?.taken).to.have.lengthOf(1);
    expect(manager.openRequests[0]?.refusal?.code).to.equal('NO_SEATS_LEFT');
    expect((await stick.outcomes())[0]?.waiting[0]?.refused).to.equal('NO_SEATS_LEFT');
    expect(await names('to-portal')).to.deep.equal([request.name]);
    expect(await names('to-device')).to.deep.equal([]);
  });

  it('leaves the receipt on the stick: it is the customer’s', async () => {
    const { manager } = await licensedDevice(vendor);
    const file = await manager.deactivate();
    await saved(manager);
    const stick = await theStick();
    await stick.write('to-device', { name: 'receipt.lic', bytes: await receiptFor(vendor, file) });
    expect((await load(manager))?.taken).to.deep.equal([
      { result: { kind: 'receipt', activationId: file.id } },
    ]);
    expect((await load(manager))?.known).to.equal(1);
    expect(await names('to-device')).to.deep.equal(['receipt.lic']);
    expect(await names('to-portal')).to.deep.equal([]);
  });

  it('names foreign, cut and changed files, and leaves every one alone', async () => {
    const { manager } = await openDevice(vendor);
    const request = await manager.request(KEY);
    await saved(manager);
    const license = await grant(vendor, request);
    const changed = license.slice();
    changed[license.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    const stick = await theStick();
    await stick.write('to-device', { name: 'changed.lic', bytes: changed });
    await stick.write('to-device', { name: 'cut.lic', bytes: license.slice(0, -1) });
    await place(chosen, `${FOLDER}/to-device/empty.lic`, '');
    await place(chosen, `${FOLDER}/to-device/holiday.jpg`, 'a holiday');
    const before = await tree(chosen);
    const { strays = [], taken } = (await load(manager)) ?? {};
    expect(taken).to.deep.equal([]);
    expect(strays.map(({ name, code }) => `${name} ${code}`)).to.deep.equal([
      'changed.lic SIGNATURE_INVALID',
      'cut.lic FILE_CUT_SHORT',
      'empty.lic FILE_CUT_SHORT',
      'holiday.jpg FILE_NOT_LATCHKEY',
    ]);
    expect(Object.keys(await tree(chosen))).to.deep.equal(Object.keys(before));
    expect(manager.openRequests).to.have.lengthOf(1);
  });

  it('does not remove a file under its name that is another one', async () => {
    const { manager } = await openDevice(vendor);
    const request = await manager.request(KEY);
    await saved(manager);
    const stick = await theStick();
    await place(chosen, `${FOLDER}/to-portal/${request.name}`, 'another');
    await stick.write('to-device', { name: 'a.lic', bytes: await grant(vendor, request) });
    await load(manager);
    expect(manager.isUnlocked).to.equal(true);
    expect(await names('to-portal')).to.deep.equal([request.name]);
  });

  it('loads nothing without the PIN of a supervisor, and leaves the file there', async () => {
    const { manager } = await openDevice(vendor);
    const request = await manager.request(KEY);
    await saved(manager);
    await (await theStick()).write('to-device', { name: 'a.lic', bytes: await grant(vendor, request) });
    await manager.pin.set('1234');
    manager.pin.lock();
    const [taken] = (await load(manager))?.taken ?? [];
    expect(taken && 'error' in taken ? refusalOf(taken.error).code : null).to.equal('PIN_NEEDED');
    expect(await names('to-device')).to.deep.equal(['a.lic']);
    await manager.pin.enter('1234');
    expect((await load(manager))?.taken).to.have.lengthOf(1);
    expect(manager.isUnlocked).to.equal(true);
  });

  it('writes nothing where there is no folder of the vendor, and says so when the stick is gone', async () => {
    const { manager } = await openDevice(vendor);
    await manager.request(KEY);
    expect(await load(manager)).to.equal(null);
    expect(await tree(chosen)).to.deep.equal({});
    await pull(NAME);
    expect(await codeOfAsync(() => load(manager))).to.equal('STICK_GONE');
    expect(await codeOfAsync(() => saved(manager))).to.equal('STICK_GONE');
    expect(manager.openRequests[0]?.savedAtMs).to.equal(null);
  });
});

describe('<lk-stick>', () => {
  const picker: unknown = Reflect.get(window, 'showDirectoryPicker');
  beforeEach(() => Object.assign(window, { showDirectoryPicker: async () => chosen }));
  afterEach(() => Object.assign(window, { showDirectoryPicker: picker }));

  async function shown(manager: LicenseManager): Promise<LkStick> {
    provideLicense(manager);
    const element = await fixture<LkStick>(html`<lk-stick></lk-stick>`);
    await settled(element);
    return element;
  }
  const says = (element: Element, text: string) =>
    waitUntil(() => deepText(element).includes(text), `expected: ${text}, got: ${deepText(element)}`);

  it('saves and loads with a folder that is chosen once, and is accessible', async () => {
    const { manager } = await openDevice(vendor);
    const request = await manager.request(KEY);
    const element = await shown(manager);
    await expect(element).to.be.accessible();
    press(element, 'Save to stick');
    await says(element, 'The file is on the stick.');
    Object.assign(window, { showDirectoryPicker: () => Promise.reject(new TypeError('asked twice')) });
    press(element, 'Load from stick');
    await says(element, 'There is no answer for this device on the stick yet.');
    await (await theStick()).write('to-device', { name: 'a.lic', bytes: await grant(vendor, request) });
    press(element, 'Load from stick');
    await says(element, 'The license is on this device now.');
    await expect(element).to.be.accessible();
  });

  it('finds the answer by itself when the page is looked at again', async () => {
    const { manager } = await openDevice(vendor);
    const request = await manager.request(KEY);
    const element = await shown(manager);
    press(element, 'Save to stick');
    await says(element, 'The file is on the stick.');
    await (await theStick()).write('to-device', { name: 'a.lic', bytes: await grant(vendor, request) });
    dispatchEvent(new Event('focus'));
    await says(element, 'The license is on this device now.');
    expect(manager.isUnlocked).to.equal(true);
  });

  it('says that the stick is gone or no folder is allowed, and what else goes', async () => {
    const { manager } = await openDevice(vendor);
    await manager.request(KEY);
    const element = await shown(manager);
    Object.assign(window, { showDirectoryPicker: () => Promise.reject(new DOMException('', 'AbortError')) });
    press(element, 'Save to stick');
    await says(element, 'Reason: STICK_NOT_ALLOWED');
    await says(element, 'show the QR code');
    Object.assign(window, { showDirectoryPicker: async () => chosen });
    await pull(NAME);
    press(element, 'Save to stick');
    await says(element, 'Reason: STICK_GONE');
    await expect(element).to.be.accessible();
  });

  it('offers the other ways where the browser opens no folders', async () => {
    Object.assign(window, { showDirectoryPicker: undefined });
    const { manager } = await openDevice(vendor);
    await manager.request(KEY);
    const element = await shown(manager);
    await says(element, 'This browser opens no folders.');
    expect(element.renderRoot.querySelector('button')).to.equal(null);
    await expect(element).to.be.accessible();
  });
});
