import { expect } from '@open-wc/testing';
import { fileName, refreshFileName, unusedFileName } from '../../../src/format/file-name.ts';

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

describe('refreshFileName()', () => {
  it('names the device, safe on every file system, whatever it calls itself', () => {
    const cases: Readonly<Record<string, string>> = {
      'Press 7': 'press-7-',
      'Müller’s Prüfstand': 'muller-s-prufstand-',
      'Halle 4 / Linie 12 / Etikettierer links': 'halle-4-linie-12-etikett-',
      CON: 'con-',
      '../../etc/passwd': 'etc-passwd-',
      印刷機: '',
      ' . ': '',
      '': '',
    };
    for (const [name, part] of Object.entries(cases)) {
      expect(refreshFileName(name, '4829 1307 7506')).to.equal(`refresh-${part}4829-1307-7506.lic`);
    }
    expect(refreshFileName(`${'a'.repeat(23)} b`, '4829 1307 7506')).to.equal(
      `refresh-${'a'.repeat(23)}-4829-1307-7506.lic`,
    );
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
