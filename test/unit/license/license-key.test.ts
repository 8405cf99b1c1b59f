import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import {
  createLicenseKey,
  formatLicenseKey,
  mistypedGroups,
  parseLicenseKey,
} from '../../../src/license/license-key.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const randomBytes = fc
  .uint8Array({ minLength: 13, maxLength: 13 })
  .map(bytes => new Uint8Array(bytes) as Bytes);
const keys = randomBytes.map(createLicenseKey);

function refusal(text: string): LatchkeyError {
  try {
    parseLicenseKey(text);
  } catch (error) {
    if (error instanceof LatchkeyError) return error;
  }
  throw new Error('expected a LatchkeyError');
}

describe('a license key', () => {
  it('is printed as five groups of five characters', () => {
    const key = createLicenseKey(new Uint8Array(13));
    expect(formatLicenseKey(key)).to.equal('00000-00007-0000E-0000N-0000W');
  });

  it('carries each of its 100 random bits', () => {
    const seen = new Set<string>();
    for (let bit = 0; bit < 100; bit += 1) {
      const random = new Uint8Array(13);
      random[Math.floor(bit / 8)] = 128 >> (bit % 8);
      seen.add(createLicenseKey(random));
    }
    expect(seen.size).to.equal(100);
    const last = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 15);
    expect(createLicenseKey(last)).to.equal(createLicenseKey(new Uint8Array(13)));
  });

  it('is made of exactly 13 random bytes', () => {
    expect(() => createLicenseKey(new Uint8Array(12))).to.throw(RangeError);
  });

  it('is read back from what is printed', () => {
    fc.assert(fc.property(keys, key => parseLicenseKey(formatLicenseKey(key)) === key));
  });

  it('is read in lower case, with look-alikes, spaces and any dashes', () => {
    const key = parseLicenseKey('00000-00007-0000E-0000N-0000W');
    expect(parseLicenseKey(' ooooo 0000 7\u20130000e\u20140000n OOOOw\n')).to.equal(key);
    expect(parseLicenseKey('\uff10\uff10000-00007-0000E-0000N-0000W')).to.equal(key);
    fc.assert(
      fc.property(keys, typed => {
        const text = typed
          .toLowerCase()
          .replaceAll('0', 'o')
          .replaceAll('1', 'l')
          .replace(/(.{3})/g, '$1 - ');
        return parseLicenseKey(text) === typed;
      }),
    );
  });
});

describe('parseLicenseKey()', () => {
  it('names the groups that are mistyped, counted from 1', () => {
    const error = refusal('00000-00008-0000E-0000M-0000W');
    expect(error.code).to.equal('LICENSE_KEY_MISTYPED');
    expect(error.data).to.deep.equal({ groups: '2, 4' });
  });

  it('refuses a key that is too short or too long by its length', () => {
    const short = refusal('00000-00007-0000E-0000N-0000');
    expect([short.code, short.data]).to.deep.equal(['LICENSE_KEY_INCOMPLETE', { expected: 25, got: 24 }]);
    expect(refusal('').code).to.equal('LICENSE_KEY_INCOMPLETE');
    expect(refusal('00000-00007-0000E-0000N-0000W-0').data).to.deep.equal({ groups: '6' });
  });

  it('refuses every single wrong character, in its own group', () => {
    fc.assert(
      fc.property(keys, fc.nat(24), fc.nat(31), (key, at, value) => {
        const wrong = key.slice(0, at) + alphabet.charAt(value) + key.slice(at + 1);
        fc.pre(wrong !== key);
        expect(mistypedGroups(wrong)).to.deep.equal([Math.floor(at / 5) + 1]);
      }),
    );
  });

  it('refuses every swap of two different characters of a group', () => {
    fc.assert(
      fc.property(keys, fc.nat(4), fc.nat(4), fc.nat(4), (key, group, left, right) => {
        const chars = [...key];
        const [from, to] = [group * 5 + left, group * 5 + right];
        const [a = '', b = ''] = [chars[from], chars[to]];
        fc.pre(a !== b);
        chars[from] = b;
        chars[to] = a;
        expect(mistypedGroups(chars.join(''))).to.deep.equal([group + 1]);
      }),
    );
  });

  it('refuses every swap of two groups', () => {
    fc.assert(
      fc.property(keys, fc.nat(4), fc.nat(4), (key, left, right) => {
        fc.pre(left !== right);
        const groups = formatLicenseKey(key).split('-');
        const [a = '', b = ''] = [groups[left], groups[right]];
        groups[left] = b;
        groups[right] = a;
        const expected = [left + 1, right + 1].sort();
        expect(mistypedGroups(groups.join('-'))).to.deep.equal(expected);
      }),
    );
  });
});

describe('mistypedGroups()', () => {
  const cases: [typed: string, groups: number[]][] = [
    ['', []],
    ['0000', []],
    ['00000', []],
    ['00001', [1]],
    ['00000-0000', []],
    ['00000-00007-0000U', [3]],
    ['00000-0!', [2]],
    ['00008-0000', [1]],
    ['00000-00007-0000E-0000N-0000W', []],
    ['00000-00007-0000E-0000N-0000W-1', [6]],
  ];
  for (const [typed, groups] of cases) {
    it(`while a person types '${typed}' names ${groups.join(', ') || 'none'}`, () => {
      expect(mistypedGroups(typed)).to.deep.equal(groups);
    });
  }

  it('says nothing about any beginning of a right key', () => {
    fc.assert(
      fc.property(keys, fc.nat(25), (key, length) => mistypedGroups(key.slice(0, length)).length === 0),
    );
  });
});
