import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/client/panel.ts';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { provideLicense } from '../../../src/client/license-context.ts';
import { pinWaitMs } from '../../../src/client/pin/rules.ts';
import type { SupervisorPin } from '../../../src/client/pin/supervisor-pin.ts';
import type { ErrorData } from '../../../src/errors.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import { readContents } from '../../../src/store/contents.ts';
import { Store } from '../../../src/store/store.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { partOf, textOf } from '../../support/shadow.ts';
import { licenseClaims, TestVendor } from '../../support/vendor.ts';
import { closeDevices, KEY, licensedDevice, NOW_MS, openDevice } from './device.ts';

const PIN = '4711';

function press(keypadHost: Element, keys: string): void {
  const pad = partOf(keypadHost, 'lk-keypad');
  for (const key of keys) {
    const button = [...(pad.shadowRoot?.querySelectorAll('button') ?? [])].find(
      ({ textContent }) => textContent?.trim() === key,
    );
    button?.click();
  }
}

async function waitDataOf(pin: SupervisorPin): Promise<ErrorData> {
  try {
    await pin.enter(PIN);
  } catch (error) {
    if (error instanceof LatchkeyError && error.code === 'PIN_WAIT') return error.data;
    throw error;
  }
  throw new TypeError('expected PIN_WAIT');
}

describe('pinWaitMs()', () => {
  it('grows from half a minute after the third wrong PIN to an hour', () => {
    const waits = [0, 2, 3, 4, 5, 10, 20].map(count => pinWaitMs({ count, atMs: 0 }, 0) / 1000);
    expect(waits).to.deep.equal([0, 0, 30, 60, 120, 3600, 3600]);
  });

  it('passes with time, and a clock that was set back gains nothing', () => {
    expect(pinWaitMs({ count: 3, atMs: 100_000 }, 120_000)).to.equal(10_000);
    expect(pinWaitMs({ count: 3, atMs: 100_000 }, 0)).to.equal(30_000);
  });
});

describe('SupervisorPin', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });
  afterEach(closeDevices);

  it('stands in front of all that changes the license, and of nothing else', async () => {
    const { manager, file } = await licensedDevice(vendor, { limits: { maximum: 9 } });
    const open = await manager.request(KEY);
    await manager.pin.set(PIN);
    manager.pin.lock();
    const refused: (() => Promise<unknown>)[] = [
      () => manager.request(KEY),
      () => manager.activate({ key: KEY }),
      () => manager.load(file),
      () => manager.discard(open.id),
      () => manager.deactivate(),
      () => manager.becomeNewDevice(),
      () => manager.prepareForCloning(),
      () => manager.setSync(true),
      () => manager.pin.set('1234'),
      () => manager.pin.remove(),
    ];
    for (const act of refused) expect(await codeOfAsync(act)).to.equal('PIN_NEEDED');
    expect(manager.openRequests.length).to.equal(1);
    expect(manager.licenses.length).to.equal(1);
    expect(manager.sync.isOn).to.equal(false);

    await manager.rename('Press 7');
    await manager.consume(2);
    await manager.report();
    await manager.pin.enter(PIN);
    await manager.discard(open.id);
  });

  it('asks whoever the app names, and goes on once the PIN was entered', async () => {
    const { manager } = await openDevice(vendor);
    await manager.pin.set(PIN);
    manager.pin.lock();
    let asked = 0;
    manager.pin.ask = async () => {
      asked += 1;
      await manager.pin.enter(PIN);
    };
    await manager.request(KEY);
    await manager.setSync(false);
    expect(asked).to.equal(1);
  });

  it('takes 4 to 12 digits, and keeps none of them', async () => {
    const { manager, database } = await openDevice(vendor);
    for (const pin of ['', '123', '1234567890123', '12a4', '12 34']) {
      expect(await codeOfAsync(() => manager.pin.set(pin))).to.equal('PIN_FORM');
    }
    expect(manager.pin.isSet).to.equal(false);
    await manager.pin.set(PIN);
    const { device } = await readContents(new Store(database));
    expect(device?.pin?.hash.length).to.equal(16);
    expect(JSON.stringify(device)).not.to.contain(PIN);
    await manager.pin.remove();
    expect(manager.pin.isSet).to.equal(false);
  });

  it('is throttled over reloads and other tabs, and lets go on when the time has passed', async () => {
    const { manager, database, clock } = await openDevice(vendor);
    await manager.pin.set(PIN);
    manager.pin.lock();
    for (let tries = 0; tries < 3; tries += 1) {
      expect(await codeOfAsync(() => manager.pin.enter('0000'))).to.equal('PIN_WRONG');
    }
    expect(await waitDataOf(manager.pin)).to.deep.equal({ seconds: 30 });
    const other = await openDevice(vendor, { database, nowMs: NOW_MS - 3600_000 });
    expect(await waitDataOf(other.manager.pin)).to.deep.equal({ seconds: 30 });
    other.clock.nowMs += 29_000;
    expect(await waitDataOf(other.manager.pin)).to.deep.equal({ seconds: 1 });
    other.clock.nowMs += 1000;
    await other.manager.pin.enter(PIN);
    expect(other.manager.pin.isOpen).to.equal(true);
    clock.nowMs += 1;
    expect(await codeOfAsync(() => manager.pin.enter('0000'))).to.equal('PIN_WRONG');
    await manager.pin.enter(PIN);
  });

  it('counts a try before it is looked at, so that closing the app gains nothing', async () => {
    const { manager, database } = await openDevice(vendor);
    await manager.pin.set(PIN);
    const tried = manager.pin.enter('0000').catch(() => undefined);
    await waitUntil(async () => (await readContents(new Store(database))).device?.pin?.tried.count === 1);
    await tried;
  });

  it('is cleared by a refresh file of the vendor without being entered, once', async () => {
    const { manager, file, deviceId } = await licensedDevice(vendor);
    await manager.pin.set(PIN);
    manager.pin.lock();
    expect(await codeOfAsync(() => manager.load(file))).to.equal('PIN_NEEDED');
    const clearing = await clearingFile(vendor, deviceId);
    await manager.load(clearing);
    expect(manager.pin.isSet).to.equal(false);

    await manager.pin.set('0815');
    manager.pin.lock();
    expect(await codeOfAsync(() => manager.load(clearing))).to.equal('PIN_NEEDED');
    expect(manager.pin.isSet).to.equal(true);
  });

  it('is not cleared by a file for another device', async () => {
    const one = await licensedDevice(vendor);
    const other = await licensedDevice(vendor);
    await one.manager.pin.set(PIN);
    one.manager.pin.lock();
    const foreign = await clearingFile(vendor, other.deviceId);
    expect(await codeOfAsync(() => one.manager.load(foreign))).to.equal('PIN_NEEDED');
    expect(one.manager.pin.isSet).to.equal(true);
  });

  it('<lk-pin-dialog> asks with keys on the screen, says what is wrong, and lets the act go on', async () => {
    const { manager } = await openDevice(vendor);
    await manager.pin.set(PIN);
    manager.pin.lock();
    provideLicense(manager);
    const dialog = await fixture(html`<lk-pin-dialog></lk-pin-dialog>`);
    const field = partOf(dialog, 'lk-pin-field');
    partOf(partOf(field, 'lk-keypad'), 'button').click();
    const made = manager.request(KEY);
    await waitUntil(() => dialog.shadowRoot?.querySelector('dialog')?.open);
    await expect(dialog).to.be.accessible();
    press(field, '0000');
    await waitUntil(() => !(partOf(dialog, 'button.primary') as HTMLButtonElement).disabled);
    partOf(dialog, 'button.primary').click();
    await waitUntil(() => dialog.shadowRoot?.querySelector('lk-refusal'), 'wrong', { timeout: 5000 });
    expect(partOf(dialog, 'lk-refusal')).to.have.property('code', 'PIN_WRONG');
    press(field, PIN);
    await waitUntil(() => !(partOf(dialog, 'button.primary') as HTMLButtonElement).disabled);
    partOf(dialog, 'button.primary').click();
    await made;
    expect(dialog.shadowRoot?.querySelector('dialog')?.open).to.equal(false);
    partOf(partOf(field, 'lk-keypad'), 'button').click();
  });

  it('<lk-pin-dialog> leaves all as it was when it is canceled', async () => {
    const { manager } = await openDevice(vendor);
    await manager.pin.set(PIN);
    manager.pin.lock();
    provideLicense(manager);
    const dialog = await fixture(html`<lk-pin-dialog></lk-pin-dialog>`);
    const code = codeOfAsync(() => manager.request(KEY));
    await waitUntil(() => dialog.shadowRoot?.querySelector('dialog')?.open);
    dialog.shadowRoot?.querySelector('dialog')?.close();
    expect(await code).to.equal('PIN_NEEDED');
    expect(manager.openRequests.length).to.equal(0);
  });

  it('<lk-pin-dialog> begins anew after a wrong PIN that was canceled', async () => {
    const { manager } = await openDevice(vendor);
    await manager.pin.set(PIN);
    manager.pin.lock();
    provideLicense(manager);
    const dialog = await fixture(html`<lk-pin-dialog></lk-pin-dialog>`);
    const field = partOf(dialog, 'lk-pin-field');
    const isOpen = () => dialog.shadowRoot?.querySelector('dialog')?.open;
    const first = codeOfAsync(() => manager.request(KEY));
    await waitUntil(isOpen);
    partOf(partOf(field, 'lk-keypad'), 'button').click();
    await waitUntil(
      () =>
        (field.shadowRoot?.querySelector('lk-keypad')?.shadowRoot?.querySelectorAll('button').length ?? 0) >
        1,
    );
    press(field, '0000');
    await waitUntil(() => !(partOf(dialog, 'button.primary') as HTMLButtonElement).disabled);
    partOf(dialog, 'button.primary').click();
    await waitUntil(() => dialog.shadowRoot?.querySelector('lk-refusal'), 'wrong', { timeout: 5000 });
    partOf(dialog, '.row button').click();
    expect(await first).to.equal('PIN_NEEDED');
    const second = codeOfAsync(() => manager.request(KEY));
    await waitUntil(isOpen);
    expect(dialog.shadowRoot?.querySelectorAll('lk-refusal').length).to.equal(0);
    partOf(dialog, '.row button').click();
    await second;
    partOf(partOf(field, 'lk-keypad'), 'button').click();
  });

  it('<lk-pin-dialog> counts down how long nobody may try', async () => {
    const { manager } = await openDevice(vendor);
    await manager.pin.set(PIN);
    manager.pin.lock();
    for (const wrong of ['0001', '0002', '0003']) await codeOfAsync(() => manager.pin.enter(wrong));
    provideLicense(manager);
    const dialog = await fixture(html`<lk-pin-dialog></lk-pin-dialog>`);
    const field = partOf(dialog, 'lk-pin-field');
    const canceled = codeOfAsync(() => manager.request(KEY));
    await waitUntil(() => dialog.shadowRoot?.querySelector('dialog')?.open);
    partOf(partOf(field, 'lk-keypad'), 'button').click();
    await waitUntil(() => partOf(field, 'lk-keypad').shadowRoot?.querySelectorAll('button')[1]);
    press(field, PIN);
    await waitUntil(() => !(partOf(dialog, 'button.primary') as HTMLButtonElement).disabled);
    partOf(dialog, 'button.primary').click();
    const text = () => textOf(dialog.shadowRoot?.querySelector('lk-refusal') ?? dialog);
    await waitUntil(() => text().includes('30 seconds'), 'a wait', { timeout: 5000 });
    await waitUntil(() => text().includes('28 seconds'), 'a shorter one', { timeout: 5000 });
    partOf(dialog, '.row button').click();
    await canceled;
    partOf(partOf(field, 'lk-keypad'), 'button').click();
  });

  it('<lk-pin-settings> sets a PIN that was typed twice, and takes it away', async () => {
    const { manager } = await openDevice(vendor);
    provideLicense(manager);
    const settings = await fixture(html`<lk-pin-settings></lk-pin-settings>`);
    await expect(settings).to.be.accessible();
    partOf(settings, 'button').click();
    await waitUntil(() => settings.shadowRoot?.querySelector('form'));
    await expect(settings).to.be.accessible();
    const fields = [...(settings.shadowRoot?.querySelectorAll('lk-pin-field') ?? [])];
    for (const field of fields) {
      const input = partOf(field, 'input') as HTMLInputElement;
      input.value = PIN;
      input.dispatchEvent(new Event('input'));
    }
    await waitUntil(() => !(partOf(settings, 'button.primary') as HTMLButtonElement).disabled);
    partOf(settings, 'button.primary').click();
    await waitUntil(() => manager.pin.isSet, 'set', { timeout: 5000 });
    await waitUntil(() => textOf(settings).includes('Take the PIN away'));
    await expect(settings).to.be.accessible();
    const away = [...(settings.shadowRoot?.querySelectorAll('button') ?? [])].find(({ textContent }) =>
      textContent?.includes('away'),
    );
    away?.click();
    await waitUntil(() => !manager.pin.isSet);
  });
});

/** A refresh of the device's license that clears the PIN. */
function clearingFile(vendor: TestVendor, deviceId: Bytes): Promise<Bytes> {
  const { requestId: _, ...refresh } = licenseClaims({ deviceId, clearPin: true });
  return vendor.license({ ...refresh, revision: refresh.revision + 1 });
}
