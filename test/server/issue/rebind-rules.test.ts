import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  decideApproval,
  decideRebind,
  likenessOf,
  type SeatHolder,
} from '../../../src/issue/decide/rebind.ts';
import type { ActivationRecord } from '../../../src/issue/records.ts';
import { fingerprint, type Signals } from '../../../src/license/node-lock.ts';
import { kiosk } from '../../support/kiosk.ts';

const now = 1_795_000_000;
const hour = 3_600;
const day = 24 * hour;
const key = new Uint8Array(32).fill(7);

/** What a machine tells of itself, by what is different from the kiosk. */
const machines = {
  'the kiosk': kiosk,
  'the kiosk with another screen': { ...kiosk, screen: '3840x2160' },
  'the kiosk with more memory': { ...kiosk, memory: '32' },
  'the kiosk with another graphics card': {
    ...kiosk,
    gpuVendor: 'nvidia',
    gpuFamily: 'rtx',
    webglLimits: '32768',
  },
  'an office computer': {
    ...kiosk,
    gpuVendor: 'amd',
    gpuFamily: 'radeon',
    webglLimits: '2',
    processors: '16',
    screen: '2',
  },
  'a tablet': {
    ...kiosk,
    gpuVendor: 'apple',
    gpuFamily: 'apple m',
    architecture: 'arm-64',
    platform: 'macos',
    memory: '2',
  },
  'who tells the platform alone': { platform: 'windows' },
  'who tells five things that are easily guessed': {
    ...{
      platform: 'windows',
      architecture: 'x86-64',
      browserFamily: 'chromium',
      nanSign: '-',
      language: 'de',
    },
  },
  'who tells nothing': {},
} satisfies Record<string, Signals>;

type Machine = keyof typeof machines;

const idOf = (number: number) => new Uint8Array(16).fill(number);

const activation: ActivationRecord = {
  id: idOf(1),
  licenseId: idOf(9),
  deviceId: new Uint8Array(32),
  userId: null,
  endReason: null,
  endedAtS: null,
  revision: 1,
  reportedSequence: 0,
  reportedHead: new Uint8Array(32),
  reportedDeviceSequence: 1,
  reportedAtS: null,
  finalSequence: null,
  fingerprint: null,
  recoveryCommitment: null,
  online: false,
  grantedAtS: now - 100 * day,
  replaces: null,
  copiedAtS: null,
  changedAtS: null,
  carriedByRevision: null,
};

type Mark =
  | 'blocked'
  | 'copied'
  | 'rebound an hour ago'
  | 'rebound two days ago'
  | 'fingerprint erased'
  | 'of Anna'
  | 'of Ben';

/** A seat with the machine that has it, numbered from 1 in the order of the list. */
function holder(machine: Machine, number: number, mark?: Mark): SeatHolder {
  const rebound = (ago: number) => ({ replaces: idOf(99), grantedAtS: now - ago });
  const marked: Partial<ActivationRecord> = {
    ...(mark === 'rebound an hour ago' && rebound(hour)),
    ...(mark === 'rebound two days ago' && rebound(2 * day)),
    ...(mark === 'of Anna' && { userId: idOf(50) }),
    ...(mark === 'of Ben' && { userId: idOf(51) }),
  };
  const told = mark === 'fingerprint erased' ? null : fingerprint(key, machines[machine]);
  return {
    activation: { ...activation, id: idOf(number), fingerprint: told, ...marked },
    isBlocked: mark === 'blocked',
    isCopied: mark === 'copied',
  };
}

interface Row {
  /** Who asks. */
  asks: Machine;
  /** Who has the seats. */
  seats: [machine: Machine, mark?: Mark][];
  /** Of the license: rebinds without a person, how many were used, how alike. */
  allows?: number | null;
  used?: number;
  alike?: number;
  says?: 'it had this license before' | 'it is Anna' | 'it replaces seat 2' | 'it replaces seat 1';
  /** Number of the seat, or why there is none. */
  gets: number | string;
}

const rows: Row[] = [
  // The same machine, set up again, and what may have changed on it.
  { asks: 'the kiosk', seats: [['the kiosk']], gets: 1 },
  { asks: 'the kiosk', seats: [['an office computer'], ['the kiosk'], ['a tablet']], gets: 2 },
  { asks: 'the kiosk with another screen', seats: [['the kiosk']], gets: 1 },
  { asks: 'the kiosk with more memory', seats: [['the kiosk']], gets: 1 },
  { asks: 'the kiosk with another graphics card', seats: [['the kiosk']], gets: 'none: not alike enough' },
  { asks: 'the kiosk with another graphics card', seats: [['the kiosk']], alike: 65, gets: 1 },
  {
    asks: 'the kiosk with another screen',
    seats: [['the kiosk']],
    alike: 100,
    gets: 'none: not alike enough',
  },
  // Another machine.
  { asks: 'an office computer', seats: [['the kiosk'], ['a tablet']], gets: 'none: not alike' },
  { asks: 'an office computer', seats: [['the kiosk']], alike: 60, gets: 'none: not alike' },
  { asks: 'the kiosk', seats: [], gets: 'none: nobody has a seat' },
  // How often.
  { asks: 'the kiosk', seats: [['the kiosk']], allows: 0, gets: 'none: a person decides' },
  { asks: 'the kiosk', seats: [['the kiosk']], allows: 3, used: 2, gets: 1 },
  { asks: 'the kiosk', seats: [['the kiosk']], allows: 3, used: 3, gets: 'none: used up' },
  { asks: 'the kiosk', seats: [['the kiosk']], allows: null, used: 5000, gets: 1 },
  // Machines of one model look alike.
  { asks: 'the kiosk', seats: [['the kiosk'], ['the kiosk']], gets: 'none: it could be either' },
  {
    asks: 'the kiosk',
    seats: [['the kiosk'], ['the kiosk with another screen']],
    gets: 'none: it could be either',
  },
  { asks: 'the kiosk', seats: [['the kiosk'], ['the kiosk with another screen']], alike: 100, gets: 1 },
  { asks: 'the kiosk', seats: [['the kiosk'], ['the kiosk']], says: 'it replaces seat 2', gets: 2 },
  { asks: 'an office computer', seats: [['the kiosk']], says: 'it replaces seat 1', gets: 'none: not alike' },
  {
    asks: 'the kiosk',
    seats: [['a tablet'], ['the kiosk']],
    says: 'it replaces seat 1',
    gets: 'none: not the one it names',
  },
  // Who makes a fingerprint up, or sends none.
  { asks: 'who tells nothing', seats: [['the kiosk']], gets: 'none: nothing to compare' },
  { asks: 'who tells the platform alone', seats: [['the kiosk']], gets: 'none: too little to compare' },
  {
    asks: 'who tells five things that are easily guessed',
    seats: [['the kiosk']],
    gets: 'none: too little to compare',
  },
  { asks: 'the kiosk', seats: [['who tells nothing']], gets: 'none: nothing to compare' },
  { asks: 'the kiosk', seats: [['the kiosk', 'fingerprint erased']], gets: 'none: nothing to compare' },
  // What a person has to look at first.
  { asks: 'the kiosk', seats: [['the kiosk', 'blocked']], gets: 'none: blocked' },
  { asks: 'the kiosk', seats: [['the kiosk', 'copied']], gets: 'none: a copy is in use' },
  {
    asks: 'the kiosk',
    seats: [['the kiosk', 'blocked'], ['the kiosk']],
    gets: 'none: it could be the blocked one',
  },
  // A seat does not go back and forth.
  { asks: 'the kiosk', seats: [['the kiosk', 'rebound an hour ago']], gets: 'none: not twice a day' },
  { asks: 'the kiosk', seats: [['the kiosk', 'rebound two days ago']], gets: 1 },
  {
    asks: 'the kiosk',
    seats: [['the kiosk']],
    says: 'it had this license before',
    gets: 'none: it has its key still',
  },
  // Users take seats of their own devices alone.
  {
    asks: 'the kiosk',
    seats: [
      ['the kiosk', 'of Ben'],
      ['the kiosk', 'of Anna'],
    ],
    says: 'it is Anna',
    gets: 2,
  },
  { asks: 'the kiosk', seats: [['the kiosk', 'of Ben']], says: 'it is Anna', gets: 'none: of another user' },
];

suite('decideRebind()', () => {
  for (const { asks, seats, allows = 5, used = 0, alike = 90, says, gets } of rows) {
    const list = seats.map(([machine, mark]) => (mark ? `${machine} (${mark})` : machine)).join(', ');
    const terms = `${used} of ${allows ?? 'any number of'} used, ${alike} % alike`;
    test(`${asks} asks${says ? `, ${says}` : ''}; seats: ${list || 'none'}; ${terms}: ${gets}`, () => {
      const asker = {
        fingerprint: fingerprint(key, machines[asks]),
        userId: says === 'it is Anna' ? idOf(50) : null,
        hadLicense: says === 'it had this license before',
        namedId: says?.startsWith('it replaces') ? idOf(Number(says.at(-1))) : null,
      };
      const license = { maxRebinds: allows, rebindsUsed: used, rebindLikeness: alike };
      const holders = seats.map(([machine, mark], index) => holder(machine, index + 1, mark));
      const seat = decideRebind(license, asker, holders, now);
      assert.deepEqual(seat?.id ?? null, typeof gets === 'number' ? idOf(gets) : null);
    });
  }
});

suite('likenessOf()', () => {
  const told = (machine: Machine) => fingerprint(key, machines[machine]);
  const all: [Machine, Machine, number | null][] = [
    ['the kiosk', 'the kiosk', 100],
    ['the kiosk', 'the kiosk with another screen', 95],
    ['the kiosk', 'the kiosk with another graphics card', 68],
    ['the kiosk', 'a tablet', 42],
    ['the kiosk', 'who tells the platform alone', null],
    ['the kiosk', 'who tells nothing', null],
  ];
  for (const [one, other, percent] of all) {
    test(`${one} and ${other}: ${percent === null ? 'not to be compared' : `${percent} %`}`, () => {
      assert.equal(likenessOf(told(one), told(other)), percent);
      assert.equal(likenessOf(told(other), told(one)), percent);
    });
  }

  test('there is nothing to compare once a fingerprint was erased, or where none was sent', () => {
    assert.equal(likenessOf(null, told('the kiosk')), null);
    assert.equal(likenessOf(told('the kiosk'), undefined), null);
  });
});

suite('decideApproval()', () => {
  const seat = holder('the kiosk', 1);
  const all: [what: string, approvedAtS: number | null, seat: SeatHolder | null, holds: boolean][] = [
    ['of an hour ago', now - hour, seat, true],
    ['of 89 days ago', now - 89 * day, seat, true],
    ['of 90 days ago is too old', now - 90 * day, seat, false],
    ['that was never given', null, seat, false],
    ['for a seat that there is not', now, null, false],
    ['for a device that was blocked since', now, holder('the kiosk', 1, 'blocked'), false],
    [
      'for a seat that was given up since',
      now,
      { ...seat, activation: { ...seat.activation, endReason: 'deactivated' } },
      false,
    ],
    ['for another machine: a person has looked', now, holder('a tablet', 1), true],
    ['for one that is copied: a person has looked', now, holder('the kiosk', 1, 'copied'), true],
  ];
  for (const [what, approvedAtS, held, holds] of all) {
    test(`a yes ${what} ${holds ? 'holds' : 'does not hold'}`, () => {
      assert.equal(decideApproval({ approvedAtS }, held, now) !== null, holds);
    });
  }
});
