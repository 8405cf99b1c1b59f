import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/device/lk-install-offer.ts';
import { provideLicense } from '../../../src/client/license-context.ts';
import type { LicenseManager } from '../../../src/client/license-manager.ts';
import { showBadge } from '../../../src/platform/doors/badge.ts';
import { keepInstallOffer } from '../../../src/platform/doors/install-offer.ts';
import { partOf } from '../../support/shadow.ts';
import { TestVendor } from '../../support/vendor.ts';
import { closeDevices, KEY, licensedDevice, openDevice } from '../client/device.ts';

/** What the browser sends when an app can be installed. */
function offer(): { event: Event; asked: () => boolean } {
  let isAsked = false;
  const event = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
    prompt: async () => {
      isAsked = true;
    },
  });
  dispatchEvent(event);
  return { event, asked: () => isAsked };
}

const shown = async (manager: LicenseManager, isAtRisk = false) => {
  provideLicense(manager);
  return fixture(html`<lk-install-offer .isAtRisk=${isAtRisk}></lk-install-offer>`);
};

describe('<lk-install-offer>', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
    keepInstallOffer();
  });
  afterEach(closeDevices);

  it('keeps the offer until a license works, then lets the browser ask', async () => {
    const { event, asked } = offer();
    expect(event.defaultPrevented).to.equal(true);
    const early = await shown((await openDevice(vendor)).manager, true);
    expect(early.shadowRoot?.querySelector('lk-notice')).to.equal(null);
    const element = await shown((await licensedDevice(vendor)).manager);
    await expect(element).to.be.accessible();
    partOf(partOf(element, 'lk-notice'), 'button').click();
    await waitUntil(asked);
    await waitUntil(() => !element.shadowRoot?.querySelector('lk-notice'));
  });

  it('is shown with a request that the browser may clear, and is gone once the app is installed', async () => {
    const { manager } = await openDevice(vendor);
    await manager.request(KEY);
    const element = await shown(manager, true);
    offer();
    await waitUntil(() => element.shadowRoot?.querySelector('lk-notice'));
    dispatchEvent(new Event('appinstalled'));
    await waitUntil(() => !element.shadowRoot?.querySelector('lk-notice'));
  });
});

describe('showBadge()', () => {
  it('never throws, with badges or without', async () => {
    await showBadge(2);
    await showBadge(0);
  });
});
