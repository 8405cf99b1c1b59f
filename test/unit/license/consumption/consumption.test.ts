import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { LatchkeyError } from '../../../../src/errors.ts';
import type { Consumption, Limits } from '../../../../src/format/claims.ts';
import { MAX_AMOUNT } from '../../../../src/format/codec.ts';
import {
  type ConsumptionAct,
  noConsumption,
  recordConsumption,
} from '../../../../src/license/consumption/consumption.ts';
import { limitsOf, remaining, totalOf } from '../../../../src/license/consumption/remaining.ts';
import { filled, sampleLicense } from '../sample-license.ts';

const nonce = filled(8, 1);
const counted = (limits: Limits) => sampleLicense({ features: [{ code: 'scans', limits }] });
const used = (amount: number, counter = 'scans'): ConsumptionAct => ({
  counter,
  direction: 'used',
  amount,
  nonce,
});
const back = (amount: number): ConsumptionAct => ({
  counter: 'scans',
  direction: 'given-back',
  amount,
  nonce,
});

function record(
  limits: Limits,
  acts: readonly ConsumptionAct[],
  from = noConsumption(filled(16, 5)),
): Consumption {
  const license = counted(limits);
  return acts.reduce(
    (consumption, act) => recordConsumption(license, { consumption }, act, 0).consumption,
    from,
  );
}

function refusal(limits: Limits, acts: readonly ConsumptionAct[]): LatchkeyError {
  try {
    record(limits, acts);
  } catch (error) {
    if (error instanceof LatchkeyError) return error;
  }
  throw new Error('expected a LatchkeyError');
}

describe('remaining()', () => {
  type Row = [
    what: string,
    limits: Limits,
    used: number,
    givenBack: number,
    left: number | null,
    over: number,
    available: number | null,
  ];
  const rows: Row[] = [
    ['100 allowed, none used', { maximum: 100 }, 0, 0, 100, 0, 100],
    ['100 allowed, 40 used', { maximum: 100 }, 40, 0, 60, 0, 60],
    ['100 allowed, 40 used and 15 given back', { maximum: 100 }, 40, 15, 75, 0, 75],
    ['100 allowed and 20 over, 100 used', { maximum: 100, overageMaximum: 20 }, 100, 0, 0, 0, 20],
    ['100 allowed and 20 over, 110 used', { maximum: 100, overageMaximum: 20 }, 110, 0, 0, 10, 10],
    ['100 allowed and 20 over, all used', { maximum: 100, overageMaximum: 20 }, 120, 0, 0, 20, 0],
    ['100 allowed, 30 used elsewhere', { maximum: 100, baseline: 30 }, 10, 0, 60, 0, 60],
    ['100 allowed, 80 used, then reset in the console', { maximum: 100, baseline: -80 }, 80, 0, 100, 0, 100],
    ['lowered to 50 after 70 were used', { maximum: 50 }, 70, 0, 0, 20, 0],
    ['no maximum', {}, 1_000_000, 0, null, 0, null],
    ['none allowed', { maximum: 0 }, 0, 0, 0, 0, 0],
    ['a share of 25 of 100, none used', { maximum: 100, allotment: 25 }, 0, 0, 100, 0, 25],
    ['a share of 25 of 100, 20 used', { maximum: 100, allotment: 25 }, 20, 0, 80, 0, 5],
    ['a share of 25 of 100, 95 used elsewhere', { maximum: 100, allotment: 25, baseline: 95 }, 0, 0, 5, 0, 5],
    ['a share of 25 and no maximum', { allotment: 25 }, 20, 0, null, 0, 5],
    ['a share of 25, 25 used and 5 given back', { maximum: 100, allotment: 25 }, 25, 5, 80, 0, 5],
    ['40 more given back than used', { maximum: 100, mayBeNegative: true }, 10, 50, 140, 0, 140],
  ];
  for (const [what, limits, usedSum, givenBack, left, overage, available] of rows) {
    it(`with ${what} leaves ${left ?? 'any number'}, ${available ?? 'any number'} with overage`, () => {
      const result = remaining(limits, { used: usedSum, givenBack });
      expect(result).to.include({ remaining: left, overage, available });
    });
  }
});

describe('recordConsumption()', () => {
  it('counts the license itself and each feature apart', () => {
    const license = sampleLicense({
      limits: { maximum: 10 },
      features: [{ code: 'scans', limits: { maximum: 5 } }, { code: 'export' }],
    });
    let consumption = noConsumption(license.activationId);
    for (const act of [used(3, ''), used(4), used(2, '')]) {
      consumption = recordConsumption(license, { consumption }, act, 0).consumption;
    }
    expect(totalOf(consumption.totals, '').used).to.equal(5);
    expect(totalOf(consumption.totals, 'scans').used).to.equal(4);
    expect(consumption.sequence).to.equal(3);
    expect(limitsOf(license, 'export')).to.equal(null);
    expect(() => recordConsumption(license, { consumption }, used(1, 'export'), 0)).to.throw(
      LatchkeyError,
      'FEATURE_UNKNOWN',
    );
    expect(() => recordConsumption(license, { consumption }, used(1, 'other'), 0)).to.throw(
      LatchkeyError,
      'FEATURE_UNKNOWN',
    );
  });

  it('goes to the maximum, into overage, and no further', () => {
    const limits = { maximum: 10, overageMaximum: 2 };
    expect(totalOf(record(limits, [used(10), used(2)]).totals, 'scans').used).to.equal(12);
    const error = refusal(limits, [used(10), used(2), used(1)]);
    expect(error.code).to.equal('CONSUMPTION_EXCEEDED');
    expect(error.data).to.deep.equal({ counter: 'scans', amount: 1, available: 0 });
  });

  it('records nothing of an act that does not fit as a whole', () => {
    const before = record({ maximum: 10 }, [used(8)]);
    expect(() => record({ maximum: 10 }, [used(3)], before)).to.throw(LatchkeyError, 'CONSUMPTION_EXCEEDED');
    expect(totalOf(before.totals, 'scans').used).to.equal(8);
  });

  it('makes room by giving back, while both sums rise', () => {
    const { totals } = record({ maximum: 10 }, [used(10), back(4), used(3)]);
    expect(totalOf(totals, 'scans')).to.deep.equal({ counter: 'scans', used: 13, givenBack: 4 });
  });

  it('takes back no more than this device used', () => {
    expect(refusal({ maximum: 100, baseline: 50 }, [used(2), back(3)]).code).to.equal('CONSUMPTION_RANGE');
    expect(refusal({ maximum: 100 }, [back(1)]).code).to.equal('CONSUMPTION_RANGE');
  });

  it('takes back more than was used where the license lets a total be negative', () => {
    const limits = { maximum: 10, mayBeNegative: true };
    const { totals } = record(limits, [back(40), used(50)]);
    expect(totalOf(totals, 'scans')).to.include({ used: 50, givenBack: 40 });
    expect(refusal(limits, [back(40), used(51)]).code).to.equal('CONSUMPTION_EXCEEDED');
    expect(refusal(limits, [back(MAX_AMOUNT), back(1)]).code).to.equal('CONSUMPTION_RANGE');
  });

  it('goes no further than the share of this device', () => {
    expect(refusal({ maximum: 100, allotment: 25 }, [used(25), used(1)]).data).to.deep.equal({
      counter: 'scans',
      amount: 1,
      available: 0,
    });
  });

  it('goes on after a report was answered with a reset or a higher maximum', () => {
    const before = record({ maximum: 10 }, [used(10)]);
    expect(totalOf(record({ maximum: 10, baseline: -10 }, [used(7)], before).totals, 'scans').used).to.equal(
      17,
    );
    expect(totalOf(record({ maximum: 20 }, [used(7)], before).totals, 'scans').used).to.equal(17);
  });

  it('takes positive safe integers only', () => {
    for (const amount of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(refusal({}, [used(amount)]).code, String(amount)).to.equal('CONSUMPTION_RANGE');
      expect(refusal({}, [used(5), back(amount)]).code, String(amount)).to.equal('CONSUMPTION_RANGE');
    }
    expect(refusal({}, [used(MAX_AMOUNT), used(1)]).code).to.equal('CONSUMPTION_RANGE');
  });
});

describe('consumption, in any order of acts', () => {
  const acts = fc.array(
    fc.record({
      counter: fc.constantFrom('', 'scans', 'pages'),
      direction: fc.constantFrom('used' as const, 'given-back' as const),
      amount: fc.integer({ min: -1, max: 12 }),
      nonce: fc.uint8Array({ minLength: 8, maxLength: 8 }).map(bytes => new Uint8Array(bytes)),
    }),
    { maxLength: 40 },
  );
  const limits = fc.record({
    maximum: fc.nat(40),
    overageMaximum: fc.nat(10),
    baseline: fc.integer({ min: -20, max: 20 }),
  });
  const license = (ceilings: Limits) =>
    sampleLicense({
      limits: ceilings,
      features: ['scans', 'pages'].map(code => ({ code, limits: ceilings })),
    });
  const attempt = (ceilings: Limits, before: Consumption, act: ConsumptionAct): Consumption | null => {
    try {
      return recordConsumption(license(ceilings), { consumption: before }, act, 0).consumption;
    } catch (error) {
      if (error instanceof LatchkeyError) return null;
      throw error;
    }
  };

  it('has sums that only rise and never pass the ceiling', () => {
    fc.assert(
      fc.property(limits, acts, (ceilings, tried) => {
        const ceiling = ceilings.maximum + ceilings.overageMaximum;
        let consumption = noConsumption(filled(16, 5));
        for (const act of tried) {
          const after = attempt(ceilings, consumption, act) ?? consumption;
          const [then, now] = [totalOf(consumption.totals, act.counter), totalOf(after.totals, act.counter)];
          expect(now.used).to.be.at.least(then.used);
          expect(now.givenBack).to.be.within(then.givenBack, now.used);
          const { total } = remaining(ceilings, now);
          expect(total).to.be.at.most(Math.max(ceiling, ceilings.baseline));
          consumption = after;
        }
      }),
    );
  });

  it('counts every entry in the sequence, and nothing else', () => {
    fc.assert(
      fc.property(limits, acts, (ceilings, tried) => {
        let consumption = noConsumption(filled(16, 5));
        let recorded = 0;
        for (const act of tried) {
          const after = attempt(ceilings, consumption, act);
          recorded += after === null ? 0 : 1;
          consumption = after ?? consumption;
        }
        expect(consumption.sequence).to.equal(recorded);
      }),
    );
  });

  it('comes to the same sums whatever the order, when there is room', () => {
    const uses = fc.array(
      fc.record({ counter: fc.constantFrom('', 'scans'), amount: fc.integer({ min: 1, max: 9 }) }),
    );
    const orders = uses.chain(list =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    const sums = (list: readonly { counter: string; amount: number }[]) => {
      const end = list.reduce<Consumption>(
        (before, { counter, amount }) => attempt({}, before, used(amount, counter)) ?? before,
        noConsumption(filled(16, 5)),
      );
      return [totalOf(end.totals, ''), totalOf(end.totals, 'scans')];
    };
    fc.assert(
      fc.property(orders, ([first, second]) => {
        expect(sums(first)).to.deep.equal(sums(second));
      }),
    );
  });
});
