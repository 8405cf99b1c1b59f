import { expect, fixture, fixtureCleanup, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/portal/check/lk-check-link.ts';
import '../../../src/portal/check/lk-check-page.ts';
import '../../../src/portal/check/lk-checked-file.ts';
import '../../../src/portal/lk-portal-page.ts';
import { type Bytes, utf8 } from '../../../src/bytes/bytes.ts';
import { toArmor, toQrText } from '../../../src/bytes/carrier.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import type { License } from '../../../src/format/license.ts';
import { encodeRecoveryFile } from '../../../src/format/recovery-file.ts';
import type { TrustBundle } from '../../../src/format/trust-bundle.ts';
import type { LkCheckPage } from '../../../src/portal/check/lk-check-page.ts';
import { followAddress } from '../../../src/portal/check/route.ts';
import type { LkPortalPage } from '../../../src/portal/lk-portal-page.ts';
import { checkFiles } from '../../../src/verify/check.ts';
import { testIssuer } from '../../support/keys.ts';
import { deviceFile } from '../../support/portal-files.ts';
import { partOf, textOf } from '../../support/shadow.ts';
import { filled, ISSUED_AT, licenseClaims, TestVendor } from '../../support/vendor.ts';

const later = testIssuer(9);

describe('<lk-check-page>', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });

  /** What the page shows of a file, under the vendor's keys as they are then. */
  async function shown(file: Bytes, changes: Partial<TrustBundle> = {}): Promise<LkCheckPage> {
    const page = await fixture<LkCheckPage>(
      html`<lk-check-page .loadTrust=${() => vendor.trust(changes)}></lk-check-page>`,
    );
    const files = [{ name: 'file.lic', size: file.length, bytes: file }];
    partOf(page, 'lk-file-drop').dispatchEvent(
      new CustomEvent('lk-files', { detail: { files, leftOut: 0 } }),
    );
    await waitUntil(() => page.shadowRoot?.querySelector('lk-checked-file'), 'checked');
    return page;
  }

  async function wordsOf(file: Bytes, changes: Partial<TrustBundle> = {}): Promise<string> {
    const page = await shown(file, changes);
    await expect(page).to.be.accessible();
    const words = [...(page.shadowRoot?.querySelectorAll('lk-checked-file') ?? [])].map(textOf).join(' ');
    // Two pages at once would be two banners.
    fixtureCleanup();
    return words;
  }

  const license = (claims: Partial<License> = {}) => vendor.license(licenseClaims(claims));

  const receipt = () =>
    vendor.receipt({
      ...{
        requestId: filled(16, 3),
        deviceId: filled(32, 2),
        licenseId: filled(16, 4),
        activationId: filled(16, 5),
      },
      issuedAt: ISSUED_AT + 60,
      consumption: {
        sequence: 7,
        head: filled(32, 1),
        totals: [{ counter: 'proofs', used: 12, givenBack: 2 }],
      },
    });

  it('has <lk-check-link> as its way in, which is accessible', async () => {
    const link = await fixture(html`<lk-check-link></lk-check-link>`);
    expect(partOf(link, 'a').getAttribute('href')).to.equal('#check');
    await expect(link).to.be.accessible();
  });

  it('is accessible before any file came', async () => {
    const page = await fixture<LkCheckPage>(
      html`<lk-check-page .loadTrust=${() => vendor.trust()}></lk-check-page>`,
    );
    await expect(page).to.be.accessible();
    expect(textOf(page)).to.contain('sent nowhere');
  });

  it('<lk-checked-file> says what a license is for', async () => {
    const words = await wordsOf(
      await license({
        ...{
          deviceName: 'Press 7',
          holder: 'Acme',
          productName: 'Press Studio',
          expiresAt: ISSUED_AT + 864_000,
        },
        features: [{ code: 'proofs', name: 'Proofs', limits: { maximum: 50 } }],
      }),
    );
    for (const part of [
      'Signed by this vendor, and not altered.',
      'granted this license to one device',
      'Press Studio (demo)',
      'Press 7, ',
      'Acme',
      'November 11, 2026',
      'Proofs, at most 50',
      'Revision7',
    ]) {
      expect(words).to.contain(part);
    }
  });

  it('says what a receipt proves, in an answer or by itself, in any carrier', async () => {
    const file = await receipt();
    const answer = encodeContainer([await vendor.bundle({ bundleVersion: 5 }), file]);
    for (const carried of [file, answer, utf8(toArmor(file)), utf8(toQrText(file))]) {
      const words = await wordsOf(carried);
      expect(words).to.contain('The device itself gave the license up');
      expect(words).to.contain('proofs: 12 used, 2 given back');
    }
  });

  it('says so of a seat that the vendor released without the device’s proof', async () => {
    const words = await wordsOf(await license({ licenseState: 'released' }));
    expect(words).to.contain('The vendor released this seat without the device’s own proof.');
    expect(await wordsOf(await license({ licenseState: 'replaced' }))).to.contain('without a deactivation');
    expect(await wordsOf(await license({ licenseState: 'ended' }))).to.contain('Its receipt is the proof');
  });

  it('says what a refusal said', async () => {
    const refusal = {
      requestId: filled(16, 3),
      issuedAt: ISSUED_AT + 60,
      code: 'NO_SEATS_LEFT',
      data: { maxActivations: 3 },
    };
    const words = await wordsOf(await vendor.refusal(refusal));
    expect(words).to.contain('The portal said no to this one file.');
    expect(words).to.contain('NO_SEATS_LEFT');
  });

  it('verifies what a retired key signed, whenever, and says so of a compromised one', async () => {
    const key = { key: vendor.issuer.publicKey, validFrom: ISSUED_AT, validUntil: ISSUED_AT + 120 };
    const retired = {
      issuedAt: ISSUED_AT + 400_000_000,
      issuerKeys: [{ ...key, keyState: 'retired' as const }],
    };
    expect(await wordsOf(await receipt(), retired)).to.contain(
      'The key is retired; what it signed before stays good.',
    );
    const compromised = { issuerKeys: [{ ...key, keyState: 'compromised' as const }] };
    const words = await wordsOf(await receipt(), compromised);
    expect(words).to.contain('Signed with a key that was in wrong hands');
    expect(words).to.contain('it proves nothing').and.not.contain('The device itself gave');
  });

  it('tells what was altered from what another vendor signed', async () => {
    const file = await license();
    const altered = file.map((byte, at) => (at === file.length - 1 ? byte ^ 1 : byte));
    const words = await wordsOf(altered);
    expect(words).to.contain('Altered: the signature is not of what the file says.');
    expect(words, 'nothing that was not verified').to.not.contain('Revision');
    expect(await wordsOf(await vendor.license(licenseClaims(), { by: later }))).to.contain(
      'Not signed by this vendor.',
    );
    expect(await wordsOf(file.subarray(0, 40))).to.contain('cut short');
    expect(await wordsOf(utf8('hello'))).to.contain('Not readable');
  });

  it('asks for the keys again when it does not know one', async () => {
    const old = await vendor.trust();
    const key = { key: later.publicKey, validFrom: ISSUED_AT };
    const now = await vendor.trust({ bundleVersion: 2, issuerKeys: [key] });
    const answers = [old, now];
    const page = await fixture<LkCheckPage>(
      html`<lk-check-page .loadTrust=${async () => answers.shift() ?? now}></lk-check-page>`,
    );
    const bytes = await vendor.license(licenseClaims(), { by: later });
    const files = [{ name: 'file.lic', size: bytes.length, bytes }];
    partOf(page, 'lk-file-drop').dispatchEvent(
      new CustomEvent('lk-files', { detail: { files, leftOut: 0 } }),
    );
    await waitUntil(() => page.shadowRoot?.querySelector('lk-checked-file'));
    expect(textOf(partOf(page, 'lk-checked-file'))).to.contain('Signed by this vendor, and not altered.');
  });

  it('says of a sealed file, a recovery file and keys alone what they are', async () => {
    expect(await wordsOf(deviceFile('deactivation'))).to.contain('sealed: only the portal can read it');
    const recovery = {
      domainId: filled(32, 1),
      deviceId: filled(32, 2),
      digest: filled(32, 3),
      content: filled(9, 4),
    };
    expect(await wordsOf(encodeRecoveryFile(recovery))).to.contain('This is a secret');
    expect(await wordsOf(await vendor.bundle())).to.contain('Keys of the vendor');
  });

  it('says when nobody tells whom to believe', async () => {
    const page = await fixture<LkCheckPage>(html`<lk-check-page></lk-check-page>`);
    const files = [{ name: 'file.lic', size: 1, bytes: filled(1, 1) }];
    partOf(page, 'lk-file-drop').dispatchEvent(
      new CustomEvent('lk-files', { detail: { files, leftOut: 0 } }),
    );
    await waitUntil(() => page.shadowRoot?.querySelector('lk-refusal'));
    await expect(page).to.be.accessible();
  });
});

describe('checkFiles()', () => {
  it('checks each file of several by itself', async () => {
    const vendor = await TestVendor.create();
    const good = await vendor.license(licenseClaims());
    const bad = await vendor.license(licenseClaims(), { by: later });
    const container = encodeContainer([good, bad, deviceFile('usage-report')]);
    const checked = await checkFiles(container, { trust: await vendor.trust(), crypto: webCrypto() });
    expect(checked.map(({ verdict }) => verdict)).to.deep.equal(['verified', 'refused', 'sealed']);
  });
});

describe('followAddress()', () => {
  it('takes the page out that is not shown, so that it takes no files, and keeps it', async () => {
    const portal = await fixture<LkPortalPage>(html`<lk-portal-page></lk-portal-page>`);
    const { parentElement } = portal;
    followAddress(portal);
    location.hash = '#check';
    await waitUntil(() => parentElement?.querySelector('lk-check-page'));
    expect(portal.isConnected).to.equal(false);
    expect(document.title).to.equal('Check a file');
    location.hash = '';
    await waitUntil(() => parentElement?.querySelector('lk-portal-page') === portal);
    expect(parentElement?.querySelector('lk-check-page')).to.equal(null);
  });
});
