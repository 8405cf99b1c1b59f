import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { fromBase45, toBase45 } from '../../../src/bytes/base45.ts';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { fromUtf8, utf8 } from '../../../src/bytes/bytes.ts';
import { readCarrier } from '../../../src/bytes/carrier.ts';
import { FrameReader, FrameWriter } from '../../../src/bytes/fountain.ts';
import { codeOf } from '../../support/code-of.ts';

/** Bytes that differ from block to block. */
function fileOf(length: number): Bytes {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8) * 7 + length) & 255);
}

/** Adds frames of these numbers until the file is whole; how many that took. */
function readUntilWhole(file: Bytes, numbers: readonly number[]): number {
  const writer = new FrameWriter(file);
  const reader = new FrameReader();
  for (const [at, number] of numbers.entries()) {
    const progress = reader.add(writer.frame(number));
    if (!progress.file) continue;
    expect(progress.file).to.deep.equal(file);
    return at + 1;
  }
  return Number.POSITIVE_INFINITY;
}

const upFrom = (first: number, amount: number) => Array.from({ length: amount }, (_, index) => first + index);

describe('FrameWriter and FrameReader', () => {
  it('carry a file of any length in as many frames as it has blocks, when none is lost', () => {
    for (const length of [1, 2, 299, 300, 301, 600, 601, 5_000, 65_535, 65_536]) {
      const { blocks } = new FrameWriter(fileOf(length));
      expect(blocks).to.equal(Math.ceil(length / 300));
      expect(readUntilWhole(fileOf(length), upFrom(0, blocks))).to.equal(blocks);
    }
  });

  it('need few frames more than blocks, whichever are lost and in whatever order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_000 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 0xffffffff }), { minLength: 70, maxLength: 70 }),
        (length, numbers) => {
          const { blocks } = new FrameWriter(fileOf(length));
          expect(readUntilWhole(fileOf(length), numbers)).to.be.at.most(blocks + 40);
        },
      ),
    );
  });

  it('need hardly more than two frames too many on average', () => {
    const lengths = upFrom(0, 60).map(index => 1_000 + index * 137);
    const surplus = lengths.map(length => {
      const { blocks } = new FrameWriter(fileOf(length));
      return readUntilWhole(fileOf(length), upFrom(blocks + 17, blocks + 60)) - blocks;
    });
    const mean = surplus.reduce((sum, each) => sum + each, 0) / surplus.length;
    expect(mean).to.be.below(2.5);
  });

  it('learns nothing from the same frame twice', () => {
    const writer = new FrameWriter(fileOf(2_000));
    const reader = new FrameReader();
    for (const number of [3, 3, 3]) expect(reader.add(writer.frame(number)).known).to.equal(1);
  });

  it('begins anew with a frame of another file', () => {
    const one = new FrameWriter(fileOf(500));
    const other = new FrameWriter(fileOf(400));
    const reader = new FrameReader();
    reader.add(one.frame(0));
    expect(reader.add(other.frame(0))).to.deep.equal({ blocks: 2, known: 1, file: null });
    expect(reader.add(other.frame(1)).file).to.deep.equal(fileOf(400));
  });

  it('refuses what is no frame: CARRIER_DAMAGED', () => {
    const frame = new FrameWriter(fileOf(700)).frame(2);
    const bytes = fromBase45(frame.slice(5));
    const withByte = (at: number, byte: number) => {
      const changed = bytes.slice();
      changed[at] = byte;
      return `LK1F:${toBase45(changed)}`;
    };
    const wrong = ['', 'LK1:', 'LK1F:', frame.slice(1), frame.slice(0, -3), `${frame}000`, `${frame}a`];
    for (const text of [...wrong, withByte(4, 9), withByte(5, 200), withByte(7, 200)]) {
      expect(
        codeOf(() => new FrameReader().add(text)),
        text.slice(0, 30),
      ).to.equal('CARRIER_DAMAGED');
    }
  });

  it('forgets frames that make another file than they say: CARRIER_DAMAGED, and the next begin anew', () => {
    const writer = new FrameWriter(fileOf(500));
    const bytes = fromBase45(writer.frame(1).slice(5));
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    const reader = new FrameReader();
    reader.add(writer.frame(0));
    expect(codeOf(() => reader.add(`LK1F:${toBase45(bytes)}`))).to.equal('CARRIER_DAMAGED');
    expect(reader.add(writer.frame(0)).known).to.equal(1);
    expect(reader.add(writer.frame(1)).file).to.deep.equal(fileOf(500));
  });

  it('refuses a file that is empty or too long, and numbers of more than 32 bits', () => {
    for (const length of [0, 65_537])
      expect(() => new FrameWriter(new Uint8Array(length))).to.throw(RangeError);
    const writer = new FrameWriter(fileOf(1));
    for (const number of [-1, 0.5, 2 ** 32]) expect(() => writer.frame(number)).to.throw(RangeError);
    expect(writer.frame(0xffffffff)).to.match(/^LK1F:[0-9A-Z $%*+\-./:]+$/);
  });
});

describe('readCarrier() and frames', () => {
  const file = Uint8Array.of(0xd9, 0xd9, 0xf7, ...fileOf(800));
  const writer = new FrameWriter(file);

  it('reads frames that stand on lines', () => {
    const text = [9, 1, 7, 2, 12, 13, 14, 15].map(number => writer.frame(number)).join('\r\n');
    expect(readCarrier(utf8(`\n${text}\n\n`))).to.deep.equal(file);
  });

  it('says how many are missing: FILE_CUT_SHORT', () => {
    const text = utf8(`${writer.frame(0)}\n${writer.frame(2)}`);
    expect(codeOf(() => readCarrier(text))).to.equal('FILE_CUT_SHORT');
    expect(fromUtf8(text)).to.contain('LK1F:');
  });
});
