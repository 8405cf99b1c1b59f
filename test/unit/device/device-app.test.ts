import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/device/lk-app-notices.ts';
import type { LkDeviceApp } from '../../../src/device/lk-device-app.ts';
import '../../../src/device/lk-device-app.ts';
import '../../../src/device/pages.ts';
import { provideLicense } from '../../../src/client/license-context.ts';
import { errorText } from '../../../src/ui/texts/error-texts.ts';
import { partOf, textOf } from '../../support/shadow.ts';
import { TestVendor } from '../../support/vendor.ts';
import { closeDevices, licensedDevice, openDevice } from '../client/device.ts';

describe('device app', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });
  afterEach(closeDevices);

  it('is shown once it knows where the device stands, not before', async () => {
    const app = document.createElement('lk-device-app');
    document.body.append(app);
    expect(app.hidden).to.equal(true);
    await waitUntil(() => !app.hidden);
    app.remove();
  });

  it('says what is wrong when the origin has no profile, and offers to try again', async () => {
    const app = await fixture(html`<lk-device-app></lk-device-app>`);
    await waitUntil(() => app.shadowRoot?.querySelector('lk-refusal'));
    await expect(app).to.be.accessible();
    expect(textOf(app)).to.contain('Try again');
  });

  it('moves the focus to the page that is shown next, and names it', async () => {
    const app = await fixture<LkDeviceApp>(html`<lk-device-app></lk-device-app>`);
    await waitUntil(() => !app.hidden);
    const before = location.href;
    history.replaceState(null, '', '/about');
    dispatchEvent(new PopStateEvent('popstate'));
    await waitUntil(() => partOf(app, 'lk-app-frame').shadowRoot?.activeElement?.localName === 'main');
    expect(document.title).to.equal('About this device');
    history.replaceState(null, '', before);
  });

  it('<lk-home-page> is accessible without and with a license', async () => {
    const { manager } = await openDevice(vendor);
    provideLicense(manager);
    await expect(await fixture(html`<lk-home-page></lk-home-page>`)).to.be.accessible();
    provideLicense((await licensedDevice(vendor)).manager);
    await expect(await fixture(html`<lk-home-page></lk-home-page>`)).to.be.accessible();
  });

  it('<lk-home-page> points to a file that waits for its receipt', async () => {
    const { manager } = await licensedDevice(vendor);
    await manager.deactivate();
    provideLicense(manager);
    const home = await fixture(html`<lk-home-page></lk-home-page>`);
    expect(textOf(home)).to.contain('its receipt is not here yet');
    await expect(home).to.be.accessible();
  });

  it('<lk-give-up-page> is accessible before and after', async () => {
    const { manager } = await licensedDevice(vendor);
    provideLicense(manager);
    const page = await fixture(html`<lk-give-up-page></lk-give-up-page>`);
    await expect(page).to.be.accessible();
    await manager.deactivate();
    await waitUntil(() => page.shadowRoot?.querySelector('lk-answer-loader'));
    await expect(page).to.be.accessible();
  });

  it('<lk-about-page> shows number and root, and renames the device', async () => {
    const { manager } = await licensedDevice(vendor);
    provideLicense(manager);
    const page = await fixture(html`<lk-about-page></lk-about-page>`);
    await expect(page).to.be.accessible();
    expect(textOf(page)).to.contain(manager.deviceNumber ?? 'none');
    await waitUntil(() => textOf(page).includes('WebAssembly with fused multiply-adds'));
    const input = partOf(page, 'input[type=text]');
    if (input instanceof HTMLInputElement) input.value = ' Press 9 ';
    partOf(page, 'button[type=submit]').click();
    await waitUntil(() => manager.deviceName === 'Press 9');
  });

  it('<lk-about-page> of a licensed device leads to where a recovery file is taken', async () => {
    const { manager } = await licensedDevice(vendor);
    provideLicense(manager);
    const page = await fixture(html`<lk-about-page></lk-about-page>`);
    const link = page.shadowRoot?.querySelector('a[href="/recover"]');
    const name = link?.textContent?.trim() ?? 'no link';
    expect(errorText('KIND_UNEXPECTED', { kind: 'recovery-file' }).hint).to.contain(
      `under ${name}, on the first page`,
    );
  });

  it('<lk-about-page> turns syncing off and on again', async () => {
    const { manager } = await openDevice(vendor, { sync: true });
    provideLicense(manager);
    const page = await fixture(html`<lk-about-page></lk-about-page>`);
    const choice = [...(page.shadowRoot?.querySelectorAll('label') ?? [])].find(label =>
      label.textContent?.includes('Sync with the portal'),
    );
    for (const isOn of [false, true]) {
      choice?.click();
      await waitUntil(() => manager.sync.isOn === isOn);
      await expect(page).to.be.accessible();
    }
  });

  it('<lk-about-page> leaves syncing as it was when the PIN is not entered', async () => {
    const { manager } = await openDevice(vendor, { sync: true });
    await manager.pin.set('4711');
    manager.pin.lock();
    provideLicense(manager);
    const page = await fixture(html`<lk-about-page></lk-about-page>`);
    const boxes = [...(page.shadowRoot?.querySelectorAll<HTMLInputElement>('input[type=checkbox]') ?? [])];
    const box = boxes.at(-1);
    box?.click();
    await waitUntil(() => page.shadowRoot?.querySelector('lk-refusal'));
    await waitUntil(() => box?.checked === true);
    expect(manager.sync.isOn).to.equal(true);
  });

  it('<lk-app-notices> is accessible', async () => {
    provideLicense((await licensedDevice(vendor)).manager);
    await expect(await fixture(html`<lk-app-notices></lk-app-notices>`)).to.be.accessible();
  });
});
