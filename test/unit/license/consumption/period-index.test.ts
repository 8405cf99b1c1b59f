import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  periodIndex,
  periodStart,
  type ResetPeriod,
  resetOf,
} from '../../../../src/license/consumption/period.ts';
import { seconds } from '../sample-license.ts';

const tokyo = 540;
const newYork = -300;
const resets: readonly ResetPeriod[] = ['daily', 'weekly', 'monthly', 'annually'];
const anyReset = fc.constantFrom(...resets);
const anyOffset = fc.integer({ min: -720, max: 840 });
const anyTime = fc.integer({ min: seconds('2020-01-01'), max: seconds('2120-01-01') });

describe('periodIndex()', () => {
  type Row = [reset: ResetPeriod, zone: string, utcOffset: number, last: string, first: string];
  const rows: Row[] = [
    ['daily', 'UTC', 0, '2026-11-14T23:59', '2026-11-15T00:00'],
    ['daily', 'Tokyo', tokyo, '2026-11-14T14:59', '2026-11-14T15:00'],
    ['daily', 'New York', newYork, '2026-11-15T04:59', '2026-11-15T05:00'],
    ['weekly', 'UTC, on Monday', 0, '2026-11-15T23:59', '2026-11-16T00:00'],
    ['weekly', 'Tokyo, on Monday', tokyo, '2026-11-15T14:59', '2026-11-15T15:00'],
    ['monthly', 'UTC', 0, '2026-11-30T23:59', '2026-12-01T00:00'],
    ['monthly', 'UTC, after a leap day', 0, '2028-02-29T23:59', '2028-03-01T00:00'],
    ['monthly', 'New York', newYork, '2026-12-01T04:59', '2026-12-01T05:00'],
    ['annually', 'UTC', 0, '2026-12-31T23:59', '2027-01-01T00:00'],
    ['annually', 'Tokyo', tokyo, '2026-12-31T14:59', '2026-12-31T15:00'],
  ];
  for (const [reset, zone, utcOffset, last, first] of rows) {
    it(`turns over ${reset} in ${zone} at ${first}, not at ${last}`, () => {
      const [before, after] = [last, first].map(on => periodIndex(reset, seconds(on), utcOffset));
      expect(after).to.equal((before ?? 0) + 1);
      expect(periodStart(reset, after ?? 0, utcOffset)).to.equal(seconds(first));
    });
  }

  it('numbers November 2026 as FORMAT.md does', () => {
    const november = seconds('2026-11-20');
    expect(resets.map(reset => periodIndex(reset, november))).to.deep.equal([20777, 2968, 682, 56]);
  });

  it('lies between its own start and the next, and never falls', () => {
    fc.assert(
      fc.property(anyReset, anyTime, anyOffset, fc.nat(4_000_000), (reset, time, utcOffset, later) => {
        const index = periodIndex(reset, time, utcOffset);
        expect(time).to.be.within(
          periodStart(reset, index, utcOffset),
          periodStart(reset, index + 1, utcOffset) - 1,
        );
        expect(periodIndex(reset, time + later, utcOffset)).to.be.at.least(index);
      }),
    );
  });

  it('says by itself which reset it is of, for a hundred years', () => {
    const [first, last] = [seconds('2026-01-01'), seconds('2126-01-01')];
    const ranges = resets.map(reset => [periodIndex(reset, first), periodIndex(reset, last)] as const);
    const inOrder = ranges.toSorted(([one], [other]) => one - other);
    for (const reset of resets) {
      expect([first, last].map(time => resetOf(periodIndex(reset, time)))).to.deep.equal([reset, reset]);
    }
    inOrder.slice(1).forEach(([from], index) => {
      expect(from).to.be.above(inOrder[index]?.[1] ?? 0);
    });
  });
});
