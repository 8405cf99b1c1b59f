import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { fingerprint, matchFingerprint, SIGNAL_NAMES, type Signals } from '../../../src/license/node-lock.ts';
import { kiosk } from '../../support/kiosk.ts';

const key = new Uint8Array(32).fill(7);
const reference = fingerprint(key, kiosk);
const afterwards = (changes: Signals) =>
  matchFingerprint(reference, fingerprint(key, { ...kiosk, ...changes }));
const without = (...names: (keyof Signals)[]): Signals =>
  Object.fromEntries(Object.entries(kiosk).filter(([name]) => !names.some(absent => absent === name)));

describe('fingerprint()', () => {
  it('is four bytes for each of the fourteen signals', () => {
    expect(SIGNAL_NAMES).to.have.length(14);
    expect(reference).to.have.length(56);
  });

  it('leaves zeros for a signal that is missing', () => {
    const bytes = fingerprint(key, without('gpuFamily'));
    expect([...bytes.slice(4, 8)]).to.deep.equal([0, 0, 0, 0]);
    expect([...bytes.slice(8)]).to.deep.equal([...reference.slice(8)]);
  });

  it('does not compare between two license keys', () => {
    const other = fingerprint(new Uint8Array(32).fill(8), kiosk);
    expect(matchFingerprint(reference, other).changed).to.deep.equal(SIGNAL_NAMES);
  });

  it('is the fixed order and weights of the format, whatever the order of the signals', () => {
    const turned = Object.fromEntries(Object.entries(kiosk).reverse());
    expect([...fingerprint(key, turned)]).to.deep.equal([...reference]);
  });
});

describe('matchFingerprint()', () => {
  const cases: [what: string, changes: Signals, matches: boolean, scorePercent: number][] = [
    ['nothing changed', {}, true, 100],
    ['a dock with another screen', { screen: '3840x2160', colorDepth: '30', touchPoints: '0' }, true, 88],
    ['a journey', { timeZone: 'Asia/Tokyo', language: 'ja' }, true, 97],
    ['a driver update', { gpuFamily: 'intel uhd 630 gen2', webglLimits: '16384,16,64' }, true, 81],
    [
      'another graphics card',
      { gpuVendor: 'nvidia', gpuFamily: 'rtx', webglLimits: '32768,32,32' },
      true,
      68,
    ],
    ['memory and processor replaced', { memory: '32', processors: '16' }, true, 82],
    [
      'a machine of another model',
      {
        gpuVendor: 'amd',
        gpuFamily: 'radeon',
        webglLimits: '16384,32,32',
        processors: '16',
        screen: '2560x1440',
      },
      false,
      53,
    ],
    [
      'another system on another processor',
      { platform: 'macos', architecture: 'arm-64', gpuVendor: 'apple', gpuFamily: 'apple m' },
      false,
      50,
    ],
  ];
  for (const [what, changes, matches, scorePercent] of cases) {
    it(`after ${what} scores ${scorePercent} % and ${matches ? 'matches' : 'does not match'}`, () => {
      const result = afterwards(changes);
      expect(result.scorePercent).to.equal(scorePercent);
      expect(result.matches).to.equal(matches);
      expect([...result.changed].sort()).to.deep.equal(Object.keys(changes).sort());
    });
  }

  it('takes a signal that either side lacks as neutral', () => {
    const now = fingerprint(key, without('gpuVendor', 'gpuFamily', 'webglLimits', 'memory'));
    const perfect = (comparedPercent: number) => {
      return { matches: true, scorePercent: 100, comparedPercent, changed: [] };
    };
    expect(matchFingerprint(reference, reference)).to.deep.equal(perfect(100));
    expect(matchFingerprint(reference, now)).to.deep.equal(perfect(61));
    expect(matchFingerprint(now, reference)).to.deep.equal(perfect(61));
    expect(matchFingerprint(reference.slice(0, 40), fingerprint(key, kiosk))).to.deep.equal(perfect(90));
    expect(matchFingerprint(undefined, reference)).to.deep.equal(perfect(0));
    expect(matchFingerprint(fingerprint(key, {}), reference)).to.deep.equal(perfect(0));
  });

  it('never scores higher for a further change', () => {
    const some = fc.subarray([...SIGNAL_NAMES]);
    const changeAll = (names: readonly string[]) =>
      afterwards(Object.fromEntries(names.map(name => [name, 'changed']))).scorePercent;
    fc.assert(fc.property(some, some, (few, more) => changeAll([...few, ...more]) <= changeAll(few)));
  });
});
