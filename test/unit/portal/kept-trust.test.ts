import { expect } from '@open-wc/testing';
import { toBase64url } from '../../../src/bytes/base64url.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import { keepProfile, keptTrust } from '../../../src/portal/check/kept-trust.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { TestVendor } from '../../support/vendor.ts';

const realFetch = window.fetch;

/** Lets something answer in the portal's place. */
const answering = (text: string): void => {
  window.fetch = async () => new Response(text);
};

async function profileOf(vendor: TestVendor): Promise<string> {
  const { domainId, root, rootVersion } = vendor.pin;
  return JSON.stringify({
    version: 1,
    domainId: toBase64url(domainId),
    root: toBase64url(root),
    rootVersion,
    trust: toBase64url(encodeContainer([await vendor.bundle()])),
    portals: ['https://portal.example'],
  });
}

describe('keptTrust()', () => {
  beforeEach(() => localStorage.removeItem('lk-profile'));
  afterEach(() => {
    window.fetch = realFetch;
    localStorage.removeItem('lk-profile');
  });

  it('believes the profile that it kept when a page of the network answers, and keeps it', async () => {
    const vendor = await TestVendor.create();
    answering(await profileOf(vendor));
    await keepProfile();
    answering('<title>Sign in to the guest network</title>');
    await keepProfile();
    expect((await keptTrust(webCrypto())).domainId).to.deep.equal(vendor.domainId);
    window.fetch = () => Promise.reject(new TypeError('no network'));
    expect((await keptTrust(webCrypto())).domainId).to.deep.equal(vendor.domainId);
  });

  it('refuses a page of the network at the first visit, and keeps nothing of it', async () => {
    answering('<title>Sign in to the guest network</title>');
    expect(await codeOfAsync(() => keptTrust(webCrypto()))).to.equal('PROFILE_REFUSED');
    window.fetch = () => Promise.reject(new TypeError('no network'));
    expect(await codeOfAsync(() => keptTrust(webCrypto()))).to.equal('PROFILE_MISSING');
  });
});
