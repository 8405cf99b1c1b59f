import { expect } from '@open-wc/testing';
import { encode, rfc8949EncodeOptions } from 'cborg';
import fc from 'fast-check';
import { type CborValue, decodeCbor, encodeCbor } from '../../../src/bytes/cbor.ts';
import { fromHex, toHex } from '../../../src/bytes/hex.ts';
import type { ErrorCode } from '../../../src/errors.ts';
import { arbitraryBytes } from '../../support/arbitrary-bytes.ts';
import { codeOf } from '../../support/code-of.ts';

const text = fc.string({ unit: 'grapheme' }).filter(value => !value.startsWith('\ufeff'));
const key = fc.oneof(fc.maxSafeInteger(), text);
const { value: cborValue } = fc.letrec<{ value: CborValue }>(tie => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.oneof(fc.maxSafeInteger(), text, fc.boolean(), fc.constant(null), arbitraryBytes()),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map(entries => new Map(entries)),
  ),
}));

describe('encodeCbor() and decodeCbor()', () => {
  it('give every value back', () => {
    fc.assert(
      fc.property(cborValue, value => {
        expect(decodeCbor(encodeCbor(value))).to.deep.equal(value);
      }),
    );
  });

  it('sort map keys by their encoded bytes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(key), keys => {
        const decoded = decodeCbor(encodeCbor(new Map(keys.map(entry => [entry, null]))));
        const encodedKeys = [...(decoded as Map<string | number, null>).keys()].map(entry =>
          toHex(encodeCbor(entry)),
        );
        expect(encodedKeys).to.deep.equal([...encodedKeys].sort());
      }),
    );
  });

  it('write what cborg writes, byte for byte', () => {
    fc.assert(
      fc.property(cborValue, value => {
        expect(encodeCbor(value)).to.deep.equal(new Uint8Array(encode(value, rfc8949EncodeOptions)));
      }),
    );
  });

  it('write and read more than fits into the usual room', () => {
    const value = Array.from({ length: 40 }, (_, index) => new Uint8Array(1000).fill(index));
    expect(decodeCbor(encodeCbor(value))).to.deep.equal(value);
    expect(encodeCbor(1)).to.deep.equal(fromHex('01'));
  });

  it('write the examples of RFC 8949, appendix A', () => {
    const examples: [CborValue, string][] = [
      [0, '00'],
      [23, '17'],
      [24, '1818'],
      [1_000_000, '1a000f4240'],
      [-1, '20'],
      [-1000, '3903e7'],
      [Number.MAX_SAFE_INTEGER, '1b001fffffffffffff'],
      [Number.MIN_SAFE_INTEGER, '3b001ffffffffffffe'],
      [Uint8Array.of(1, 2, 3, 4), '4401020304'],
      ['\u6c34', '63e6b0b4'],
      [[1, [2, 3]], '8201820203'],
      [
        new Map<number | string, CborValue>([
          ['a', 1],
          [-1, null],
          [10, false],
        ]),
        'a30af420f6616101',
      ],
    ];
    for (const [value, hex] of examples) {
      expect(toHex(encodeCbor(value))).to.equal(hex);
      expect(decodeCbor(fromHex(hex))).to.deep.equal(value);
    }
  });
});

describe('encodeCbor()', () => {
  it('refuses what the format does not write', () => {
    const values: CborValue[] = [
      0.5,
      Number.NaN,
      2 ** 53,
      -(2 ** 53),
      '\ud800',
      '\ufeffa',
      [[1.5]],
      new Map([[1, 0.1]]),
    ];
    for (const value of values) expect(() => encodeCbor(value)).to.throw(TypeError);
  });
});

describe('decodeCbor()', () => {
  const refused: Record<string, [hex: string, code: ErrorCode]> = {
    'no bytes': ['', 'FILE_CUT_SHORT'],
    'a head cut short': ['1903', 'FILE_CUT_SHORT'],
    'bytes cut short': ['430102', 'FILE_CUT_SHORT'],
    'text cut short': ['636162', 'FILE_CUT_SHORT'],
    'an array cut short': ['8201', 'FILE_CUT_SHORT'],
    'a map cut short': ['a101', 'FILE_CUT_SHORT'],
    'an array of 2^53-1 items': ['9b001fffffffffffff', 'FILE_CUT_SHORT'],
    'a map of 2^53-1 pairs': ['bb001fffffffffffff', 'FILE_CUT_SHORT'],
    'a byte string of 2^53-1 bytes': ['5b001fffffffffffff', 'FILE_CUT_SHORT'],
    'trailing bytes': ['0000', 'TRAILING_BYTES'],
    'trailing bytes after an array': ['810000', 'TRAILING_BYTES'],
    'a long head of one byte': ['1817', 'CBOR_NOT_DETERMINISTIC'],
    'a long head of two bytes': ['1900ff', 'CBOR_NOT_DETERMINISTIC'],
    'a long head of four bytes': ['1a0000ffff', 'CBOR_NOT_DETERMINISTIC'],
    'a long head of eight bytes': ['1b00000000ffffffff', 'CBOR_NOT_DETERMINISTIC'],
    'a long length': ['580101', 'CBOR_NOT_DETERMINISTIC'],
    'an indefinite byte string': ['5f4101ff', 'CBOR_NOT_DETERMINISTIC'],
    'indefinite text': ['7f6161ff', 'CBOR_NOT_DETERMINISTIC'],
    'an indefinite array': ['9f01ff', 'CBOR_NOT_DETERMINISTIC'],
    'an indefinite map': ['bf0101ff', 'CBOR_NOT_DETERMINISTIC'],
    'unsorted keys': ['a202010101', 'CBOR_NOT_DETERMINISTIC'],
    'a negative key before a positive one': ['a220010101', 'CBOR_NOT_DETERMINISTIC'],
    'text keys sorted by text and not by length': ['a262616101616202', 'CBOR_NOT_DETERMINISTIC'],
    'a double key': ['a201010102', 'CBOR_NOT_DETERMINISTIC'],
    'a double text key': ['a2616101616102', 'CBOR_NOT_DETERMINISTIC'],
    'a half float': ['f93c00', 'CBOR_MALFORMED'],
    'a single float': ['fa3f800000', 'CBOR_MALFORMED'],
    'a double float': ['fb3ff199999999999a', 'CBOR_MALFORMED'],
    undefined: ['f7', 'CBOR_MALFORMED'],
    'a simple value': ['f0', 'CBOR_MALFORMED'],
    'a simple value of two bytes': ['f8ff', 'CBOR_MALFORMED'],
    'a break': ['ff', 'CBOR_MALFORMED'],
    'a tag': ['c000', 'CBOR_MALFORMED'],
    'a bignum': ['c249010000000000000000', 'CBOR_MALFORMED'],
    'tag 55799': ['d9d9f700', 'CBOR_MALFORMED'],
    '2^53': ['1b0020000000000000', 'CBOR_MALFORMED'],
    '-2^53': ['3b001fffffffffffff', 'CBOR_MALFORMED'],
    'the largest head': ['1bffffffffffffffff', 'CBOR_MALFORMED'],
    'a reserved head': ['1c', 'CBOR_MALFORMED'],
    'an indefinite integer': ['1f', 'CBOR_MALFORMED'],
    'invalid UTF-8': ['61ff', 'CBOR_MALFORMED'],
    'overlong UTF-8': ['62c080', 'CBOR_MALFORMED'],
    'a surrogate in UTF-8': ['63eda080', 'CBOR_MALFORMED'],
    'a byte order mark': ['63efbbbf', 'CBOR_MALFORMED'],
    'bytes as a key': ['a1410101', 'CBOR_MALFORMED'],
    'an array as a key': ['a18001', 'CBOR_MALFORMED'],
    'a boolean as a key': ['a1f401', 'CBOR_MALFORMED'],
    'nine levels': [`${'81'.repeat(9)}00`, 'CBOR_TOO_DEEP'],
    'nine levels of maps': [`${'a100'.repeat(9)}00`, 'CBOR_TOO_DEEP'],
    'sixty thousand levels': ['81'.repeat(60_000), 'CBOR_TOO_DEEP'],
  };
  for (const [what, [hex, code]] of Object.entries(refused)) {
    it(`refuses ${what}: ${code}`, () => {
      expect(codeOf(() => decodeCbor(fromHex(hex)))).to.equal(code);
    });
  }

  it('takes eight levels', () => {
    expect(encodeCbor(decodeCbor(fromHex(`${'81'.repeat(8)}00`)))).to.deep.equal(
      fromHex(`${'81'.repeat(8)}00`),
    );
    expect(codeOf(() => decodeCbor(fromHex(`${'81'.repeat(7)}80`)))).to.equal(null);
  });

  it('takes a key that names a prototype', () => {
    expect(decodeCbor(encodeCbor(new Map([['__proto__', 1]])))).to.deep.equal(new Map([['__proto__', 1]]));
  });

  it('refuses with a LatchkeyError, or gives what encodes to the same bytes, whatever the bytes', () => {
    const head = fc.constantFrom(
      0x00,
      0x18,
      0x20,
      0x41,
      0x61,
      0x78,
      0x81,
      0x82,
      0x98,
      0xa1,
      0xa2,
      0xf4,
      0xf6,
      0xff,
    );
    const plausible = fc.array(fc.oneof(head, fc.nat(255))).map(bytes => Uint8Array.from(bytes));
    fc.assert(
      fc.property(fc.oneof(arbitraryBytes(), plausible), bytes => {
        let value: CborValue = null;
        const code = codeOf(() => {
          value = decodeCbor(bytes);
        });
        if (code === null) expect(encodeCbor(value)).to.deep.equal(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses each value cut at any byte: FILE_CUT_SHORT', () => {
    fc.assert(
      fc.property(cborValue, fc.nat(), (value, at) => {
        const bytes = encodeCbor(value);
        expect(codeOf(() => decodeCbor(bytes.slice(0, at % bytes.length)))).to.equal('FILE_CUT_SHORT');
      }),
    );
  });
});
