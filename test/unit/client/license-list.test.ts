import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/client/panel.ts';
import { provideLicense } from '../../../src/client/license-context.ts';
import type { LicenseManager } from '../../../src/client/license-manager.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import type { License } from '../../../src/format/license.ts';
import { partOf, textOf } from '../../support/shadow.ts';
import { filled, ISSUED_AT, TestVendor } from '../../support/vendor.ts';
import { closeDevices, grant, KEY, licensedDevice, openDevice, profileText } from './device.ts';

const daySeconds = 86_400;

// Colors are checked as they are in the end, not on their way.
document.documentElement.style.setProperty('--lk-motion', '0s');

/** One that is good, one that has ended, and one in grace. */
const products: Partial<License>[] = [
  {
    product: 'press-studio',
    productName: 'Press Studio',
    features: [{ code: 'export', name: 'PDF export' }],
  },
  {
    product: 'ink-lab',
    productName: 'Ink Lab',
    licenseState: 'disabled',
    features: [{ code: 'mix', name: 'Color mixing' }],
  },
  { product: 'color-desk', expiresAt: ISSUED_AT + 10, graceHours: 24 * 30 },
];

describe('the elements of several licenses', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });
  afterEach(closeDevices);

  async function device(): Promise<LicenseManager> {
    const { manager } = await openDevice(vendor, {
      profile: await profileText(vendor, { product: undefined }),
      nowMs: (ISSUED_AT + daySeconds) * 1000,
    });
    const request = await manager.request(KEY);
    const files = await Promise.all(
      products.map((claims, place) => {
        const ids = { licenseId: filled(16, 31 + place), activationId: filled(16, 41 + place) };
        return grant(vendor, request, { ...ids, ...claims });
      }),
    );
    await manager.load(encodeContainer(files));
    return manager;
  }

  async function show<E extends Element>(manager: LicenseManager, template: TemplateResult): Promise<E> {
    provideLicense(manager);
    return fixture<E>(template);
  }

  it('<lk-license-list> says of each product how its license stands', async () => {
    const list = await show(await device(), html`<lk-license-list></lk-license-list>`);
    const rows = () => [...(list.shadowRoot?.querySelectorAll('lk-file-row') ?? [])];
    await waitUntil(() => rows().some(row => row.textContent?.includes('The vendor has disabled')));
    const told = rows().map(row => `${row.heading}: ${row.textContent?.trim().split('.')[0]}`);
    expect(told.sort()).to.deep.equal([
      'Ink Lab: Needs attention',
      'Press Studio: Licensed',
      'color-desk: In grace',
    ]);
    await expect(list).to.be.accessible();
  });

  it('<lk-license-list> is nothing where the status says it all', async () => {
    const { manager } = await licensedDevice(vendor);
    const list = await show(manager, html`<lk-license-list></lk-license-list>`);
    expect(textOf(list).trim()).to.equal('');
  });

  it('<lk-status-card> says which product it is about', async () => {
    const card = await show(await device(), html`<lk-status-card></lk-status-card>`);
    expect(textOf(card)).to.contain('Press Studio');
    await expect(card).to.be.accessible();
  });

  it('<lk-feature-list> has the features of each product under its name', async () => {
    const list = await show(await device(), html`<lk-feature-list></lk-feature-list>`);
    const names = [...(list.shadowRoot?.querySelectorAll('h3') ?? [])].map(heading => heading.textContent);
    expect(names.sort()).to.deep.equal(['Ink Lab', 'Press Studio']);
    await expect(list).to.be.accessible();
  });

  it('<lk-deactivation> names the product before it is given up, and its file of several', async () => {
    const manager = await device();
    const element = await show(manager, html`<lk-deactivation></lk-deactivation>`);
    const button = [...(element.shadowRoot?.querySelectorAll('button') ?? [])].find(each =>
      each.textContent?.includes('Give up Ink Lab'),
    );
    button?.click();
    const question = partOf(element, 'lk-confirm');
    await waitUntil(() => question.textContent?.includes('Ink Lab is locked at once'));
    await expect(element).to.be.accessible();
    await waitUntil(() => question.shadowRoot?.querySelector('dialog')?.open);
    partOf(question, 'button.danger').click();
    await waitUntil(() => manager.deactivations.length === 1);
    await manager.deactivate(manager.licenses[0]?.id);
    await waitUntil(() => element.shadowRoot?.querySelectorAll('lk-request-row').length === 2);
    const rows = [...(element.shadowRoot?.querySelectorAll('lk-request-row') ?? [])];
    expect(rows.map(({ label }) => label).join()).to.contain('Deactivation of Ink Lab');
    const names = manager.deactivations.map(({ fileName }) => fileName);
    expect(new Set(names).size).to.equal(2);
    const kept = await Promise.all(manager.deactivations.map(({ id }) => manager.file(id)));
    expect(kept.map(({ name }) => name)).to.deep.equal(names);
  });
});
