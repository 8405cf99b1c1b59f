import { expect } from '@open-wc/testing';
import { toBase64url } from '../../../src/bytes/base64url.ts';
import { decodeProfile, fetchProfile } from '../../../src/platform/profile.ts';
import { codeOf, codeOfAsync } from '../../support/code-of.ts';

const good = {
  version: 1,
  domainId: toBase64url(new Uint8Array(32).fill(1)),
  root: toBase64url(new Uint8Array(32).fill(2)),
  rootVersion: 1,
  trust: toBase64url(new Uint8Array(5)),
  product: null,
  productName: null,
  portals: ['https://portal.example/', 'http://portal.latchkey.localhost:8787'],
  brand: { name: 'Acme', accent: '#123456', later: 'ignored' },
};

describe('decodeProfile()', () => {
  it('reads a profile, and what it does not know is left out', () => {
    const profile = decodeProfile(JSON.stringify({ ...good, later: 1 }));
    expect(profile.portals).to.deep.equal([
      'https://portal.example',
      'http://portal.latchkey.localhost:8787',
    ]);
    expect(profile.brand).to.deep.equal({ name: 'Acme', accent: '#123456' });
    expect(profile.productName).to.equal('');
  });

  const faults: Record<string, unknown>[] = [
    { version: 2 },
    { domainId: 'AAAA' },
    { root: 5 },
    { rootVersion: -1 },
    { rootVersion: 1.5 },
    { trust: '!' },
    { product: 5 },
    { portals: 'https://portal.example' },
    { portals: ['javascript:alert(1)'] },
    { portals: ['not an address'] },
    { brand: 'Acme' },
  ];
  for (const fault of faults) {
    it(`refuses ${JSON.stringify(fault)}`, () => {
      expect(codeOf(() => decodeProfile(JSON.stringify({ ...good, ...fault })))).to.equal('PROFILE_REFUSED');
    });
  }

  it('fetchProfile() says PROFILE_MISSING when nothing is there', async () => {
    const missing = () => fetchProfile(URL.createObjectURL(new Blob()).replace(/.$/, '-'));
    expect(await codeOfAsync(missing)).to.equal('PROFILE_MISSING');
  });

  it('fetchProfile() takes what stands in the page, and says so when nothing does', async () => {
    const element = Object.assign(document.createElement('script'), {
      type: 'application/json',
      id: 'embedded',
    });
    element.textContent = JSON.stringify(good);
    document.head.append(element);
    expect(await fetchProfile('#embedded')).to.equal(JSON.stringify(good));
    element.remove();
    const status = await codeOfAsync(() => fetchProfile(`${location.origin}/no-such-profile#embedded`));
    expect(status).to.equal('PROFILE_MISSING');
  });
});
