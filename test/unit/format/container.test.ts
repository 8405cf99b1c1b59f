import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { type Bytes, concatBytes } from '../../../src/bytes/bytes.ts';
import { fromHex } from '../../../src/bytes/hex.ts';
import { decodeContainer, encodeContainer } from '../../../src/format/container.ts';
import { codeOf, errorOf } from '../../support/code-of.ts';

const file = (length: number): Bytes => concatBytes(fromHex('d9d9f7d2'), new Uint8Array(length));

describe('encodeContainer()', () => {
  it('is undone by decodeContainer() for any number and length of files', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 70_00 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(lengths, sizes => {
        const files = sizes.map(file);
        expect(decodeContainer(encodeContainer(files))).to.deep.equal(files);
      }),
      { numRuns: 30 },
    );
  });

  it('refuses to make an empty container', () => {
    expect(() => encodeContainer([])).to.throw(RangeError);
  });
});

describe('decodeContainer()', () => {
  const codeOfHex = (hex: string) => codeOf(() => decodeContainer(fromHex(hex)));

  it('takes a single file in its shortest form', () => {
    expect(codeOfHex('d9d9f78144d9d9f7d2')).to.equal(null);
  });

  it('refuses what is no container', () => {
    expect(codeOfHex('d9d9f7d284')).to.equal('FILE_NOT_LATCHKEY');
    expect(codeOfHex('d9d9f8814400000000')).to.equal('FILE_NOT_LATCHKEY');
  });

  it('refuses a container in a container', () => {
    expect(codeOfHex('d9d9f78144d9d9f780')).to.equal('FILE_NOT_LATCHKEY');
  });

  it('refuses a container without a file', () => {
    expect(codeOfHex('d9d9f780')).to.equal('FILE_EMPTY');
  });

  it('refuses a container that is cut anywhere', () => {
    const whole = encodeContainer([file(3), file(300)]);
    for (let length = 5; length < whole.length; length += 1) {
      expect(codeOf(() => decodeContainer(whole.slice(0, length)))).to.equal('FILE_CUT_SHORT');
    }
  });

  it('says how much is there of a container that is cut within its last file', () => {
    const whole = encodeContainer([file(3), file(300)]);
    const dataAt = (length: number) => errorOf(() => decodeContainer(whole.slice(0, length)))?.data;
    expect(dataAt(100)).to.deep.equal({ bytes: 100, expectedBytes: whole.length });
    expect(dataAt(8)).to.deep.equal({});
  });

  it('refuses bytes after the last file', () => {
    expect(codeOfHex('d9d9f78144d9d9f7d200')).to.equal('TRAILING_BYTES');
  });

  it('refuses indefinite and long lengths', () => {
    expect(codeOfHex('d9d9f79f44d9d9f7d2ff')).to.equal('CBOR_NOT_DETERMINISTIC');
    expect(codeOfHex('d9d9f7980144d9d9f7d2')).to.equal('CBOR_NOT_DETERMINISTIC');
    expect(codeOfHex('d9d9f7815804d9d9f7d2')).to.equal('CBOR_NOT_DETERMINISTIC');
  });

  it('refuses anything but byte strings in it', () => {
    expect(codeOfHex('d9d9f78101')).to.equal('CBOR_MALFORMED');
  });

  it('refuses a file past 64 KiB before it looks for its bytes', () => {
    expect(codeOfHex('d9d9f7815a00010001')).to.equal('FILE_TOO_LARGE');
    expect(codeOfHex('d9d9f7815bffffffffffffffff')).to.equal('FILE_TOO_LARGE');
  });
});
