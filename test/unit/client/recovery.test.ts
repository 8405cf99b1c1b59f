import { expect, fixture, waitUntil } from '@open-wc/testing';
import { deleteDB } from 'idb';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/client/recovery/lk-get-back.ts';
import '../../../src/client/recovery/lk-recovery-file.ts';
import '../../../src/device/lk-home-page.ts';
import '../../../src/device/lk-recover-page.ts';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { provideLicense } from '../../../src/client/license-context.ts';
import type { LicenseManager } from '../../../src/client/license-manager.ts';
import { closeRecovery } from '../../../src/client/recovery/recovery-box.ts';
import { sha256 } from '../../../src/crypto/hash.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import type { ActivationRequest } from '../../../src/format/activation-request.ts';
import {
  decodeRecoveryFile,
  encodeRecoveryFile,
  MAX_RECOVERY_CONTENT_BYTES,
} from '../../../src/format/recovery-file.ts';
import { createLicenseKey, formatLicenseKey } from '../../../src/license/license-key.ts';
import type { Machine } from '../../../src/platform/signals.ts';
import { errorText } from '../../../src/ui/texts/error-texts.ts';
import { codeOf, codeOfAsync } from '../../support/code-of.ts';
import { partOf, textOf } from '../../support/shadow.ts';
import { TestVendor } from '../../support/vendor.ts';
import { closeDevices, grant, KEY, licensedDevice, openDevice, openFile, type TestDevice } from './device.ts';

const counted = { limits: { maximum: 100 } };
const press7: Machine = {
  signals: { processors: '8', memory: '8', gpuVendor: 'intel' },
  looksVirtual: false,
};
const press9: Machine = { signals: { processors: '2', memory: '64', gpuVendor: 'amd' }, looksVirtual: false };

describe('a recovery file', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });
  afterEach(closeDevices);

  const machineWith = (machine: Machine) => ({ machine });

  /** What the device's request states, as the portal reads it. */
  async function asked(manager: LicenseManager, id: string): Promise<ActivationRequest> {
    const { claims, kind } = await openFile(vendor, await manager.file(id));
    if (kind !== 'activation-request') throw new TypeError(`expected a request, got ${kind}`);
    return claims;
  }

  async function fileOf({ manager }: TestDevice, passphrase = ''): Promise<Bytes> {
    return (await (await manager.rescue()).makeFile(passphrase)).bytes;
  }

  /** The browser loses the database; what lies beside it stays. */
  async function loseStorage({ manager, database }: TestDevice): Promise<void> {
    await manager.close();
    await deleteDB(database);
  }

  it('asks for the seat with its secret, its sums and the fingerprint of before, without a key', async () => {
    const named = { ...counted, deviceName: 'Press 7' };
    const device = await licensedDevice(vendor, named, machineWith(press7));
    const first = await asked(device.manager, (await device.manager.request(KEY)).id);
    await device.manager.consume(7);
    const bytes = await fileOf(device);
    await loseStorage(device);

    const { manager } = await openDevice(vendor, machineWith(press7));
    const rescue = await manager.rescue();
    const opened = await rescue.open(rescue.read(bytes));
    expect(opened.isSameMachine).to.equal(true);
    const [id = ''] = await rescue.recover(opened);
    expect(manager.deviceName).to.equal('Press 7');
    const claims = await asked(manager, id);
    expect(claims).to.not.have.any.keys('keyLookup', 'userLookup');
    expect(claims.replaces?.id).to.deep.equal(opened.licenses[0]?.claims.activationId);
    expect(sha256(claims.replaces?.secret ?? new Uint8Array())).to.deep.equal(first.recoveryCommitment);
    expect(claims.recoveryCommitment).to.deep.equal(first.recoveryCommitment);
    expect(claims.fingerprint).to.deep.equal(first.fingerprint);
    expect(claims.consumption?.totals).to.deep.equal([{ counter: '', used: 7, givenBack: 0 }]);

    await manager.load(await grant(vendor, await manager.file(id), counted));
    expect(manager.isUnlocked).to.equal(true);
    expect(await codeOfAsync(() => rescue.open(rescue.read(bytes)))).to.equal('RECOVERY_NOT_NEEDED');
  });

  it('opens with its passphrase alone, and not when a byte was changed', async () => {
    const device = await licensedDevice(vendor);
    const locked = await fileOf(device, 'a heron at the gate');
    const plain = await fileOf(device);
    const { manager } = await openDevice(vendor);
    const rescue = await manager.rescue();
    const read = rescue.read(locked);
    expect(read.isLocked).to.equal(true);
    expect(read.deviceNumber).to.equal(device.manager.deviceNumber);
    const wrong = 'RECOVERY_PASSPHRASE_WRONG';
    expect(await codeOfAsync(() => rescue.open(read, 'a heron at the Gate'))).to.equal(wrong);
    expect((await rescue.open(read, 'a heron at the gate')).licenses).to.have.lengthOf(1);

    const flipped = (file: Bytes) => file.map((byte, at) => (at === file.length - 9 ? byte ^ 1 : byte));
    const broken = rescue.read(flipped(locked));
    expect(await codeOfAsync(() => rescue.open(broken, 'a heron at the gate'))).to.equal(wrong);
    expect(await codeOfAsync(() => rescue.open(rescue.read(flipped(plain))))).to.equal('CARRIER_DAMAGED');
    expect(manager.openRequests).to.deep.equal([]);
  });

  it('is as large as any carrier takes, or is refused and never too large to be read', async () => {
    const consumption = { sequence: 1, head: new Uint8Array(32), totals: [] };
    const of = { domainId: vendor.domainId, deviceId: new Uint8Array(32) };
    const closed = (count: number, bytes: number, passphrase: string) => {
      const license = { file: new Uint8Array(bytes), fingerprintKey: new Uint8Array(32), consumption };
      const licenses = Array.from({ length: count }, () => license);
      const content = { secret: new Uint8Array(32), madeAt: 1_790_000_000, licenses };
      return closeRecovery(content, { ...of, passphrase }, webCrypto());
    };
    const { length } = decodeRecoveryFile(await closed(1, 60_000, '')).content;
    const most = 60_000 + MAX_RECOVERY_CONTENT_BYTES - 16 - length;
    for (const passphrase of ['', 'a heron']) {
      const file = await closed(1, most, passphrase);
      expect(file.length).to.be.at.most(65_536);
      expect(decodeRecoveryFile(file).content.length).to.be.greaterThan(65_000);
      expect(await codeOfAsync(() => closed(1, most + 1, passphrase))).to.equal('FILE_TOO_LARGE');
    }
    expect(await codeOfAsync(() => closed(64, 100, ''))).to.equal(null);
    expect(await codeOfAsync(() => closed(65, 100, ''))).to.equal('FILE_TOO_LARGE');
    const { text } = errorText('FILE_TOO_LARGE', { licenses: 65 });
    expect(text).to.equal('One recovery file cannot hold the 65 licenses of this device.');
  });

  it('of another vendor, cut short, or no recovery file at all is refused for its reason', async () => {
    const device = await licensedDevice(vendor);
    const bytes = await fileOf(device);
    const own = await device.manager.rescue();
    const elsewhere = { ...decodeRecoveryFile(bytes), domainId: new Uint8Array(32).fill(9) };
    expect(codeOf(() => own.read(encodeRecoveryFile(elsewhere)))).to.equal('RECOVERY_OTHER_VENDOR');
    expect(codeOf(() => own.read(bytes.subarray(0, 90)))).to.equal('FILE_CUT_SHORT');
    expect(codeOf(() => own.read(device.file))).to.equal('KIND_UNEXPECTED');
    expect(await codeOfAsync(() => device.manager.load(bytes))).to.equal('KIND_UNEXPECTED');
  });

  it('of a machine that looks different is told', async () => {
    const device = await openDevice(vendor, machineWith(press7));
    const request = await device.manager.request(KEY);
    const { fingerprint } = await asked(device.manager, request.id);
    await device.manager.load(await grant(vendor, request, { fingerprint }));
    const bytes = await fileOf(device);
    const { manager } = await openDevice(vendor, machineWith(press9));
    const rescue = await manager.rescue();
    expect((await rescue.open(rescue.read(bytes))).isSameMachine).to.equal(false);
  });

  it('leaves a device its own secret, and a copy that becomes a device of its own gets another', async () => {
    const device = await licensedDevice(vendor);
    const secretOf = (bytes: Bytes) => decodeRecoveryFile(bytes).content;
    expect(secretOf(await fileOf(device))).to.deep.equal(secretOf(await fileOf(device)));
    const first = await asked(device.manager, (await device.manager.request(KEY)).id);
    const { deviceId, claims } = await openFile(vendor, await device.manager.report());
    const refusal = {
      requestId: claims.requestId,
      deviceId,
      issuedAt: claims.issuedAt,
      code: 'DEVICE_COPIED',
    };
    await device.manager.load(await vendor.refusal(refusal));
    await device.manager.becomeNewDevice();
    expect(device.manager.lost).to.equal(null);
    const second = await asked(device.manager, (await device.manager.request(KEY)).id);
    expect(second.recoveryCommitment).to.have.lengthOf(32).and.not.deep.equal(first.recoveryCommitment);
    expect(second).to.not.have.property('replaces');
  });

  it('is not needed to tell that the browser lost a license: the next request names the lost device', async () => {
    const device = await licensedDevice(vendor);
    await device.manager.rename('Press 7');
    await loseStorage(device);
    const { manager } = await openDevice(vendor, { database: device.database });
    expect(manager.lost?.name).to.equal('Press 7');
    const claims = await asked(manager, (await manager.request(KEY)).id);
    expect(claims.replaces).to.deep.equal({ id: device.deviceId });
    expect(manager.lost?.name, 'until a license is here').to.equal('Press 7');
    await (await manager.rescue()).forgetLost();
    expect(await asked(manager, (await manager.request(KEY)).id)).to.not.have.property('replaces');
  });

  it('is still told when the first of several licenses is back, until all are or a person forgets it', async () => {
    const device = await licensedDevice(vendor);
    const second = { licenseId: new Uint8Array(16).fill(8), activationId: new Uint8Array(16).fill(9) };
    const other = formatLicenseKey(createLicenseKey(new Uint8Array(13).fill(3)));
    await device.manager.load(await grant(vendor, await device.manager.request(other), second));
    expect(device.manager.licenses).to.have.lengthOf(2);
    await loseStorage(device);

    const { manager } = await openDevice(vendor, { database: device.database });
    await manager.load(await grant(vendor, await manager.request(KEY)));
    expect(await asked(manager, (await manager.request(KEY)).id)).to.not.have.property('replaces');
    const request = await manager.request(other);
    expect((await asked(manager, request.id)).replaces).to.deep.equal({ id: device.deviceId });
    await manager.load(await grant(vendor, request, second));
    expect(manager.lost).to.equal(null);
  });

  it('that a person forgets is not told again, though a license is here', async () => {
    const device = await licensedDevice(vendor);
    const second = { licenseId: new Uint8Array(16).fill(8), activationId: new Uint8Array(16).fill(9) };
    const other = formatLicenseKey(createLicenseKey(new Uint8Array(13).fill(3)));
    await device.manager.load(await grant(vendor, await device.manager.request(other), second));
    await loseStorage(device);
    const { manager } = await openDevice(vendor, { database: device.database });
    await manager.load(await grant(vendor, await manager.request(KEY)));
    expect(manager.lost).to.not.equal(null);
    await (await manager.rescue()).forgetLost();
    expect(manager.lost).to.equal(null);
    expect(await asked(manager, (await manager.request(other)).id)).to.not.have.property('replaces');
  });

  it('sends nothing by itself after a loss where a person had chosen so', async () => {
    const device = await openDevice(vendor, { sync: true });
    await device.manager.setSync(false);
    await loseStorage(device);
    const { database } = device;
    expect((await openDevice(vendor, { database, sync: true })).manager.sync.isOn).to.equal(false);
    expect((await openDevice(vendor, { sync: true })).manager.sync.isOn).to.equal(true);
  });

  it('is behind the PIN of the supervisor', async () => {
    const { manager } = await licensedDevice(vendor);
    await manager.pin.set('4711');
    manager.pin.lock();
    const rescue = await manager.rescue();
    expect(await codeOfAsync(() => rescue.makeFile())).to.equal('PIN_NEEDED');
    await manager.pin.enter('4711');
    expect(await codeOfAsync(() => rescue.makeFile())).to.equal(null);
  });

  it('that was given up is no loss', async () => {
    const device = await licensedDevice(vendor);
    await device.manager.deactivate();
    await loseStorage(device);
    const { manager } = await openDevice(vendor, { database: device.database });
    expect(manager.lost).to.equal(null);
  });

  it('is offered once after an activation, and noted as saved or declined', async () => {
    const { manager } = await licensedDevice(vendor);
    provideLicense(manager);
    const home = await fixture(html`<lk-home-page></lk-home-page>`);
    const card = partOf(home, 'lk-recovery-file');
    await expect(card).to.be.accessible();
    expect(manager.recovery).to.deep.equal({ savedAtMs: null, isCurrent: false, isDeclined: false });
    await (await manager.rescue()).note('saved');
    expect(manager.recovery.isCurrent).to.equal(true);
    await waitUntil(() => textOf(card).includes('Saved on'));
    await (await manager.rescue()).note('declined');
    await waitUntil(() => home.shadowRoot?.querySelector('lk-recovery-file') === null);
    const about = await fixture(html`<lk-recovery-file></lk-recovery-file>`);
    expect(textOf(about)).to.contain('Saved on');
    await expect(about).to.be.accessible();
  });

  it('is opened by <lk-get-back> on <lk-recover-page>, with the passphrase asked for and a wrong one told', async () => {
    const device = await licensedDevice(vendor);
    await device.manager.rename('Press 7');
    const bytes = await fileOf(device, 'right');
    await loseStorage(device);
    const { manager } = await openDevice(vendor, { database: device.database });
    provideLicense(manager);
    const page = await fixture(html`<lk-recover-page></lk-recover-page>`);
    expect(textOf(page)).to.contain('This browser had the license of Press 7.');
    const back = partOf(page, 'lk-get-back');
    const drop = partOf(back, 'lk-file-drop');
    const files = [{ name: 'recovery.lkr', size: bytes.length, bytes }];
    drop.dispatchEvent(new CustomEvent('lk-files', { detail: { files, leftOut: 0 } }));
    await waitUntil(() => back.shadowRoot?.querySelector('lk-password-field'));
    await expect(page).to.be.accessible();
    const open = async (passphrase: string) => {
      partOf(back, 'lk-password-field').dispatchEvent(
        new CustomEvent('lk-password-change', { detail: passphrase }),
      );
      partOf(back, 'form').dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
    };
    await open('wrong');
    await waitUntil(() => back.shadowRoot?.querySelector('lk-refusal'), 'told', { timeout: 9000 });
    expect(textOf(partOf(back, 'lk-refusal'))).to.contain('This passphrase does not open the recovery file.');
    await open('right');
    await waitUntil(() => textOf(back).includes('Get my license back'), 'opened', { timeout: 9000 });
    await expect(back).to.be.accessible();
  });
});
