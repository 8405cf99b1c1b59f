import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { LatchkeyError } from '../../../src/errors.ts';
import { makeRefresh, releaseSeat } from '../../../src/issue/administer/devices.ts';
import { editLicense, resetUsage } from '../../../src/issue/administer/licenses.ts';
import { decideShare, type Holding } from '../../../src/issue/decide/share.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { type TestPortal, terms, testPortal } from '../support/test-portal.ts';

const idOf = (number: number) => new Uint8Array(16).fill(number);
const holding = (number: number, net: number, held: number | null): Holding => ({
  activationId: idOf(number),
  net,
  share: held === null ? null : { ceiling: held, held },
});

suite('decideShare()', () => {
  type Row = [
    what: string,
    size: number | null,
    endedUsed: number,
    others: [used: number, mayUse: number][],
    used: number,
    mayUse: number,
  ];
  const rows: Row[] = [
    ['the first of a fresh maximum', 100, 0, [], 0, 25],
    [
      'the fourth, beside three full shares',
      100,
      0,
      [
        [0, 25],
        [0, 25],
        [0, 25],
      ],
      0,
      25,
    ],
    [
      'the fifth, where all is given out',
      100,
      0,
      [
        [0, 25],
        [0, 25],
        [0, 25],
        [0, 25],
      ],
      0,
      0,
    ],
    [
      'one for which less than a share is left',
      100,
      0,
      [
        [0, 45],
        [0, 45],
      ],
      0,
      10,
    ],
    ['one that has used all of its first share', 100, 0, [[0, 25]], 25, 50],
    ['one that has used a part of it', 100, 0, [], 10, 35],
    ['one beside a device that gave the license up after using 90', 100, 90, [], 0, 10],
    ['one beside a device that used more than its share', 100, 0, [[95, 25]], 0, 5],
    ['one of a maximum that is used up', 100, 100, [], 0, 0],
    ['one of a maximum that was lowered below what is used', 100, 130, [], 0, 0],
    ['one without a maximum', null, 5000, [[25, 50]], 10, 35],
    ['one that gave more back than it used', 100, 0, [], -10, 15],
  ];
  for (const [what, size, endedUsed, others, used, mayUse] of rows) {
    test(`lets ${what} use ${mayUse} in all, with shares of 25`, () => {
      const holdings = [
        holding(0, used, null),
        ...others.map(([net, held], index) => holding(index + 1, net, held)),
      ];
      const total = endedUsed + holdings.reduce((sum, { net }) => sum + net, 0);
      const pool = { size, total, holdings, most: 25, isTurning: false };
      const { ceiling } = decideShare(pool, idOf(0), true);
      assert.equal(ceiling, mayUse);
    });
  }

  test('frees nothing by a smaller share before the device says that it has the file', () => {
    const own = { ...holding(0, 10, 60), share: { ceiling: 60, held: 60 } };
    const pool = { size: 100, total: 10, holdings: [own], most: 20, isTurning: false };
    const lowered = decideShare(pool, idOf(0), false);
    assert.deepEqual(lowered, { ceiling: 30, held: 60 });
    const holdings = [{ ...own, share: lowered }];
    assert.deepEqual(decideShare({ ...pool, holdings }, idOf(0), false), { ceiling: 30, held: 60 });
    assert.deepEqual(decideShare({ ...pool, holdings }, idOf(0), true), { ceiling: 30, held: 30 });
  });

  test('of a month stays within the month after it, whatever was set back or came back in this one', () => {
    const month = { size: 100, most: 100, isTurning: true };
    const afterReset = { ...month, total: 0, holdings: [holding(0, 60, 60), holding(1, 40, 40)] };
    assert.equal(decideShare(afterReset, idOf(0), true).ceiling, 60);
    const afterOneGaveBack = { ...month, total: -50, holdings: [holding(0, 0, null)] };
    assert.equal(decideShare(afterOneGaveBack, idOf(0), true).ceiling, 100);
    assert.equal(
      decideShare({ ...afterOneGaveBack, isTurning: false, most: 200 }, idOf(0), true).ceiling,
      150,
    );
  });

  test('never lets devices use more than the maximum together, whatever they report, lose or give up', () => {
    const step = fc.record({
      device: fc.nat(3),
      act: fc.constantFrom(
        'uses',
        'reports',
        'loses the answer',
        'gives up',
        'is sent a refresh',
        'edits the share',
        'gives back',
        'resets',
        'turns over',
      ),
      amount: fc.integer({ min: 1, max: 40 }),
    });
    const steps = fc.array(step, { maxLength: 60, size: 'max' });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        steps,
        (size, most, isTurning, story) => {
          const world = new SharedWorld({ size, most, isTurning });
          for (const { device, act, amount } of story) {
            if (act === 'uses') world.use(device, amount);
            if (act === 'reports') world.report(device, { isAnswerLoaded: true });
            if (act === 'loses the answer') world.report(device, { isAnswerLoaded: false });
            if (act === 'is sent a refresh') world.refresh(device, amount % 2 === 0);
            if (act === 'gives up') world.giveUp(device);
            if (act === 'edits the share') world.most = amount;
            if (act === 'gives back') world.giveBack(device, amount);
            if (act === 'resets') world.reset();
            if (act === 'turns over') world.turnOver();
            assert(world.counted <= size, `used ${world.counted} of ${size}`);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** What was used, in each period. */
class Nets {
  readonly #nets = new Map<number, number>();

  in(period: number): number {
    return this.#nets.get(period) ?? 0;
  }

  add(period: number, amount: number): void {
    this.#nets.set(period, this.in(period) + amount);
  }

  addAll(other: Nets): void {
    for (const [period, net] of other.#nets) this.add(period, net);
  }

  copy(): Nets {
    const nets = new Nets();
    nets.addAll(this);
    return nets;
  }
}

interface SharedDevice {
  readonly id: number;
  readonly used: Nets;
  mayUse: number;
  revision: number;
}

interface KnownDevice {
  readonly nets: Nets;
  readonly share: Holding['share'];
  readonly revision: number;
}

/** Devices of one license, each with what it knows alone, and the portal, with what it was told. */
class SharedWorld {
  /** As the vendor has it now. */
  most: number;
  readonly #size: number;
  readonly #isTurning: boolean;
  #period = 0;
  #nextId = 0;
  #revision = 0;
  readonly #used = new Nets();
  readonly #ended = new Nets();
  readonly #adjustments = new Nets();
  readonly #known = new Map<number, KnownDevice>();
  readonly #devices = new Map<number, SharedDevice>();

  constructor({ size, most, isTurning }: { size: number; most: number; isTurning: boolean }) {
    this.#size = size;
    this.most = most;
    this.#isTurning = isTurning;
  }

  /** What counts against the maximum now: also what no report has stated yet. */
  get counted(): number {
    return this.#used.in(this.#period) + this.#adjustments.in(this.#period);
  }

  use(device: number, amount: number): void {
    const state = this.#devices.get(device);
    if (state) this.#count(state, Math.max(0, Math.min(amount, state.mayUse - state.used.in(this.#period))));
  }

  giveBack(device: number, amount: number): void {
    const state = this.#devices.get(device);
    if (state) this.#count(state, -amount);
  }

  report(device: number, { isAnswerLoaded }: { isAnswerLoaded: boolean }): void {
    const state = this.#devices.get(device) ?? {
      id: this.#nextId++,
      used: new Nets(),
      mayUse: 0,
      revision: 0,
    };
    const known = this.#known.get(state.id);
    const isNewest = known?.revision === state.revision;
    const told = { nets: state.used.copy(), share: known?.share ?? null };
    this.#answer(told, { state, isNewest, isLoaded: isAnswerLoaded });
    this.#devices.set(device, state);
  }

  refresh(device: number, isLoaded: boolean): void {
    const state = this.#devices.get(device);
    const known = state && this.#known.get(state.id);
    if (state && known) this.#answer(known, { state, isNewest: false, isLoaded });
  }

  giveUp(device: number): void {
    const state = this.#devices.get(device);
    if (!state) return;
    this.#ended.addAll(state.used);
    this.#known.delete(state.id);
    this.#devices.delete(device);
  }

  /** A vendor sets back what was used, not what came back. */
  reset(): void {
    const total = this.#total();
    if (total > 0) this.#adjustments.add(this.#period, -total);
  }

  turnOver(): void {
    if (this.#isTurning) this.#period += 1;
  }

  #count({ used }: SharedDevice, amount: number): void {
    used.add(this.#period, amount);
    this.#used.add(this.#period, amount);
  }

  #total(): number {
    const nets = [this.#ended, this.#adjustments, ...[...this.#known.values()].map(each => each.nets)];
    return nets.reduce((sum, net) => sum + net.in(this.#period), 0);
  }

  #answer(
    told: Omit<KnownDevice, 'revision'>,
    { state, isNewest, isLoaded }: { state: SharedDevice; isNewest: boolean; isLoaded: boolean },
  ): void {
    this.#known.set(state.id, { ...told, revision: this.#revision });
    const holdings = [...this.#known].map(([id, { nets, share }]) => ({
      activationId: idOf(id),
      net: nets.in(this.#period),
      share,
    }));
    const share = decideShare(
      { size: this.#size, total: this.#total(), holdings, most: this.most, isTurning: this.#isTurning },
      idOf(state.id),
      isNewest,
    );
    this.#revision += 1;
    this.#known.set(state.id, { ...told, share, revision: this.#revision });
    if (!isLoaded) return;
    state.mayUse = share.ceiling;
    state.revision = this.#revision;
  }
}

const shared = { maximum: 100, overageMaximum: 0, share: 40 };

async function fleet(portal: TestPortal, count: number, limits: object = shared) {
  const { license, key } = await portal.issue({ maxActivations: 9, limits: { ...shared, ...limits } });
  const devices = await Promise.all(Array.from({ length: count }, () => TestDevice.create(portal)));
  for (const device of devices) await trip(portal, device, await device.request(key));
  return { license, key, devices };
}

/** Uses one after the other until the device refuses. */
function useUp(device: TestDevice): number {
  for (let used = 0; ; used += 1) {
    try {
      device.consume(1);
    } catch (error) {
      if (error instanceof LatchkeyError && error.code === 'CONSUMPTION_EXCEEDED') return used;
      throw error;
    }
  }
}

suite('a maximum of 100 in shares of 40', () => {
  test('is used by four devices that are offline, and not passed', async t => {
    const portal = await testPortal(t);
    const { license, devices } = await fleet(portal, 4);
    assert.deepEqual(devices.map(useUp), [40, 40, 20, 0]);
    for (const device of devices) await trip(portal, device, await device.report());
    assert.equal((await portal.license(license.id)).meter.used, 100);
    assert.deepEqual(devices.map(useUp), [0, 0, 0, 0]);
  });

  test('goes back from a device that gives the license up to one that reports', async t => {
    const portal = await testPortal(t);
    const { devices } = await fleet(portal, 4);
    const [one, , , four] = devices;
    assert(one && four);
    one.consume(10);
    await trip(portal, one, await one.deactivate());
    await trip(portal, four, await four.report());
    assert.equal(useUp(four), 30);
  });

  test('goes back when the vendor releases the seat of a device that is lost', async t => {
    const portal = await testPortal(t);
    const { devices } = await fleet(portal, 4);
    const [one, , , four] = devices;
    const id = one?.license?.claims.activationId;
    assert(id && four);
    await portal.administer('owner@example', (records, context) => releaseSeat(id, records, context));
    await trip(portal, four, await four.report());
    assert.equal(useUp(four), 40);
  });

  test('is given out again after a reset, past what was used', async t => {
    const portal = await testPortal(t);
    const { license, devices } = await fleet(portal, 1);
    const [one] = devices;
    assert(one);
    for (const more of [40, 40, 20]) {
      assert.equal(useUp(one), more);
      await trip(portal, one, await one.report());
    }
    await portal.administer('owner@example', (records, context) =>
      resetUsage({ licenseId: license.id, counter: '' }, records, context),
    );
    await trip(portal, one, await one.report());
    assert.equal(useUp(one), 40);
  });

  test('of each month is shared anew each month', async t => {
    const portal = await testPortal(t);
    const { devices } = await fleet(portal, 3, { resetPeriod: 'monthly' });
    assert.deepEqual(devices.map(useUp), [40, 40, 20]);
    portal.wait(30 * 86_400);
    for (const device of devices) device.clockMs += 30 * 86_400_000;
    assert.deepEqual(devices.map(useUp), [40, 40, 20], 'without the portal');
  });

  test('that gets smaller shares frees them once the devices have reported by the new file', async t => {
    const portal = await testPortal(t);
    const { license, devices } = await fleet(portal, 3);
    const [one, , three] = devices;
    const activationId = one?.license?.claims.activationId;
    assert(one && three && activationId);
    const { file } = await portal.administer('owner@example', async (records, context) => {
      const limits = { ...shared, share: 10 };
      await editLicense({ licenseId: license.id, version: 1, terms: { ...terms, limits } }, records, context);
      return makeRefresh(activationId, records, context);
    });
    await trip(portal, three, await three.report());
    assert.equal(three.license?.claims.limits?.allotment, 10);
    await one.load(file);
    assert.equal(one.license?.claims.limits?.allotment, 10);
    await trip(portal, one, await one.report());
    const held = await portal.administer('system', records =>
      records.findHoldings(license.id, { counter: '', index: null }),
    );
    const own = held.find(each => each.activationId.join() === activationId.join());
    assert.deepEqual(own?.share, { ceiling: 10, held: 10 });
  });
});
