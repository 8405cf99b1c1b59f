import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { toHex } from '../../../../src/bytes/hex.ts';
import type { Head } from '../../../../src/format/claims.ts';
import {
  type ConsumptionEntry,
  equalHeads,
  firstHead,
  headsAfterAcknowledgement,
  headsAfterReport,
  MAX_REPORTED_HEADS,
  nextHead,
} from '../../../../src/license/consumption/chain.ts';
import { filled } from '../sample-license.ts';

const start = firstHead(filled(16, 5));
const entry = (sequence: number, changes: Partial<ConsumptionEntry> = {}): ConsumptionEntry => ({
  sequence,
  counter: 'scans',
  direction: 'used',
  amount: 1,
  nonce: filled(8, sequence),
  ...changes,
});
const at = (sequence: number): Head => ({ sequence, head: filled(32, sequence) });
const sequencesOf = (heads: readonly Head[] | null) => heads?.map(({ sequence }) => sequence);

describe('the consumption chain', () => {
  it('starts from the activation id', async () => {
    const text = new TextEncoder().encode('latchkey-1 chain');
    const hash = await crypto.subtle.digest('SHA-256', Uint8Array.of(...text, ...filled(16, 5)));
    expect(start).to.deep.equal({ sequence: 0, head: new Uint8Array(hash) });
  });

  it('hashes the head before with the CBOR of each entry', async () => {
    const encoded = [0x85, 1, 0x65, ...new TextEncoder().encode('scans'), 0, 1, 0x48, ...filled(8, 1)];
    const hash = await crypto.subtle.digest('SHA-256', Uint8Array.of(...start.head, ...encoded));
    expect(nextHead(start, entry(1))).to.deep.equal({ sequence: 1, head: new Uint8Array(hash) });
  });

  it('ends elsewhere for every difference in an entry', () => {
    const variants: Partial<ConsumptionEntry>[] = [
      {},
      { counter: '' },
      { direction: 'given-back' },
      { amount: 2 },
      { nonce: filled(8, 9) },
    ];
    const heads = variants.map(changes => toHex(nextHead(start, entry(1, changes)).head));
    expect(new Set(heads).size).to.equal(variants.length);
  });

  it('takes entries in their order only', () => {
    expect(() => nextHead(start, entry(2))).to.throw(RangeError);
  });

  it('compares place and hash', () => {
    expect(equalHeads(at(3), at(3))).to.equal(true);
    expect(equalHeads(at(3), { sequence: 4, head: filled(32, 3) })).to.equal(false);
    expect(equalHeads(at(3), { sequence: 3, head: filled(32, 4) })).to.equal(false);
  });
});

describe('headsAfterReport()', () => {
  it('adds the head of a report once', () => {
    const heads = headsAfterReport([at(0)], at(7));
    expect(sequencesOf(heads)).to.deep.equal([0, 7]);
    expect(headsAfterReport(heads, at(7))).to.equal(heads);
  });

  it('keeps the acknowledged head and the last eight reported ones', () => {
    let heads: readonly Head[] = [at(0)];
    for (let sequence = 1; sequence <= 12; sequence += 1) heads = headsAfterReport(heads, at(sequence));
    expect(heads).to.have.length(1 + MAX_REPORTED_HEADS);
    expect(sequencesOf(heads)).to.deep.equal([0, 5, 6, 7, 8, 9, 10, 11, 12]);
  });
});

describe('headsAfterAcknowledgement()', () => {
  const heads = [at(0), at(3), at(7), at(9)];

  it('keeps the acknowledged head and the later ones', () => {
    expect(sequencesOf(headsAfterAcknowledgement(heads, at(7)))).to.deep.equal([7, 9]);
    expect(sequencesOf(headsAfterAcknowledgement(heads, at(0)))).to.deep.equal([0, 3, 7, 9]);
  });

  it('is unmoved by an older answer that is loaded late', () => {
    expect(headsAfterAcknowledgement([at(7), at(9)], at(3))).to.deep.equal([at(7), at(9)]);
  });

  it('is null for another head at a known place: a copied profile', () => {
    expect(headsAfterAcknowledgement(heads, { sequence: 7, head: filled(32, 1) })).to.equal(null);
  });

  it('is null for a place that this chain has not reached: a restored profile', () => {
    expect(headsAfterAcknowledgement(heads, at(12))).to.equal(null);
  });

  it('never keeps more than can be stated', () => {
    const steps = fc.array(fc.record({ by: fc.nat(3), acknowledge: fc.boolean() }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, moves => {
        let kept: readonly Head[] = [at(0)];
        let sequence = 0;
        for (const { by, acknowledge } of moves) {
          sequence += by;
          kept = headsAfterReport(kept, at(sequence % 256));
          if (acknowledge) kept = headsAfterAcknowledgement(kept, kept.at(-1) ?? at(0)) ?? [];
          expect(kept.length).to.be.within(1, 1 + MAX_REPORTED_HEADS);
        }
      }),
    );
  });
});
