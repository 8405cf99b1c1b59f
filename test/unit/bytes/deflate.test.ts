import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { type DeflateOptions, deflateSync, inflateSync } from 'fflate';
import { type Bytes, concatBytes, utf8 } from '../../../src/bytes/bytes.ts';
import { deflate } from '../../../src/bytes/deflate.ts';
import { DICTIONARY_1 } from '../../../src/bytes/dictionary.ts';
import { fromHex } from '../../../src/bytes/hex.ts';
import { inflate } from '../../../src/bytes/inflate.ts';
import type { ErrorCode } from '../../../src/errors.ts';
import { arbitraryBytes } from '../../support/arbitrary-bytes.ts';
import { codeOf } from '../../support/code-of.ts';

const MAX = 256 * 1024;

/** Bytes that compress: words in any order, with noise between. */
const compressible = fc
  .array(fc.oneof(fc.constantFrom('export', 'Windows x86_64', 'aaaaaaaaaaaa', 'report'), fc.string()), {
    maxLength: 200,
  })
  .map(words => utf8(words.join('')));
const anyBytes = fc.oneof(arbitraryBytes({ maxLength: 2000 }), compressible);

/** Level 0 gives stored blocks, short input fixed codes, long input dynamic ones. */
const level = fc.constantFrom<NonNullable<DeflateOptions['level']>>(0, 1, 6, 9);

function deflateAt(bytes: Bytes, atLevel: DeflateOptions['level']): Bytes {
  const options = atLevel === undefined ? {} : { level: atLevel };
  return new Uint8Array(deflateSync(bytes, { ...options, dictionary: DICTIONARY_1 }));
}

describe('deflate() and inflate()', () => {
  it('give the bytes back, or do not deflate', () => {
    fc.assert(
      fc.property(anyBytes, bytes => {
        const deflated = deflate(bytes);
        if (deflated === null) return;
        expect(deflated.length).to.be.lessThan(bytes.length);
        expect(inflate(deflated, bytes.length, MAX)).to.deep.equal(bytes);
      }),
    );
  });

  it('do not deflate what does not become shorter', () => {
    expect(deflate(fromHex('00'))).to.equal(null);
    expect(deflate(new Uint8Array(0))).to.equal(null);
  });

  it('use the dictionary: one reference holds 19 bytes', () => {
    expect(deflate(utf8('Export to PDFexport'))?.length).to.be.lessThan(8);
  });
});

describe('inflate()', () => {
  it('takes stored, fixed and dynamic blocks', () => {
    fc.assert(
      fc.property(anyBytes, level, (bytes, atLevel) => {
        expect(inflate(deflateAt(bytes, atLevel), bytes.length, MAX)).to.deep.equal(bytes);
      }),
    );
  });

  it('goes on at the next whole byte where a stored block follows a compressed one', () => {
    const stream = fromHex('4a04040100feff62');
    expect(inflate(stream, 2, MAX)).to.deep.equal(utf8('ab'));
    expect(inflateSync(stream)).to.deep.equal(utf8('ab'));
  });

  it('takes codes of every length, looked up or searched for', () => {
    // Each byte is about half as frequent as the one before it.
    let state = 1;
    const bytes = Uint8Array.from({ length: 60_000 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.clz32(state);
    });
    const stream = deflateAt(bytes, 1);
    expect(inflate(stream, bytes.length, MAX)).to.deep.equal(bytes);
    for (let length = stream.length - 1; length > stream.length - 300; length -= 1) {
      expect(codeOf(() => inflate(stream.slice(0, length), bytes.length, MAX))).to.equal('DEFLATE_MALFORMED');
    }
  });

  it('refuses a declared length past the limit before it looks at the stream: INFLATED_TOO_LARGE', () => {
    expect(codeOf(() => inflate(fromHex('ff'), 1001, 1000))).to.equal('INFLATED_TOO_LARGE');
  });

  it('refuses any other length than the declared one: INFLATED_LENGTH_WRONG', () => {
    fc.assert(
      fc.property(anyBytes, level, fc.nat(3000), (bytes, atLevel, declared) => {
        fc.pre(declared !== bytes.length);
        expect(codeOf(() => inflate(deflateAt(bytes, atLevel), declared, MAX))).to.equal(
          'INFLATED_LENGTH_WRONG',
        );
      }),
    );
  });

  it('takes no more than the declared length of a bomb', () => {
    const bomb = deflateAt(new Uint8Array(40 * 1024 * 1024), 9);
    expect(codeOf(() => inflate(bomb, 100, MAX))).to.equal('INFLATED_LENGTH_WRONG');
  });

  it('refuses bytes after the final block: DEFLATE_TRAILING_BYTES', () => {
    fc.assert(
      fc.property(
        anyBytes,
        level,
        arbitraryBytes({ minLength: 1, maxLength: 300 }),
        (bytes, atLevel, trailing) => {
          const stream = concatBytes(deflateAt(bytes, atLevel), trailing);
          expect(codeOf(() => inflate(stream, bytes.length, MAX))).to.equal('DEFLATE_TRAILING_BYTES');
        },
      ),
    );
  });

  it('refuses a stream cut at any byte: DEFLATE_MALFORMED', () => {
    fc.assert(
      fc.property(anyBytes, level, fc.nat(), (bytes, atLevel, at) => {
        const stream = deflateAt(bytes, atLevel);
        const cut = stream.slice(0, at % stream.length);
        expect(codeOf(() => inflate(cut, bytes.length, MAX))).to.equal('DEFLATE_MALFORMED');
      }),
    );
  });

  const malformed: Record<string, string> = {
    'no bytes': '',
    'a reserved block type': '07',
    'a stored block cut short': '010200fdff00',
    'a distance past the dictionary': '035e0000',
    'length symbol 286 of the fixed code': '1b03',
    'distance symbol 30 of the fixed code': '033e',
  };
  for (const [what, hex] of Object.entries(malformed)) {
    it(`refuses ${what}: DEFLATE_MALFORMED`, () => {
      expect(codeOf(() => inflate(fromHex(hex), 8, MAX))).to.equal('DEFLATE_MALFORMED');
    });
  }

  it('refuses with a LatchkeyError, or agrees with fflate, whatever the bytes', () => {
    const allowed: (ErrorCode | null)[] = [
      null,
      'DEFLATE_MALFORMED',
      'DEFLATE_TRAILING_BYTES',
      'INFLATED_LENGTH_WRONG',
    ];
    fc.assert(
      fc.property(arbitraryBytes({ maxLength: 100 }), fc.nat(300), (stream, declared) => {
        let inflated: Bytes | null = null;
        const code = codeOf(() => {
          inflated = inflate(stream, declared, MAX);
        });
        expect(allowed).to.include(code);
        if (inflated)
          expect(inflated).to.deep.equal(new Uint8Array(inflateSync(stream, { dictionary: DICTIONARY_1 })));
      }),
      { numRuns: 5000 },
    );
  });
});
