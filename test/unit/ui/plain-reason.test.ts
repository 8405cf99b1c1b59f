import { expect, fixture, html } from '@open-wc/testing';
import { hasAll, removeReason } from '../../../src/ui/plain-reason.ts';

describe('hasAll()', () => {
  it('finds all that the apps need in a browser that runs this', () => {
    expect(hasAll()).to.equal(true);
    expect(document.documentElement.dataset).not.to.have.property('browser');
  });

  it('finds what is missing, and what throws because its owner is missing', () => {
    expect(hasAll([() => Object.keys, () => undefined])).to.equal(false);
    const missing: { owner?: { method: unknown } } = {};
    expect(hasAll([() => (missing.owner as { method: unknown }).method])).to.equal(false);
  });
});

describe('removeReason()', () => {
  it('takes the reason away, and does nothing on a page without one', async () => {
    const page = await fixture(html`<div><p id="reason">Too old</p><p>App</p></div>`);
    removeReason();
    expect(page.textContent).to.equal('App');
    removeReason();
  });
});
