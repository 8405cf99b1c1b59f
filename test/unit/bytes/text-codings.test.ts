import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { fromBase45, toBase45 } from '../../../src/bytes/base45.ts';
import { fromBase64, fromBase64url, toBase64, toBase64url } from '../../../src/bytes/base64url.ts';
import { concatBytes, equalBytes, fromUtf8, startsWith, utf8 } from '../../../src/bytes/bytes.ts';
import { fromHex, toHex } from '../../../src/bytes/hex.ts';
import { arbitraryBytes } from '../../support/arbitrary-bytes.ts';
import { codeOf } from '../../support/code-of.ts';

describe('Base45', () => {
  it('writes and reads the examples of RFC 9285', () => {
    const examples = { AB: 'BB8', 'Hello!!': '%69 VD92EX0', 'base-45': 'UJCLQE7W581', 'ietf!': 'QED8WEX0' };
    for (const [text, encoded] of Object.entries(examples)) {
      expect(toBase45(utf8(text))).to.equal(encoded);
      expect(fromBase45(encoded)).to.deep.equal(utf8(text));
    }
  });

  it('gives any bytes back', () => {
    fc.assert(
      fc.property(arbitraryBytes(), bytes => {
        expect(fromBase45(toBase45(bytes))).to.deep.equal(bytes);
      }),
    );
  });

  it('refuses 65536 in a group of three, and 256 in a group of two: CARRIER_DAMAGED', () => {
    expect(fromBase45('FGW')).to.deep.equal(fromHex('ffff'));
    expect(codeOf(() => fromBase45('GGW'))).to.equal('CARRIER_DAMAGED');
    expect(fromBase45('U5')).to.deep.equal(fromHex('ff'));
    expect(codeOf(() => fromBase45('V5'))).to.equal('CARRIER_DAMAGED');
  });
});

describe('base64url', () => {
  it('gives any bytes back, without padding', () => {
    fc.assert(
      fc.property(arbitraryBytes(), bytes => {
        expect(toBase64url(bytes)).to.match(/^[A-Za-z0-9_-]*$/);
        expect(fromBase64url(toBase64url(bytes))).to.deep.equal(bytes);
        expect(fromBase64(toBase64(bytes))).to.deep.equal(bytes);
      }),
    );
  });

  it('takes long input', () => {
    const bytes = new Uint8Array(200_000).map((_, index) => index);
    expect(fromBase64url(toBase64url(bytes))).to.deep.equal(bytes);
  });

  it('refuses padding, other characters, a single last character and unused bits', () => {
    for (const text of ['AA==', 'A+', 'A/', 'A', 'AAAAA', 'AB', 'AAB', 'A A', 'AA\n']) {
      expect(() => fromBase64url(text), text).to.throw(TypeError);
    }
  });
});

describe('hex', () => {
  it('gives any bytes back', () => {
    fc.assert(
      fc.property(arbitraryBytes(), bytes => {
        expect(fromHex(toHex(bytes))).to.deep.equal(bytes);
      }),
    );
  });

  it('refuses an odd number of digits and other characters', () => {
    for (const text of ['0', '0g', '0 ', '00\n']) expect(() => fromHex(text), text).to.throw(TypeError);
  });
});

describe('bytes', () => {
  it('are equal only when all of them are', () => {
    expect(equalBytes(fromHex('0102'), fromHex('0102'))).to.equal(true);
    expect(equalBytes(fromHex('0102'), fromHex('0103'))).to.equal(false);
    expect(equalBytes(fromHex('0102'), fromHex('010200'))).to.equal(false);
  });

  it('are joined into new ones', () => {
    const part = fromHex('0102');
    const joined = concatBytes(part, fromHex(''), fromHex('03'));
    part[0] = 9;
    expect(toHex(joined)).to.equal('010203');
    expect(startsWith(joined, fromHex('0102'))).to.equal(true);
    expect(startsWith(fromHex('01'), joined)).to.equal(false);
  });

  it('are text only when they are UTF-8', () => {
    expect(fromUtf8(utf8('\ufeffÄ水😀'))).to.equal('\ufeffÄ水😀');
    expect(codeOf(() => fromUtf8(fromHex('ff')))).to.equal('CBOR_MALFORMED');
  });
});
