import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { LatchkeyError } from '../../../../src/errors.ts';
import type { Limits, Period } from '../../../../src/format/claims.ts';
import type { License } from '../../../../src/format/license.ts';
import {
  type Counted,
  noConsumption,
  recordConsumption,
} from '../../../../src/license/consumption/consumption.ts';
import { periodsAfterAcknowledgement, type ResetPeriod } from '../../../../src/license/consumption/period.ts';
import { counterStatus, totalOf } from '../../../../src/license/consumption/remaining.ts';
import { licenseStatus } from '../../../../src/license/status.ts';
import { filled, sampleLicense, seconds } from '../sample-license.ts';

const tokyo = 540;
const resets: readonly ResetPeriod[] = ['daily', 'weekly', 'monthly', 'annually'];
const anyReset = fc.constantFrom(...resets);
const anyOffset = fc.integer({ min: -720, max: 840 });

/** A license issued on 1 November 2026. */
const counting = (limits: Limits, more: Partial<License> = {}) =>
  sampleLicense({ licenseType: 'consumption', limits, ...more });

/** What is used in this order, at these times. */
function use(license: License, acts: readonly [on: string, amount: number][]): Counted {
  const start: Counted = { consumption: noConsumption(filled(16, 5)) };
  return acts.reduce((counted, [on, amount]) => {
    const direction = amount < 0 ? 'given-back' : 'used';
    const act = { counter: '', direction, amount: Math.abs(amount), nonce: filled(8, 1) } as const;
    return recordConsumption(license, counted, act, seconds(on) * 1000);
  }, start);
}

/** What is told of it on 5 February 2027. */
function noticesOf(license: License, { consumption, periods }: Counted): string[] {
  const input = { license, totals: consumption.totals, periods, clockSetBack: false };
  const nodeLock = { matches: true, scorePercent: 100, comparedPercent: 100, changed: [] };
  const { notices } = licenseStatus({ ...input, nodeLock, deviceTimeMs: seconds('2027-02-05') * 1000 });
  return notices.map(({ kind }) => kind);
}

function available(
  license: License,
  { consumption, periods }: Counted,
  on: string,
): number | null | undefined {
  return counterStatus(license, '', { totals: consumption.totals, periods }, seconds(on) * 1000)?.available;
}

describe('a counter that begins anew', () => {
  const monthly: Limits = { maximum: 100, resetPeriod: 'monthly' };
  type Row = [what: string, limits: Limits, acts: [on: string, amount: number][], on: string, left: number];
  const rows: Row[] = [
    ['a month has begun', monthly, [], '2026-11-05', 100],
    ['30 were used this month', monthly, [['2026-11-05', 30]], '2026-11-30T23:59', 70],
    ['30 were used last month', monthly, [['2026-11-05', 30]], '2026-12-01', 100],
    ['all was used last month', monthly, [['2026-11-05', 100]], '2026-12-01', 100],
    [
      '10 of 30 were given back',
      monthly,
      [
        ['2026-11-05', 30],
        ['2026-11-06', -10],
      ],
      '2026-11-07',
      80,
    ],
    ['others used 60 this month', { ...monthly, baseline: 60 }, [], '2026-11-05', 40],
    ['others used 60 last month', { ...monthly, baseline: 60 }, [], '2026-12-05', 100],
    [
      'its overage of 5 is untouched',
      { ...monthly, overageMaximum: 5 },
      [['2026-12-05', 100]],
      '2026-12-06',
      5,
    ],
    ['a year has 100', { maximum: 100, resetPeriod: 'annually' }, [['2026-11-05', 30]], '2026-12-31', 70],
    ['a day has 10', { maximum: 10, resetPeriod: 'daily' }, [['2026-11-05', 10]], '2026-11-06', 10],
    ['a week has 10', { maximum: 10, resetPeriod: 'weekly' }, [['2026-11-06', 4]], '2026-11-08', 6],
    [
      'a share of 20 holds for each month',
      { ...monthly, allotment: 20 },
      [['2026-11-05', 20]],
      '2026-12-01',
      20,
    ],
  ];
  for (const [what, limits, acts, on, left] of rows) {
    it(`has ${left} left when ${what}`, () => {
      const license = counting(limits);
      expect(available(license, use(license, acts), on)).to.equal(left);
    });
  }

  it('goes on by the time zone of the license', () => {
    const license = counting(monthly, { utcOffset: tokyo });
    const used = use(license, [['2026-11-30T14:00', 100]]);
    expect(available(license, used, '2026-11-30T14:59')).to.equal(0);
    expect(available(license, used, '2026-11-30T15:00')).to.equal(100);
  });

  it('gives back no more than was used in the period', () => {
    const license = counting(monthly);
    const acts: [string, number][] = [
      ['2026-11-30', 5],
      ['2026-12-01', -1],
    ];
    expect(() => use(license, acts)).to.throw(LatchkeyError, 'CONSUMPTION_RANGE');
  });

  it('says when the next period opens', () => {
    const at = (on: string, more: Partial<License> = {}) =>
      counterStatus(counting(monthly, more), '', { totals: [] }, seconds(on) * 1000)?.period?.endsAtMs;
    expect(at('2026-11-20')).to.equal(Date.UTC(2026, 11, 1));
    expect(at('2027-06-20')).to.equal(Date.UTC(2027, 6, 1));
    expect(at('2026-11-20', { maxOpenPeriods: 1 })).to.equal(Date.UTC(2026, 11, 1));
    expect(at('2026-12-20', { maxOpenPeriods: 1 })).to.equal(null);
  });

  it('opens no more periods than the license says before a newer one is loaded, and tells', () => {
    const license = counting(monthly, { maxOpenPeriods: 2 });
    const acts: [string, number][] = ['2026-11-05', '2026-12-05', '2027-01-05'].map(on => [on, 100]);
    const used = use(license, acts);
    expect(available(license, used, '2027-02-05')).to.equal(0);
    expect(available(license, used, '2031-02-05')).to.equal(0);
    const renewed = { ...license, issuedAt: seconds('2027-02-05') };
    expect(available(renewed, used, '2027-02-05')).to.equal(100);
    expect(noticesOf(license, used)).to.deep.equal(['used-up', 'period-held']);
  });

  type Told = [what: string, limits: Limits, used: [on: string, amount: number][], kinds: string[]];
  const told: Told[] = [
    ['nothing while none of it is used', monthly, [['2026-11-05', 100]], []],
    ['that no other follows, once a part is used', monthly, [['2027-01-05', 5]], ['period-held']],
    [
      'both that it is in overage and that no other follows',
      { ...monthly, overageMaximum: 9 },
      [['2027-01-05', 105]],
      ['overage', 'period-held'],
    ],
    [
      'that the share is used up, while others have overage left',
      { ...monthly, overageMaximum: 9, allotment: 104 },
      [['2027-01-05', 104]],
      ['share-used-up', 'period-held'],
    ],
  ];
  for (const [what, limits, acts, kinds] of told) {
    it(`tells of the last period ${what}`, () => {
      const license = counting(limits, { maxOpenPeriods: 2 });
      expect(noticesOf(license, use(license, acts))).to.deep.equal(kinds);
    });
  }

  it('loses no period of a counter beside others that begin anew more often, also without a portal', () => {
    const features = Array.from({ length: 20 }, (_, index) => ({
      code: `f${index}`,
      limits: { resetPeriod: 'daily' } as const,
    }));
    const codes = fc.constantFrom('', ...features.map(({ code }) => code));
    fc.assert(
      fc.property(fc.array(codes, { minLength: 100, maxLength: 140 }), used => {
        const license = counting({ maximum: 100, resetPeriod: 'annually' }, { features });
        const act = { direction: 'used', amount: 1, nonce: filled(8, 1) } as const;
        const first: Counted = { consumption: noConsumption(filled(16, 5)) };
        let counted = recordConsumption(
          license,
          first,
          { ...act, counter: '', amount: 60 },
          license.issuedAt * 1000,
        );
        used.forEach((counter, index) => {
          const timeMs = (license.issuedAt + Math.floor(index / 3) * 86_400) * 1000;
          counted = recordConsumption(license, counted, { ...act, counter }, timeMs);
        });
        const own = used.filter(counter => counter === '').length;
        expect(available(license, counted, '2026-11-01')).to.equal(40 - own);
        for (const { code } of features) {
          const periods = counted.periods.filter(({ counter }) => counter === code);
          expect(sum(periods, 'used')).to.equal(totalOf(counted.consumption.totals, code).used);
        }
      }),
    );
  });

  it('never passes its ceiling in any period, and its periods add up to what it counted in all', () => {
    const acts = fc.array(
      fc.record({
        afterHours: fc.nat(24 * 40),
        direction: fc.constantFrom('used' as const, 'given-back' as const),
        amount: fc.integer({ min: 1, max: 60 }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(
        anyReset,
        anyOffset,
        fc.nat(100),
        fc.nat(10),
        acts,
        (resetPeriod, utcOffset, maximum, over, all) => {
          const license = counting({ maximum, overageMaximum: over, resetPeriod }, { utcOffset });
          let counted: Counted = { consumption: noConsumption(filled(16, 5)) };
          let timeS = license.issuedAt;
          for (const { afterHours, direction, amount } of all) {
            timeS += afterHours * 3600;
            const act = { counter: '', direction, amount, nonce: filled(8, 1) };
            counted = attempt(license, counted, act, timeS * 1000);
          }
          const periods = counted.periods ?? [];
          for (const { used, givenBack } of periods) expect(used - givenBack).to.be.within(0, maximum + over);
          const { used, givenBack } = totalOf(counted.consumption.totals, '');
          expect([sum(periods, 'used'), sum(periods, 'givenBack')]).to.deep.equal([used, givenBack]);
        },
      ),
    );
  });
});

function attempt(
  license: License,
  counted: Counted,
  act: Parameters<typeof recordConsumption>[2],
  timeMs: number,
): Counted {
  try {
    return recordConsumption(license, counted, act, timeMs);
  } catch (error) {
    if (error instanceof LatchkeyError) return counted;
    throw error;
  }
}

function sum(periods: readonly Period[], name: 'used' | 'givenBack'): number {
  return periods.reduce((total, period) => total + period[name], 0);
}

describe('periodsAfterAcknowledgement()', () => {
  it('keeps the period that goes on, and forgets past ones and counters that begin anew no more', () => {
    const license = { issuedAt: seconds('2026-12-10') };
    const period = (counter: string, index: number) => ({ counter, index, used: 3, givenBack: 0 });
    const kept = periodsAfterAcknowledgement(
      [period('', 682), period('', 683), period('pages', 683)],
      license,
      counter => (counter === '' ? 'monthly' : undefined),
    );
    expect(kept).to.deep.equal([period('', 683)]);
  });

  it('forgets periods of the reset that a counter had before', () => {
    const license = { issuedAt: seconds('2026-12-10') };
    const period = (index: number) => ({ counter: '', index, used: 3, givenBack: 0 });
    const kept = periodsAfterAcknowledgement([period(20_796), period(683)], license, () => 'monthly');
    expect(kept).to.deep.equal([period(683)]);
  });
});
