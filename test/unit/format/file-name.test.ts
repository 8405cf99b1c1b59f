import { expect } from '@open-wc/testing';
import { fileName, unusedFileName } from '../../../src/format/file-name.ts';

describe('fileName()', () => {
  it('names kind and device, with one ending for each direction', () => {
    expect(fileName('activation-request', '4829 1307 7506')).to.equal('request-4829-1307-7506.req');
    expect(fileName('usage-report', '4829 1307 7506')).to.equal('report-4829-1307-7506.req');
    expect(fileName('deactivation', '4829 1307 7506')).to.equal('deactivation-4829-1307-7506.req');
    expect(fileName('license', '4829 1307 7506')).to.equal('license-4829-1307-7506.lic');
    expect(fileName('receipt', '4829 1307 7506')).to.equal('receipt-4829-1307-7506.lic');
    expect(fileName('refusal', null)).to.equal('refusal.lic');
  });
});

describe('unusedFileName()', () => {
  it('counts on where a name is taken', () => {
    expect(unusedFileName('a.lic', new Set())).to.equal('a.lic');
    expect(unusedFileName('a.lic', new Set(['a.lic']))).to.equal('a-2.lic');
    expect(unusedFileName('a.lic', new Set(['a.lic', 'a-2.lic']))).to.equal('a-3.lic');
    expect(unusedFileName('a', new Set(['a']))).to.equal('a-2');
  });
});
