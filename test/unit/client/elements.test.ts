import { expect, fixture, oneEvent, waitUntil } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import { toQrText } from '../../../src/bytes/carrier.ts';
import '../../support/themed-page.ts';
import '../../../src/client/panel.ts';
import type { LkAnswerLoader } from '../../../src/client/elements/lk-answer-loader.ts';
import type { LkTrip } from '../../../src/client/elements/lk-trip.ts';
import { provideLicense } from '../../../src/client/license-context.ts';
import type { LicenseManager } from '../../../src/client/license-manager.ts';
import type { License } from '../../../src/format/license.ts';
import { fingerprint } from '../../../src/license/node-lock.ts';
import { readContents } from '../../../src/store/contents.ts';
import { Store } from '../../../src/store/store.ts';
import { withFetch, withoutNetwork } from '../../support/network.ts';
import { partOf, textOf } from '../../support/shadow.ts';
import { filled, ISSUED_AT, TestVendor } from '../../support/vendor.ts';
import { withFailingDelete, withFailingPut } from '../store/fresh-store.ts';
import { closeDevices, grant, KEY, licensedDevice, NOW_MS, openDevice, openFile } from './device.ts';

const daySeconds = 86_400;
const full: Partial<License> = {
  expiresAt: ISSUED_AT + 90 * daySeconds,
  holder: 'Acme Bottling',
  limits: { maximum: 10, overageMaximum: 2 },
  features: [
    { code: 'export', name: 'PDF export' },
    { code: 'color', name: 'Color profiles', expiresAt: ISSUED_AT + 10 },
    { code: 'pages', name: 'Pages', limits: { maximum: 5 } },
  ],
};

// Colors are checked as they are in the end, not on their way.
document.documentElement.style.setProperty('--lk-motion', '0s');

async function show<E extends Element>(manager: LicenseManager, template: TemplateResult): Promise<E> {
  provideLicense(manager);
  const element = await fixture<E>(template);
  // No animation frame: a test page in the background has none.
  await new Promise(resolve => setTimeout(resolve, 20));
  return element;
}

function fill(field: HTMLElement, value: string): void {
  if (!(field instanceof HTMLInputElement)) throw new TypeError('expected a field');
  field.value = value;
  field.dispatchEvent(new Event('input'));
}

/** Types the license key, until it can be sent. */
async function typeKey(entry: Element): Promise<void> {
  fill(partOf(partOf(entry, 'lk-key-field'), 'input'), KEY.toLowerCase());
  await waitUntil(() => !(partOf(entry, 'button.primary') as HTMLButtonElement).disabled);
}

/** Name of the element in an element's shadow root that has the focus. */
function focusIn({ shadowRoot }: Element): string | undefined {
  return shadowRoot?.activeElement?.localName;
}

describe('client elements', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });
  afterEach(closeDevices);

  describe('<lk-license-gate>', () => {
    it('says why it is locked, opens with the license and closes again', async () => {
      const { manager } = await openDevice(vendor);
      const gate = await show(manager, html`<lk-license-gate feature="export"><b>open</b></lk-license-gate>`);
      await expect(gate).to.be.accessible();
      expect(textOf(gate)).to.contain('There is no license on this device yet.');
      await manager.load(await grant(vendor, await manager.request(KEY), full));
      await waitUntil(() => gate.shadowRoot?.querySelector('slot:not([name])'));
      await expect(gate).to.be.accessible();
      await manager.deactivate();
      await waitUntil(() => gate.shadowRoot?.querySelector('slot[name=locked]'));
    });

    it('names a feature that the license does not include', async () => {
      const { manager } = await licensedDevice(vendor, full);
      const gate = await show(manager, html`<lk-license-gate feature="3d"></lk-license-gate>`);
      expect(textOf(gate)).to.contain('does not include the feature 3d');
    });
  });

  describe('<lk-status-card>', () => {
    const cases: [string, Partial<License>, number, string][] = [
      ['licensed', full, NOW_MS, 'Licensed'],
      ['in grace', { ...full, graceHours: 48 }, (ISSUED_AT + 91 * daySeconds) * 1000, 'In grace'],
      ['expired', full, (ISSUED_AT + 99 * daySeconds) * 1000, 'Needs attention'],
      ['disabled', { ...full, licenseState: 'disabled' }, NOW_MS, 'Needs attention'],
      ['not started', { startsAt: ISSUED_AT + 9 * daySeconds }, NOW_MS, 'Needs attention'],
      ['a subscription', { ...full, licenseType: 'subscription' }, NOW_MS, 'Licensed'],
      ['report overdue', { reportWithin: { days: 1, graceDays: 0 } }, NOW_MS + 1e9, 'Needs attention'],
    ];
    for (const [name, claims, nowMs, heading] of cases) {
      it(`is accessible and plain when ${name}`, async () => {
        const { database } = await licensedDevice(vendor, claims);
        const { manager } = await openDevice(vendor, { database, nowMs });
        const card = await show(manager, html`<lk-status-card level="1"></lk-status-card>`);
        expect(partOf(card, 'h1').textContent).to.equal(heading);
        await expect(card).to.be.accessible();
      });
    }

    it('shows the fields that the vendor sent along', async () => {
      const { manager } = await licensedDevice(vendor, { customFields: { Site: 'Halle 4 – Süd' } });
      const card = await show(manager, html`<lk-status-card level="1"></lk-status-card>`);
      expect(textOf(card)).to.contain('Site').and.contain('Halle 4 – Süd');
      await expect(card).to.be.accessible();
    });

    it('says what to do without a license, and what the portal said', async () => {
      const { manager } = await openDevice(vendor);
      const card = await show(manager, html`<lk-status-card></lk-status-card>`);
      expect(partOf(card, 'h2').textContent).to.equal('Not licensed');
      const request = await manager.request(KEY);
      await waitUntil(() => partOf(card, 'h2').textContent === 'Waiting for the portal');
      const { claims } = await openFile(vendor, request);
      const refusal = { requestId: claims.requestId, issuedAt: ISSUED_AT, code: 'NO_SEATS_LEFT' };
      await manager.load(await vendor.refusal({ ...refusal, data: { maxActivations: 3 } }));
      await waitUntil(() => partOf(card, 'h2').textContent === 'The portal said no');
      await waitUntil(() => textOf(card).includes('All 3 seats are in use.'));
      await expect(card).to.be.accessible();
    });
  });

  it('<lk-feature-list> shows features, ends and consumption', async () => {
    const { manager } = await licensedDevice(vendor, full);
    await manager.consume(11);
    const list = await show(manager, html`<lk-feature-list></lk-feature-list>`);
    await expect(list).to.be.accessible();
    const bars = [...(list.shadowRoot?.querySelectorAll('lk-bar') ?? [])];
    expect(bars.map(({ label, used, maximum, overage }) => [label, used, maximum, overage])).to.deep.equal([
      ['Use of the license', 11, 10, 2],
      ['Pages', 0, 5, 0],
    ]);
    expect(textOf(list)).to.contain('PDF export').and.contain('Ended on');
  });

  describe('<lk-trip>', () => {
    it('leads from the key to the file to the license', async () => {
      const { manager } = await openDevice(vendor);
      const trip = await show(manager, html`<lk-trip></lk-trip>`);
      await expect(trip).to.be.accessible();
      const entry = partOf(trip, 'lk-key-entry');
      await typeKey(entry);
      partOf(entry, 'button.primary').click();
      await waitUntil(() => manager.openRequests.length === 1);
      await waitUntil(() => focusIn(trip) === 'lk-request-row');
      await expect(trip).to.be.accessible();
      const [request] = manager.openRequests;
      const license = await grant(vendor, await manager.file(request?.id ?? ''), full);
      const loader = trip.shadowRoot?.querySelector('lk-answer-loader');
      loader?.load([{ bytes: license }, { bytes: null, code: 'FILE_TOO_LARGE', data: {} }]);
      await waitUntil(() => loader?.shadowRoot?.querySelector('lk-refusal'));
      expect(loader && textOf(loader)).to.contain('The license is on this device now.');
      await expect(trip).to.be.accessible();
    });

    it('takes a user name and a password, and something else in their place when they are refused', async () => {
      const { manager } = await openDevice(vendor);
      const trip = await show(manager, html`<lk-trip></lk-trip>`);
      const entry = partOf(trip, 'lk-key-entry');
      const make = partOf(entry, 'button.primary') as HTMLButtonElement;
      partOf(entry, 'input[value=user]').click();
      await waitUntil(() => entry.shadowRoot?.querySelector('lk-user-entry'));
      await expect(trip).to.be.accessible();
      const fields = partOf(entry, 'lk-user-entry');
      fill(partOf(fields, 'input'), 'Mona');
      await waitUntil(() => make.disabled);
      fill(partOf(partOf(fields, 'lk-password-field'), 'input'), 'correct horse');
      await waitUntil(() => !make.disabled);
      make.click();
      await waitUntil(() => manager.openRequests.length === 1, 'still hashing', { timeout: 30_000 });
      const [request] = manager.openRequests;
      const file = await openFile(vendor, await manager.file(request?.id ?? ''));
      const { requestId } = file.claims;
      expect(file.claims).to.include.keys('userLookup', 'userProof').and.not.include.keys('keyLookup');
      await manager.load(
        await vendor.refusal({ requestId, issuedAt: ISSUED_AT, code: 'CREDENTIALS_REFUSED' }),
      );
      await waitUntil(() => trip.shadowRoot?.querySelector('lk-refusal button'));
      await expect(trip).to.be.accessible();
      partOf(trip, 'lk-refusal button').click();
      await waitUntil(() => focusIn(trip) === 'lk-key-entry');
      const again = partOf(partOf(trip, 'lk-key-entry'), 'lk-user-entry');
      expect((partOf(again, 'input') as HTMLInputElement).value).to.equal('');
      expect(manager.openRequests).to.have.lengthOf(1);
      partOf(partOf(trip, 'lk-key-entry'), 'input[value=key]').click();
      await waitUntil(() => partOf(trip, 'lk-key-entry').shadowRoot?.querySelector('lk-key-field'));
      await typeKey(partOf(trip, 'lk-key-entry'));
      partOf(partOf(trip, 'lk-key-entry'), 'button.primary').click();
      await waitUntil(() => focusIn(trip) === 'lk-request-row');
      const [retyped, ...others] = manager.openRequests;
      expect([retyped?.id === request?.id, others.length]).to.deep.equal([false, 0]);
    });

    it('tells when a request could not be forgotten, and keeps it', async () => {
      const { manager } = await openDevice(vendor);
      await manager.request({ key: KEY });
      const trip = await show(manager, html`<lk-trip></lk-trip>`);
      const forget = [...(trip.shadowRoot?.querySelectorAll('button') ?? [])].find(
        button => button.textContent?.trim() === 'Forget',
      );
      await withFailingDelete(async () => {
        forget?.click();
        await waitUntil(() => partOf(trip, 'lk-confirm').shadowRoot?.querySelector('dialog')?.open);
        partOf(partOf(trip, 'lk-confirm'), 'button.danger').click();
        await waitUntil(() => trip.shadowRoot?.querySelector('lk-refusal'));
      });
      expect(textOf(partOf(trip, 'lk-refusal'))).to.contain('STORAGE_FAILED');
      expect(manager.openRequests).to.have.lengthOf(1);
      await expect(trip).to.be.accessible();
    });

    it('says before any trip that the browser does not keep keys, and what to do', async () => {
      const { manager } = await openDevice(vendor);
      const trip = await show(manager, html`<lk-trip></lk-trip>`);
      const entry = partOf(trip, 'lk-key-entry');
      await typeKey(entry);
      await withFailingPut('DataCloneError', 'keys', async () => {
        partOf(entry, 'button.primary').click();
        await waitUntil(() => entry.shadowRoot?.querySelector('lk-refusal'));
      });
      const told = textOf(partOf(entry, 'lk-refusal'));
      expect(told).to.contain('The browser did not keep the identity of this device.');
      expect(told).to.contain('Leave private browsing or Lockdown Mode').and.contain('DEVICE_KEY_NOT_STORED');
      expect(manager.openRequests).to.have.lengthOf(0);
      await expect(trip).to.be.accessible();
    });

    it('tells a mistyped group while typing', async () => {
      const { manager } = await openDevice(vendor);
      const trip = await show(manager, html`<lk-trip></lk-trip>`);
      const field = partOf(trip, 'lk-key-entry').shadowRoot?.querySelector('lk-key-field');
      if (!field) throw new TypeError('expected a field');
      field.value = `${KEY.slice(0, 6)}22222`;
      await field.updateComplete;
      expect(textOf(field)).to.contain('group 2');
    });

    it('shows what the portal refused, and shows a failure as words', async () => {
      const { manager } = await openDevice(vendor);
      const request = await manager.request(KEY);
      const { claims } = await openFile(vendor, request);
      await manager.load(
        await vendor.refusal({ requestId: claims.requestId, issuedAt: ISSUED_AT, code: 'SOMETHING_NEW' }),
      );
      const trip = await show(manager, html`<lk-trip></lk-trip>`);
      await expect(trip).to.be.accessible();
      expect(trip.shadowRoot?.querySelector('lk-refusal')?.code).to.equal('SOMETHING_NEW');
    });
  });

  it('<lk-answer-loader> tells a refusal in full where no file is shown with it, else <lk-trip> does', async () => {
    const { manager } = await openDevice(vendor);
    const { claims } = await openFile(vendor, await manager.request(KEY));
    const answer = { requestId: claims.requestId, issuedAt: ISSUED_AT, code: 'DEVICE_COPIED' };
    const refusal = await vendor.refusal(answer);
    const refusalsIn = (element: Element) => element.shadowRoot?.querySelectorAll('lk-refusal').length;
    const alone = await show<LkAnswerLoader>(manager, html`<lk-answer-loader></lk-answer-loader>`);
    await alone.load([{ bytes: refusal }]);
    await waitUntil(() => refusalsIn(alone) === 1);
    const trip = await show<LkTrip>(manager, html`<lk-trip></lk-trip>`);
    await trip.load([{ bytes: refusal }]);
    const loader = partOf(trip, 'lk-answer-loader');
    await waitUntil(() => textOf(loader).includes('The reason stands beside the file'));
    expect([refusalsIn(trip), refusalsIn(loader)]).to.deep.equal([1, 0]);
    await expect(trip).to.be.accessible();
  });

  it('<lk-usage> makes a report', async () => {
    const { manager } = await licensedDevice(vendor, full);
    await manager.consume(3);
    const usage = await show(manager, html`<lk-usage></lk-usage>`);
    await expect(usage).to.be.accessible();
    expect(textOf(usage)).to.contain('One entry of use');
    partOf(usage, 'button').click();
    await waitUntil(() => manager.openRequests[0]?.kind === 'usage-report');
  });

  it('<lk-usage> reports each of several licenses', async () => {
    const { manager } = await licensedDevice(vendor, full);
    const second = { ...full, licenseId: filled(16, 9), activationId: filled(16, 8) };
    await manager.load(await grant(vendor, await manager.request(KEY), second));
    const usage = await show(manager, html`<lk-usage></lk-usage>`);
    const buttons = [...(usage.shadowRoot?.querySelectorAll('button') ?? [])];
    expect(buttons).to.have.lengthOf(2);
    for (const [index, button] of buttons.entries()) {
      await waitUntil(() => !button.disabled);
      button.click();
      await waitUntil(() => manager.openRequests.length === index + 1);
    }
    await expect(usage).to.be.accessible();
    const files = await Promise.all(manager.openRequests.map(({ id }) => manager.file(id)));
    const opened = await Promise.all(files.map(file => openFile(vendor, file)));
    const reported = opened.map(({ kind, claims }) => kind === 'usage-report' && claims.activationId[0]);
    expect(reported.sort()).to.deep.equal([5, 8]);
  });

  describe('<lk-sync-status>', () => {
    const show = async (manager: LicenseManager) => {
      provideLicense(manager);
      return fixture(html`<lk-sync-status></lk-sync-status>`);
    };
    const busy = async () => new Response('', { status: 503 });

    it('is nothing while nothing has gone over the network', async () => {
      const { manager } = await openDevice(vendor, { sync: true });
      expect(textOf(await show(manager)).trim()).to.equal('');
    });

    it('says that what waits goes by itself, before it does', async () => {
      const { manager } = await openDevice(vendor, { sync: true });
      await manager.request(KEY);
      const line = await show(manager);
      expect(textOf(line)).to.contain('Sync sends what waits by itself in a moment.');
      await expect(line).to.be.accessible();
    });

    it('says when it last worked, why not since, that there is no network, and that it is off', async () => {
      const { manager } = await licensedDevice(vendor, full, { sync: true });
      const request = await manager.request(KEY);
      const answer = await grant(vendor, request, { ...full, revision: 8 });
      const line = await show(manager);
      await withFetch(
        async () => new Response(answer),
        () => manager.send(request.id),
      );
      await waitUntil(() => textOf(line).includes('Last synced with the portal on'));
      await expect(line).to.be.accessible();
      await manager.request(KEY);
      await withFetch(busy, async () => {
        dispatchEvent(new Event('online'));
        await waitUntil(() =>
          textOf(line).includes('Not synced. The server has too much to do at the moment.'),
        );
      });
      await expect(line).to.be.accessible();
      await manager.setSync(false);
      await waitUntil(() => textOf(line).includes('Sync is off. Files are carried. Last synced'));
      await withoutNetwork(async () => {
        await manager.setSync(true);
        await waitUntil(() =>
          textOf(line).includes('Offline. Everything here works without a network. Last'),
        );
      });
    });
  });

  it('<lk-key-entry> makes a request without a key for whoever names it at the portal', async () => {
    const { manager } = await openDevice(vendor);
    const entry = await show(manager, html`<lk-key-entry .by=${'portal'}></lk-key-entry>`);
    partOf(entry, 'button.primary').click();
    await oneEvent(entry, 'lk-requested');
    expect(manager.openRequests).to.have.lengthOf(1);
    expect(textOf(entry)).not.to.contain('Activate over the network');
  });

  it('<lk-key-entry> is accessible for a key, for a user and for neither', async () => {
    const { manager } = await openDevice(vendor);
    for (const by of ['key', 'user', 'portal'] as const) {
      const entry = await show(manager, html`<lk-key-entry .by=${by}></lk-key-entry>`);
      await expect(entry).to.be.accessible();
    }
  });

  it('<lk-user-entry> is accessible, and tells what is typed', async () => {
    const entry = await fixture(html`<lk-user-entry></lk-user-entry>`);
    await expect(entry).to.be.accessible();
    setTimeout(() => fill(partOf(entry, 'input'), 'Mona'));
    const { detail } = await oneEvent(entry, 'lk-user-change');
    expect(detail).to.deep.equal({ user: 'Mona', password: '' });
  });

  it('<lk-answer-loader> says of each file what came of it', async () => {
    const { manager } = await openDevice(vendor);
    const loader = await show<LkAnswerLoader>(manager, html`<lk-answer-loader></lk-answer-loader>`);
    await expect(loader).to.be.accessible();
    await loader.load([{ bytes: null, code: 'FILE_TOO_LARGE', data: {} }, { bytes: await vendor.bundle() }]);
    await loader.updateComplete;
    expect(loader.shadowRoot?.querySelector('lk-refusal')?.code).to.equal('FILE_TOO_LARGE');
    expect(loader.shadowRoot?.querySelector('lk-notice')).to.not.equal(null);
    await expect(loader).to.be.accessible();
  });

  it('<lk-request-row> says what to do when the browser does not let it copy', async () => {
    const { manager } = await openDevice(vendor);
    const { id, name } = await manager.request(KEY);
    const row = await show(manager, html`<lk-request-row .fileId=${id} .name=${name}></lk-request-row>`);
    const { writeText } = Clipboard.prototype;
    Clipboard.prototype.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    try {
      row.shadowRoot?.querySelectorAll('button')[1]?.click();
      await waitUntil(() => textOf(row).includes('Save the file instead.'));
      await expect(row).to.be.accessible();
    } finally {
      Clipboard.prototype.writeText = writeText;
    }
  });

  it('<lk-request-row> shows the file as a QR code', async () => {
    const { manager } = await openDevice(vendor);
    const { id, name, bytes } = await manager.request(KEY);
    const row = await show(manager, html`<lk-request-row .fileId=${id} .name=${name}></lk-request-row>`);
    row.shadowRoot?.querySelectorAll('button')[2]?.click();
    const dialog = partOf(row, 'lk-qr-dialog');
    await waitUntil(() => dialog.shadowRoot?.querySelector('dialog')?.open, 'expected the code');
    const shown = dialog.shadowRoot?.querySelector('lk-qr-code')?.codes?.text(0);
    expect(shown).to.equal(toQrText(bytes));
    await expect(row).to.be.accessible();
  });

  it('<lk-deactivation> asks once, shows the file, then the receipt', async () => {
    const { manager } = await licensedDevice(vendor, full);
    const panel = await show(manager, html`<lk-deactivation></lk-deactivation>`);
    await expect(panel).to.be.accessible();
    partOf(panel, 'button').click();
    const confirm = partOf(panel, 'lk-confirm');
    await waitUntil(() => confirm.shadowRoot?.querySelector('dialog')?.open);
    await expect(panel).to.be.accessible();
    expect(manager.isUnlocked).to.equal(true);
    partOf(confirm, 'button[value=confirm]').click();
    await waitUntil(() => focusIn(panel) === 'lk-request-row');
    await expect(panel).to.be.accessible();
    const [ended] = manager.deactivations;
    const { kind, claims, deviceId } = await openFile(vendor, await manager.file(ended?.id ?? ''));
    if (kind !== 'deactivation') throw new TypeError('expected a deactivation');
    const { requestId, licenseId, activationId, consumption } = claims;
    const issuedAt = ISSUED_AT + 99;
    await manager.load(
      await vendor.receipt({ requestId, licenseId, activationId, consumption, deviceId, issuedAt }),
    );
    await waitUntil(() => panel.shadowRoot?.querySelector('lk-file-row'));
    await expect(panel).to.be.accessible();
  });

  it('<lk-license-notices> tells what comes', async () => {
    const { database } = await licensedDevice(vendor, full);
    const nowMs = (ISSUED_AT + 85 * daySeconds) * 1000;
    const { manager } = await openDevice(vendor, { database, nowMs });
    const notices = await show(manager, html`<lk-license-notices></lk-license-notices>`);
    await expect(notices).to.be.accessible();
    expect(textOf(notices)).to.contain('The license ends on');
  });

  it('<lk-license-notices> names what changed, and does not say “nothing to do” of what locks', async () => {
    const signals = { processors: '8', memory: '8', platform: 'Linux', gpuVendor: 'intel' };
    const device = await openDevice(vendor, { machine: { signals, looksVirtual: false } });
    const request = await device.manager.request(KEY);
    const key = (await readContents(new Store(device.database))).requests[0]?.fingerprintKey;
    if (!key) throw new TypeError('expected the key of the fingerprint');
    await device.manager.load(await grant(vendor, request, { fingerprint: fingerprint(key, signals) }));
    const told: string[] = [];
    for (const changed of [{ memory: '16' }, { memory: '16', processors: '4', platform: 'Mac' }]) {
      const machine = { signals: { ...signals, ...changed }, looksVirtual: false };
      const { manager } = await openDevice(vendor, { database: device.database, machine });
      const notices = await show(manager, html`<lk-license-notices></lk-license-notices>`);
      // The first moments go by what this browser tells quickly of the machine that runs the tests.
      await waitUntil(() => textOf(notices).includes('memory'));
      for (const name of ['number of processors', 'operating system']) {
        await waitUntil(() => textOf(notices).includes(name) === 'platform' in changed);
      }
      told.push(textOf(notices));
    }
    expect(told[0]).to.contain('Nothing to do.');
    expect(told[1]).to.contain('number of processors').and.not.contain('Nothing to do');
  });
});
