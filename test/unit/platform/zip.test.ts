import { expect } from '@open-wc/testing';
import { unzipSync } from 'fflate';
import { zipOf } from '../../../src/platform/zip.ts';

describe('zipOf()', () => {
  it('holds every file under its name, stored as it is', async () => {
    const bytes = Uint8Array.from({ length: 500 }, () => 7);
    const zip = await zipOf([
      { name: 'a.lic', bytes },
      { name: 'b.lic', bytes: new Uint8Array([1, 2]) },
    ]);
    const files = unzipSync(zip);
    expect(Object.keys(files)).to.deep.equal(['a.lic', 'b.lic']);
    expect([...(files['a.lic'] ?? [])]).to.deep.equal([...bytes]);
    expect([...(files['b.lic'] ?? [])]).to.deep.equal([1, 2]);
    expect(zip.length).to.be.greaterThan(502);
  });
});
