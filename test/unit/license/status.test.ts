import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { License } from '../../../src/format/license.ts';
import type { Notice } from '../../../src/license/notices.ts';
import { featureStatus, licenseStatus } from '../../../src/license/status.ts';
import type { LicenseStatusInput } from '../../../src/license/validity.ts';
import { sampleLicense, seconds } from './sample-license.ts';

const matching = { matches: true, scorePercent: 100, comparedPercent: 100, changed: [] };

function input(
  on: string,
  license: Partial<License>,
  more: Partial<LicenseStatusInput> = {},
): LicenseStatusInput {
  return {
    license: sampleLicense(license),
    deviceTimeMs: seconds(on) * 1000,
    clockSetBack: false,
    totals: [],
    nodeLock: matching,
    ...more,
  };
}

const toYearEnd: Partial<License> = { licenseType: 'time-limited', expiresAt: seconds('2027-01-01') };
const withGrace: Partial<License> = { ...toYearEnd, graceHours: 72 };
const fromDecember: Partial<License> = { ...toYearEnd, startsAt: seconds('2026-12-01') };
const reporting: Partial<License> = { reportWithin: { days: 30, graceDays: 10 } };
const subscription: Partial<License> = { ...withGrace, licenseType: 'subscription' };
const updatesToMay: Partial<License> = { maintenanceUntil: seconds('2027-05-31T23:59') };
const kindsOf = (notices: readonly Notice[]) => notices.map(({ kind }) => kind);

describe('licenseStatus()', () => {
  type Row = [what: string, on: string, license: Partial<License>, state: string, daysLeft: number | null];
  const rows: Row[] = [
    ['a perpetual license', '2036-01-01', {}, 'active', null],
    ['a license to the end of the year', '2026-12-01', toYearEnd, 'active', 31],
    ['its last minute', '2026-12-31T23:59', toYearEnd, 'active', 1],
    ['the new year without grace', '2027-01-01', toYearEnd, 'expired', 0],
    ['the new year with three days of grace', '2027-01-01', withGrace, 'grace', 3],
    ['the last minute of grace', '2027-01-03T23:59', withGrace, 'grace', 1],
    ['the end of grace', '2027-01-04', withGrace, 'expired', 0],
    ['a license that starts in December, in November', '2026-11-30T23:59', fromDecember, 'not-started', 32],
    ['a license that starts in December, in December', '2026-12-01', fromDecember, 'active', 31],
    ['a subscription that is paid for', '2026-12-01', subscription, 'active', 31],
    ['a subscription that was not renewed', '2027-01-02', subscription, 'grace', 2],
    ['a subscription long after its last payment', '2027-02-01', subscription, 'expired', 0],
    [
      'a subscription that was renewed for a year',
      '2027-02-01',
      { ...subscription, expiresAt: seconds('2028-01-01') },
      'active',
      334,
    ],
    ['a perpetual license after its updates ended', '2036-01-01', updatesToMay, 'active', null],
    ['a trial', '2026-12-25', { ...toYearEnd, trial: true }, 'active', 7],
    [
      'a license that the vendor disabled',
      '2026-12-01',
      { ...toYearEnd, licenseState: 'disabled' },
      'disabled',
      31,
    ],
    ['a released seat', '2026-12-01', { licenseState: 'released' }, 'released', null],
    ['a blocked device', '2026-12-01', { licenseState: 'blocked' }, 'blocked', null],
    ['a replaced device', '2026-12-01', { licenseState: 'replaced' }, 'replaced', null],
    ['an ended activation', '2026-12-01', { licenseState: 'ended' }, 'ended', null],
    ['a report that is due', '2026-12-05', reporting, 'active', null],
    ['a report that did not come', '2026-12-11', reporting, 'report-overdue', null],
  ];
  for (const [what, on, license, state, daysLeft] of rows) {
    it(`of ${what} is ${state}`, () => {
      const status = licenseStatus(input(on, license));
      expect(status).to.include({ state, daysLeft, unlocked: state === 'active' || state === 'grace' });
      expect(status.reason === null).to.equal(status.unlocked);
    });
  }

  it('says when the license ends and when grace does', () => {
    const status = licenseStatus(input('2026-12-01', withGrace));
    expect(status.expiresAtMs).to.equal(Date.UTC(2027, 0, 1));
    expect(status.graceEndsAtMs).to.equal(Date.UTC(2027, 0, 4));
  });

  it('locks a time-limited license while the clock is set back, and only notices it on a perpetual one', () => {
    const setBack = { clockSetBack: true };
    const limited = licenseStatus(input('2026-12-01', toYearEnd, setBack));
    expect(limited).to.include({ state: 'clock-set-back', unlocked: false, reason: 'CLOCK_SET_BACK' });
    const reports = licenseStatus(input('2026-12-01', reporting, setBack));
    expect(reports).to.include({ state: 'clock-set-back', unlocked: false });
    const perpetual = licenseStatus(input('2026-12-01', {}, setBack));
    expect(perpetual).to.include({ state: 'active', unlocked: true });
    expect(kindsOf(perpetual.notices)).to.deep.equal(['clock-set-back']);
  });

  it('names the clock before the expiry that a wrong clock brought about', () => {
    const status = licenseStatus(input('2098-01-01', toYearEnd, { clockSetBack: true }));
    expect(status.state).to.equal('clock-set-back');
  });

  it('locks on another device and names what changed on this one', () => {
    const drift = { matches: true, scorePercent: 88, comparedPercent: 100, changed: ['screen' as const] };
    const drifted = licenseStatus(input('2026-12-01', {}, { nodeLock: drift }));
    expect(drifted.unlocked).to.equal(true);
    expect(drifted.notices).to.deep.equal([{ kind: 'signals-changed', changed: ['screen'] }]);
    const other = licenseStatus(
      input('2026-12-01', {}, { nodeLock: { ...drift, matches: false, scorePercent: 40 } }),
    );
    expect(other).to.include({ state: 'device-changed', unlocked: false, reason: 'DEVICE_CHANGED' });
  });

  it('keeps a license of a compromised issuer key for the stated grace', () => {
    const issuerCompromised = { sinceMs: seconds('2026-11-20') * 1000, graceHours: 240 };
    const before = licenseStatus(input('2026-11-29', {}, { issuerCompromised }));
    expect(before.unlocked).to.equal(true);
    expect(before.notices).to.deep.equal([
      { kind: 'issuer-compromised', daysLeft: 1, atMs: Date.UTC(2026, 10, 30) },
    ]);
    const after = licenseStatus(input('2026-11-30', {}, { issuerCompromised }));
    expect(after).to.include({
      state: 'issuer-compromised',
      reason: 'ISSUER_KEY_COMPROMISED',
      unlocked: false,
    });
  });

  it('heeds prevent-VM where the device says that it is one', () => {
    const virtual = { virtualMachine: true };
    expect(licenseStatus(input('2026-12-01', {}, virtual)).unlocked).to.equal(true);
    expect(licenseStatus(input('2026-12-01', { preventVm: true })).unlocked).to.equal(true);
    const status = licenseStatus(input('2026-12-01', { preventVm: true }, virtual));
    expect(status).to.include({
      state: 'virtual-machine',
      reason: 'VIRTUAL_MACHINE_REFUSED',
      unlocked: false,
    });
  });

  it('unlocks in no state but active and grace, whatever the time', () => {
    const licenses = fc.record(
      {
        expiresAt: fc.nat(4_000_000_000),
        startsAt: fc.nat(4_000_000_000),
        graceHours: fc.nat(10_000),
        licenseState: fc.constantFrom('disabled' as const, 'released' as const),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(licenses, fc.nat(4_000_000_000), fc.boolean(), (license, time, clockSetBack) => {
        const given = { ...input('2026-12-01', license), deviceTimeMs: time * 1000, clockSetBack };
        const { unlocked, state, graceEndsAtMs } = licenseStatus(given);
        expect(unlocked).to.equal(state === 'active' || state === 'grace');
        if (unlocked && graceEndsAtMs !== null) expect(time * 1000).to.be.below(graceEndsAtMs);
      }),
    );
  });
});

describe('the maintenance period', () => {
  type Row = [version: string, released: string | null, license: Partial<License>, isCovered: boolean];
  const rows: Row[] = [
    ['4.0, released before the license was sold', '2025-03-01', updatesToMay, true],
    ['4.2, released on the last day', '2027-05-31', updatesToMay, true],
    ['5.0, released the day after', '2027-06-01', updatesToMay, false],
    [
      '5.0, once updates were bought for another year',
      '2027-06-01',
      { maintenanceUntil: seconds('2028-05-31') },
      true,
    ],
    ['5.0, of a license without an end of updates', '2027-06-01', {}, true],
    ['a version that does not say when it was released', null, updatesToMay, true],
  ];
  for (const [version, released, license, isCovered] of rows) {
    it(`${isCovered ? 'covers' : 'does not cover'} ${version}, whenever it runs`, () => {
      const appReleasedAtMs = released === null ? undefined : Date.parse(released);
      for (const today of ['2027-01-01', '2039-01-01']) {
        const status = licenseStatus(input(today, license, { appReleasedAtMs }));
        expect(status.unlocked).to.equal(isCovered);
        if (!isCovered)
          expect(status).to.include({ state: 'version-not-covered', reason: 'VERSION_NOT_COVERED' });
      }
    });
  }
});

describe('the notices of a license', () => {
  type Row = [what: string, on: string, license: Partial<License>, kinds: string[]];
  const rows: Row[] = [
    ['15 days ahead of the end', '2026-12-17', withGrace, []],
    ['14 days ahead of the end', '2026-12-18', withGrace, ['expires-soon']],
    ['in grace', '2027-01-02', withGrace, ['in-grace']],
    ['after the end', '2027-02-01', withGrace, []],
    ['soon after a report', '2026-11-20', reporting, []],
    ['in the last quarter before a report', '2026-11-25', reporting, ['report-due']],
    [
      'when maintenance has ended',
      '2026-12-01',
      { maintenanceUntil: seconds('2026-11-15') },
      ['maintenance-ended'],
    ],
    ['while maintenance goes on', '2026-11-10', { maintenanceUntil: seconds('2026-11-15') }, []],
  ];
  for (const [what, on, license, kinds] of rows) {
    it(`${what} are ${kinds.join(', ') || 'none'}`, () => {
      expect(kindsOf(licenseStatus(input(on, license)).notices)).to.deep.equal(kinds);
    });
  }

  it('name the counters that are in overage or used up', () => {
    const limits = { maximum: 10, overageMaximum: 5 };
    const license = {
      limits,
      features: [{ code: 'scans', limits }, { code: 'pages', limits }, { code: 'export' }],
    };
    const totals = [
      { counter: '', used: 12, givenBack: 0 },
      { counter: 'scans', used: 15, givenBack: 0 },
      { counter: 'pages', used: 10, givenBack: 0 },
    ];
    expect(licenseStatus(input('2026-12-01', license, { totals })).notices).to.deep.equal([
      { kind: 'overage', counter: '' },
      { kind: 'used-up', counter: 'scans' },
    ]);
  });
});

describe('featureStatus()', () => {
  const license: Partial<License> = {
    graceHours: 24,
    features: [
      { code: 'export', name: 'Export to PDF' },
      { code: 'cloud', expiresAt: seconds('2026-12-01') },
      { code: 'scans', limits: { maximum: 10 } },
    ],
  };

  it('unlocks a feature of an unlocked license', () => {
    const status = featureStatus(input('2026-11-20', license), 'export');
    expect(status).to.include({
      state: 'active',
      unlocked: true,
      reason: null,
      name: 'Export to PDF',
      consumption: null,
    });
  });

  it('ends a feature while its license stays valid, with the grace of the license', () => {
    const on = (day: string) => featureStatus(input(day, license), 'cloud');
    expect(on('2026-11-30')).to.include({ state: 'active', unlocked: true, daysLeft: 1 });
    expect(on('2026-12-01T12:00')).to.include({ state: 'grace', unlocked: true, daysLeft: 1 });
    expect(on('2026-12-02')).to.include({ state: 'expired', unlocked: false, reason: 'LICENSE_EXPIRED' });
    expect(licenseStatus(input('2026-12-02', license)).unlocked).to.equal(true);
  });

  it('locks every feature of a locked license, with its reason', () => {
    const status = featureStatus(input('2026-11-20', { ...license, licenseState: 'disabled' }), 'export');
    expect(status).to.include({ state: 'locked', unlocked: false, reason: 'LICENSE_DISABLED' });
  });

  it('locks a feature with an end while the clock is set back, and no other', () => {
    const given = input('2026-11-20', license, { clockSetBack: true });
    expect(featureStatus(given, 'cloud')).to.include({ state: 'clock-set-back', reason: 'CLOCK_SET_BACK' });
    expect(featureStatus(given, 'export').unlocked).to.equal(true);
  });

  it('says how far a consumption feature is, and keeps it unlocked when it is used up', () => {
    const totals = [{ counter: 'scans', used: 10, givenBack: 0 }];
    const status = featureStatus(input('2026-11-20', license, { totals }), 'scans');
    expect(status.unlocked).to.equal(true);
    expect(status.consumption).to.include({ maximum: 10, remaining: 0, available: 0 });
  });

  it('knows no feature that the license lacks', () => {
    const status = featureStatus(input('2026-11-20', license), 'toString');
    expect(status).to.include({ state: 'missing', unlocked: false, reason: 'FEATURE_UNKNOWN' });
  });
});
