import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import {
  type Errand,
  errandsDue,
  FIRST_RETRY_MS,
  INTERVALS,
  LONGEST_RETRY_AFTER_MS,
  LONGEST_RETRY_MS,
  nextDueAtMs,
  type Occasion,
  retryAtMs,
  type Standing,
  type Waiting,
  withJitter,
} from '../../../src/client/sync/rules.ts';

const nowMs = Date.UTC(2026, 10, 26);
const minute = 60_000;
const hour = 60 * minute;

/** A license that was loaded so long ago. */
function license(agoMs: number, changes: Partial<Standing> = {}): Standing {
  const standing = { unreported: 0, hasOpenReport: false, isUrgent: false, isOver: false };
  return { licenseId: 'license', loadedAtMs: nowMs - agoMs, ...standing, ...changes };
}

function waiting(changes: Partial<Waiting>): Waiting {
  return { files: [], licenses: [], answeredAtMs: null, ...changes };
}

const file = (isRefused = false) => ({ files: [{ id: 'file', isRefused }] });
const send: Errand = { kind: 'send', id: 'file' };
const report: Errand = { kind: 'report', id: 'license' };

describe('errandsDue()', () => {
  /** What is due at the start or when the network is back, and what later. */
  const cases: [string, Partial<Waiting>, Errand[], Errand[]][] = [
    ['nothing', {}, [], []],
    ['a file that waits', file(), [send], [send]],
    ['a refused file, never sent', file(true), [send], [send]],
    ['a refused file after 4 minutes', { ...file(true), answeredAtMs: nowMs - 4 * minute }, [], []],
    ['a refused file after 5 minutes', { ...file(true), answeredAtMs: nowMs - 5 * minute }, [send], []],
    ['a refused file after an hour', { ...file(true), answeredAtMs: nowMs - hour }, [send], [send]],
    [
      'a refused file, answered in a time to come',
      { ...file(true), answeredAtMs: nowMs + hour },
      [send],
      [send],
    ],
    ['a license of now', { licenses: [license(0)] }, [], []],
    ['a license of 59 minutes', { licenses: [license(59 * minute)] }, [], []],
    ['a license of an hour', { licenses: [license(hour)] }, [report], []],
    ['a license of a day', { licenses: [license(24 * hour)] }, [report], [report]],
    ['a license of a time to come', { licenses: [license(-hour)] }, [report], [report]],
    ['consumption, 4 minutes', { licenses: [license(4 * minute, { unreported: 1 })] }, [], []],
    ['consumption, 5 minutes', { licenses: [license(5 * minute, { unreported: 1 })] }, [report], []],
    ['consumption, an hour', { licenses: [license(hour, { unreported: 1 })] }, [report], [report]],
    [
      'a license that locks, 5 minutes',
      { licenses: [license(5 * minute, { isUrgent: true })] },
      [report],
      [],
    ],
    ['a license that locks, an hour', { licenses: [license(hour, { isUrgent: true })] }, [report], [report]],
    [
      'a report under way',
      { licenses: [license(999 * hour, { unreported: 9, hasOpenReport: true })] },
      [],
      [],
    ],
    ['an ended license', { licenses: [license(999 * hour, { isOver: true, isUrgent: true })] }, [], []],
    [
      'an ended license with consumption',
      { licenses: [license(hour, { isOver: true, unreported: 1 })] },
      [report],
      [report],
    ],
  ];
  for (const [name, changes, back, later] of cases) {
    it(name, () => {
      expect(errandsDue(waiting(changes), nowMs, 'back'), 'back').to.deep.equal(back);
      expect(errandsDue(waiting(changes), nowMs, 'later'), 'later').to.deep.equal(later);
    });
  }

  it('sends files before it makes reports, in their order', () => {
    const files = [
      { id: 'b', isRefused: false },
      { id: 'a', isRefused: false },
    ];
    const due = errandsDue(waiting({ files, licenses: [license(24 * hour)] }), nowMs, 'later');
    expect(due.map(({ id }) => id)).to.deep.equal(['b', 'a', 'license']);
  });
});

describe('nextDueAtMs()', () => {
  it('is null while nothing will ever be due', () => {
    expect(nextDueAtMs(waiting({ licenses: [license(0, { isOver: true })] }), nowMs)).to.equal(null);
  });

  it('is now for what is due, else when the first of all will be', () => {
    expect(nextDueAtMs(waiting(file()), nowMs)).to.equal(nowMs);
    const licenses = [license(hour), license(0, { unreported: 1 })];
    expect(nextDueAtMs(waiting({ licenses }), nowMs)).to.equal(nowMs + INTERVALS.report.later);
  });

  it('is the moment from which something is due', () => {
    const times = fc.integer({ min: -48 * hour, max: 48 * hour });
    const standings = fc.record({
      ago: times,
      unreported: fc.nat(2),
      isUrgent: fc.boolean(),
      isOver: fc.boolean(),
    });
    fc.assert(
      fc.property(standings, fc.boolean(), times, ({ ago, ...standing }, isRefused, answered) => {
        const all = waiting({
          ...file(isRefused),
          licenses: [license(ago, standing)],
          answeredAtMs: nowMs + answered,
        });
        const at = nextDueAtMs(all, nowMs) ?? Number.NaN;
        expect(at).to.be.at.least(nowMs);
        expect(errandsDue(all, at, 'later')).not.to.deep.equal([]);
        if (at > nowMs) expect(errandsDue(all, at - 1, 'later')).to.deep.equal([]);
      }),
    );
  });
});

describe('retryAtMs()', () => {
  const cases: [string, { count: number; ago?: number; wait?: number }, Occasion, number][] = [
    ['a first failure', { count: 1 }, 'later', FIRST_RETRY_MS],
    ['a second failure', { count: 2 }, 'later', 2 * FIRST_RETRY_MS],
    ['a fifth failure', { count: 5 }, 'later', 16 * FIRST_RETRY_MS],
    ['the hundredth failure', { count: 100 }, 'later', LONGEST_RETRY_MS],
    ['a failure before the network was back', { count: 100 }, 'back', 0],
    ['a portal that asks to wait', { count: 1, wait: 600 }, 'later', 600_000],
    ['a portal that asks to wait, the network is back', { count: 1, wait: 600 }, 'back', 600_000],
    ['a portal that asks for less', { count: 5, wait: 1 }, 'later', 16 * FIRST_RETRY_MS],
    ['something that asks for years', { count: 1, wait: 1e9 }, 'back', LONGEST_RETRY_AFTER_MS],
    ['a failure in a time to come', { count: 9, ago: -hour, wait: 600 }, 'later', 0],
  ];
  for (const [name, { count, ago = 0, wait }, occasion, waitMs] of cases) {
    it(`waits ${waitMs / 1000} s after ${name}`, () => {
      const data = wait === undefined ? {} : { retryAfterSeconds: wait };
      expect(retryAtMs({ count, atMs: nowMs - ago, data }, nowMs, occasion) - nowMs).to.equal(waitMs);
    });
  }

  it('withJitter() only makes a wait longer, by a quarter at most', () => {
    expect([0, 0.5, 1].map(random => withJitter(1000, random))).to.deep.equal([1000, 1125, 1250]);
  });
});
