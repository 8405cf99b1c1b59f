import { expect } from '@open-wc/testing';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import type { License } from '../../../src/format/license.ts';
import { headOf } from '../../../src/license/consumption/consumption.ts';
import { periodIndex } from '../../../src/license/consumption/period.ts';
import { readContents } from '../../../src/store/contents.ts';
import { Store } from '../../../src/store/store.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { ISSUED_AT, TestVendor } from '../../support/vendor.ts';
import { withFailingPut, withFailingReads } from '../store/fresh-store.ts';
import { closeDevices, grant, KEY, licensedDevice, openDevice, openFile } from './device.ts';

const counted: Partial<License> = {
  limits: { maximum: 10, overageMaximum: 2 },
  features: [{ code: 'export' }, { code: 'pages', limits: { maximum: 5 } }],
};

describe('LicenseManager consumption', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });
  afterEach(closeDevices);

  it('consume() counts to the maximum, into overage, and no further', async () => {
    const { manager } = await licensedDevice(vendor, counted);
    await manager.consume(10);
    expect(manager.licenses[0]?.consumption).to.include({ total: 10, remaining: 0, available: 2 });
    await manager.consume(2);
    expect(await codeOfAsync(() => manager.consume(1))).to.equal('CONSUMPTION_EXCEEDED');
    expect(manager.licenses[0]?.consumption).to.include({ total: 12, overage: 2, available: 0 });
    expect(manager.isUnlocked).to.equal(true);
  });

  it('giveBack() makes room again, but never more than was used', async () => {
    const { manager } = await licensedDevice(vendor, counted);
    await manager.consume(5, 'pages');
    expect(await codeOfAsync(() => manager.consume(1, 'pages'))).to.equal('CONSUMPTION_EXCEEDED');
    await manager.giveBack(2, 'pages');
    await manager.consume(2, 'pages');
    expect(await codeOfAsync(() => manager.giveBack(6, 'pages'))).to.equal('CONSUMPTION_RANGE');
  });

  it('consume() begins anew with the next month, also without a network, and a report states both months', async () => {
    const limits = { maximum: 10, resetPeriod: 'monthly' } as const;
    const { manager, clock } = await licensedDevice(vendor, { limits, features: counted.features });
    await manager.consume(10);
    await manager.consume(1, 'pages');
    expect(await codeOfAsync(() => manager.consume(1))).to.equal('CONSUMPTION_EXCEEDED');
    clock.nowMs += 31 * 86_400_000;
    await manager.consume(4);
    expect(manager.licenses[0]?.consumption).to.include({ total: 4, remaining: 6 });
    expect(await codeOfAsync(() => manager.giveBack(5))).to.equal('CONSUMPTION_RANGE');
    const { claims } = await openFile(vendor, await manager.report());
    const issued = periodIndex('monthly', ISSUED_AT);
    expect(claims.periods).to.deep.equal([
      { counter: '', index: issued + 1, used: 4, givenBack: 0 },
      { counter: '', index: issued, used: 10, givenBack: 0 },
    ]);
    expect(claims.consumption?.totals.find(({ counter }) => counter === '')?.used).to.equal(14);
  });

  it('a period is kept until the portal has counted this very chain, past the end of the month too', async () => {
    const limits = { maximum: 10, resetPeriod: 'monthly' } as const;
    const { manager, database, clock } = await licensedDevice(vendor, { limits });
    await manager.consume(3);
    clock.nowMs += 40 * 86_400_000;
    const keptAfter = async (revision: number, hasOwnHead: boolean) => {
      const report = await manager.report();
      const opened = await openFile(vendor, report);
      if (opened.kind !== 'usage-report') throw new TypeError(`expected a report, got ${opened.kind}`);
      const own = headOf(opened.claims.consumption);
      const acknowledged = hasOwnHead ? own : { ...own, head: own.head.map(byte => byte ^ 1) };
      const issuedAt = ISSUED_AT + 40 * 86_400;
      await manager.load(await grant(vendor, report, { limits, revision, issuedAt, acknowledged }));
      const { counters } = await readContents(new Store(database));
      return counters[0]?.state.periods?.length;
    };
    expect(await keptAfter(8, false)).to.equal(1);
    expect(await keptAfter(9, true)).to.equal(0);
  });

  it('a deactivation and the request after it state the periods too', async () => {
    const limits = { maximum: 10, resetPeriod: 'daily' } as const;
    const { manager } = await licensedDevice(vendor, { limits });
    await manager.consume(3);
    const deactivation = await openFile(vendor, await manager.deactivate());
    const request = await openFile(vendor, await manager.request(KEY));
    const stated = [deactivation, request].map(({ claims }) => claims.periods?.map(({ used }) => used));
    expect(stated).to.deep.equal([[3], [3]]);
  });

  it('consume() refuses what no license counts', async () => {
    const { manager } = await licensedDevice(vendor, counted);
    expect(await codeOfAsync(() => manager.consume(1, 'export'))).to.equal('FEATURE_UNKNOWN');
    expect(await codeOfAsync(() => manager.consume(0))).to.equal('CONSUMPTION_RANGE');
    const { manager: bare } = await openDevice(vendor);
    expect(await codeOfAsync(() => bare.consume())).to.equal('LICENSE_MISSING');
  });

  it('two tabs at once never count past the ceiling, and lose nothing', async () => {
    const { manager, database } = await licensedDevice(vendor, counted);
    const { manager: other } = await openDevice(vendor, { database });
    const codes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        codeOfAsync(() => (index % 2 === 0 ? manager : other).consume(1)),
      ),
    );
    expect(codes.filter(code => code === null)).to.have.lengthOf(12);
    expect(codes.filter(code => code === 'CONSUMPTION_EXCEEDED')).to.have.lengthOf(8);
    const { counters } = await readContents(new Store(database));
    expect(counters[0]?.state.consumption.sequence).to.equal(12);
  });

  it('a tab that has not heard of a new license counts by the new one', async () => {
    const { manager, database, deviceId } = await licensedDevice(vendor, counted);
    const { manager: other } = await openDevice(vendor, { database });
    const before = manager.licenses[0]?.claims;
    if (!before) throw new TypeError('expected a license');
    const refresh = { ...before, deviceId, requestId: undefined, revision: 8, limits: { maximum: 1 } };
    const [, code] = await Promise.all([
      other.load(await vendor.license(refresh)),
      codeOfAsync(async () => {
        await new Promise(resolve => setTimeout(resolve, 100));
        await manager.consume(2);
      }),
    ]);
    expect(code).to.equal('CONSUMPTION_EXCEEDED');
  });

  it('counts nothing when the database fails', async () => {
    const { manager } = await licensedDevice(vendor, counted);
    const code = await withFailingPut('UnknownError', 'counters', () =>
      codeOfAsync(() => manager.consume(3)),
    );
    expect(code).to.equal('STORAGE_FAILED');
    await manager.consume(1);
    expect(manager.licenses[0]?.consumption?.total).to.equal(1);
  });

  it('has counted what was committed, also when it cannot be read back at once', async () => {
    const { manager, database } = await licensedDevice(vendor, counted);
    await manager.consume(1);
    const code = await withFailingReads(() => codeOfAsync(() => manager.consume(3)));
    expect(code).to.equal(null);
    expect(manager.licenses[0]?.consumption?.total).to.equal(4);
    expect(manager.licenses[0]?.unreported).to.equal(2);
    const { manager: again } = await openDevice(vendor, { database });
    expect(again.licenses[0]?.consumption?.total).to.equal(4);
    await manager.consume(1);
    expect(manager.licenses[0]?.consumption?.total).to.equal(5);
  });

  it('a lost report is followed by one that says it all, and the answer is acknowledged', async () => {
    const { manager, database } = await licensedDevice(vendor, counted);
    await manager.consume(3);
    await manager.report();
    await manager.consume(4, 'pages');
    const report = await manager.report();
    const opened = await openFile(vendor, report);
    if (opened.kind !== 'usage-report') throw new TypeError(`expected a report, got ${opened.kind}`);
    const { consumption, heads } = opened.claims;
    expect(consumption.sequence).to.equal(2);
    expect(consumption.totals.map(({ counter, used }) => [counter, used])).to.deep.equal([
      ['', 3],
      ['pages', 4],
    ]);
    expect(heads.map(({ sequence }) => sequence)).to.deep.equal([0, 1]);
    expect(manager.licenses[0]?.unreported).to.equal(2);
    const answer: Bytes = await grant(vendor, report, {
      ...counted,
      revision: 8,
      acknowledged: headOf(consumption),
    });
    expect((await manager.load(answer)).kind).to.equal('refreshed');
    expect(manager.licenses[0]?.unreported).to.equal(0);
    const { counters } = await readContents(new Store(database));
    expect(counters[0]?.state.heads.map(({ sequence }) => sequence)).to.deep.equal([2]);
    expect(counters[0]?.state.consumption.totals).to.have.lengthOf(2);
  });
});
