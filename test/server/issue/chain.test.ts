import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Head, Total } from '../../../src/format/claims.ts';
import {
  type ChainRelation,
  compareChain,
  deltasOf,
  type KnownChain,
} from '../../../src/issue/decide/chain.ts';
import type { ActivationRecord } from '../../../src/issue/records.ts';
import { firstHead } from '../../../src/license/consumption/chain.ts';

const id = new Uint8Array(16).fill(9);

/** The head after so many entries of chain a, b, … */
function head(sequence: number, chain = 'a'): Head {
  if (sequence === 0) return firstHead(id);
  return { sequence, head: new Uint8Array(32).fill(sequence + chain.charCodeAt(0)) };
}

const used = (amount: number, counter = ''): Total => ({ counter, used: amount, givenBack: 0 });

const activation: ActivationRecord = {
  id,
  licenseId: new Uint8Array(16),
  deviceId: new Uint8Array(32),
  userId: null,
  endReason: null,
  endedAtS: null,
  revision: 1,
  reportedSequence: 5,
  reportedHead: head(5).head,
  reportedDeviceSequence: 20,
  reportedAtS: 1,
  finalSequence: null,
  fingerprint: null,
  recoveryCommitment: null,
  online: false,
  grantedAtS: 1,
  replaces: null,
  copiedAtS: null,
  changedAtS: null,
  carriedByRevision: null,
};

const known: KnownChain = { activation, heads: [head(2), head(5)], totals: [used(50)] };

interface Case {
  readonly name: string;
  readonly at: Head;
  readonly heads: readonly Head[];
  readonly totals?: readonly Total[];
  readonly deviceSequence?: number;
  readonly activation?: Partial<ActivationRecord>;
  readonly expect: ChainRelation;
}

const nineHeads = [head(1), ...[6, 7, 8, 9, 10, 11, 12, 13].map(sequence => head(sequence))];

const cases: readonly Case[] = [
  { name: 'the next entries', at: head(7), heads: [head(5), head(7)], expect: 'further' },
  {
    name: 'the next entries after a lost answer',
    at: head(7),
    heads: [head(2), head(5), head(7)],
    expect: 'further',
  },
  { name: 'no entry since', at: head(5), heads: [head(5)], totals: [used(50)], expect: 'counted' },
  {
    name: 'an older report that comes late',
    at: head(2),
    heads: [head(0), head(2)],
    deviceSequence: 9,
    expect: 'counted',
  },
  {
    name: 'an older report whose head is not known',
    at: head(3),
    heads: [head(2)],
    deviceSequence: 9,
    expect: 'counted',
  },
  { name: 'another head at a counted entry', at: head(7), heads: [head(5, 'b')], expect: 'two-heads' },
  {
    name: 'another head at an earlier report',
    at: head(7),
    heads: [head(2, 'b'), head(5)],
    expect: 'two-heads',
  },
  {
    name: 'another first head',
    at: head(7),
    heads: [{ ...head(0), head: new Uint8Array(32) }],
    expect: 'two-heads',
  },
  { name: 'another head where it stands', at: head(5, 'b'), heads: [head(2)], expect: 'two-heads' },
  { name: 'two heads for where it stands', at: head(7), heads: [head(5), head(7, 'b')], expect: 'two-heads' },
  {
    name: 'a report that was counted and that it never made',
    at: head(7),
    heads: [head(2)],
    expect: 'two-heads',
  },
  { name: 'a head left out because there are too many', at: head(13), heads: nineHeads, expect: 'further' },
  {
    name: 'an acknowledgement that a restored portal forgot',
    at: head(9),
    heads: [head(8)],
    expect: 'further',
  },
  {
    name: 'fewer entries, later',
    at: head(3),
    heads: [head(2)],
    deviceSequence: 30,
    expect: 'fewer-entries',
  },
  { name: 'sums that fall', at: head(7), heads: [head(5)], totals: [used(49)], expect: 'fewer-entries' },
  {
    name: 'a sum that is left out',
    at: head(7),
    heads: [head(5)],
    totals: [used(60, 'pages')],
    expect: 'fewer-entries',
  },
  { name: 'the end', at: head(5), heads: [head(5)], activation: { finalSequence: 5 }, expect: 'counted' },
  {
    name: 'past the end',
    at: head(6),
    heads: [head(5)],
    activation: { finalSequence: 5 },
    expect: 'after-end',
  },
];

suite('compareChain()', () => {
  for (const { name, at, heads, totals = [used(70)], deviceSequence = 21, expect, ...rest } of cases) {
    test(`says ${expect} for ${name}`, () => {
      const stated = { deviceSequence, heads, consumption: { ...at, totals } };
      assert.equal(
        compareChain({ ...known, activation: { ...activation, ...rest.activation } }, stated),
        expect,
      );
    });
  }
});

test('deltasOf() adds what each counter rose by, and nothing for one that did not', () => {
  const before = [used(50), { counter: 'pages', used: 7, givenBack: 1 }];
  const after = [used(50), { counter: 'pages', used: 9, givenBack: 4 }, used(2, 'import')];
  assert.deepEqual(deltasOf(before, after), [
    { counter: 'pages', used: 2, givenBack: 3 },
    { counter: 'import', used: 2, givenBack: 0 },
  ]);
});
