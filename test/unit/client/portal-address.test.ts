import { expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import { portalAddress } from '../../../src/client/elements/portal-address.ts';
import { withoutNetwork } from '../../support/network.ts';

const shown = () => fixture(html`<p>${portalAddress('https://portal.example.com')}</p>`);

describe('portalAddress()', () => {
  it('is a link where there is a network', async () => {
    const link = (await shown()).querySelector('a');
    expect(link?.textContent).to.equal('portal.example.com');
    expect(link?.rel).to.equal('noreferrer');
  });

  it('is text alone without one: a window that is opened then is a dead end', async () => {
    const element = await withoutNetwork(shown);
    expect(element.querySelector('a')).to.equal(null);
    expect(element.textContent).to.equal('portal.example.com');
  });
});
