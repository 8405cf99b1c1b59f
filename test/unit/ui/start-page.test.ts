import { expect } from '@open-wc/testing';
import { startPage } from '../../../src/ui/files/start-page.ts';

describe('startPage()', () => {
  it('names the vendor and links the portals, with nothing in them taken for markup', () => {
    const page = startPage({ vendor: 'Acme <b>&"', portals: ['https://a.example', 'https://b.example/"x'] });
    const read = new DOMParser().parseFromString(page, 'text/html');
    expect(read.querySelector('h1')?.textContent).to.equal('License files of Acme <b>&"');
    const links = [...read.querySelectorAll('a')].map(link => link.getAttribute('href'));
    expect(links).to.deep.equal(['https://a.example', 'https://b.example/"x']);
    expect(read.querySelector('script, b')).to.equal(null);
    expect(page)
      .to.contain('https://a.example')
      .and.match(/<\/html>\s*$/);
  });
});
