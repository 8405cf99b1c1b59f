import { expect } from '@open-wc/testing';
import { sameOriginScript } from '../../../src/ui/trusted-types.ts';

describe('the Trusted Types policy', () => {
  it('lets scripts of this origin pass', () => {
    expect(sameOriginScript('/sw.js')).to.equal(`${location.origin}/sw.js`);
    expect(sameOriginScript(`${location.origin}/a/b.js`)).to.equal(`${location.origin}/a/b.js`);
  });

  it('refuses scripts of another origin and script in the address', () => {
    for (const address of [
      'https://example.com/x.js',
      '//example.com/x.js',
      'data:text/javascript,1',
      'blob:x',
    ]) {
      expect(() => sameOriginScript(address), address).to.throw(TypeError);
    }
  });

  it('lets what the page itself made pass where the app is one file, and no other file', () => {
    const page = new URL('file:///media/stick/license.html');
    expect(sameOriginScript('blob:null/1', page)).to.equal('blob:null/1');
    for (const address of ['file:///media/stick/x.js', 'data:text/javascript,1', 'https://example.com/x.js'])
      expect(() => sameOriginScript(address, page), address).to.throw(TypeError);
  });
});
