import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { CLOCK_TOLERANCE_MS, readDeviceTime } from '../../../src/license/time.ts';

const at = (text: string) => Date.parse(`${text}:00Z`);

describe('readDeviceTime()', () => {
  const cases: [what: string, clock: string, mark: string, issued: string, time: string, setBack: boolean][] =
    [
      [
        'a clock that goes right',
        '2026-11-20T12:00',
        '2026-11-20T11:00',
        '2026-11-01T08:00',
        '2026-11-20T12:00',
        false,
      ],
      [
        'a clock one hour back',
        '2026-11-20T10:00',
        '2026-11-20T11:00',
        '2026-11-01T08:00',
        '2026-11-20T11:00',
        false,
      ],
      [
        'a clock just two hours back',
        '2026-11-20T09:00',
        '2026-11-20T11:00',
        '2026-11-01T08:00',
        '2026-11-20T11:00',
        false,
      ],
      [
        'a clock a minute further back',
        '2026-11-20T08:59',
        '2026-11-20T11:00',
        '2026-11-01T08:00',
        '2026-11-20T11:00',
        true,
      ],
      [
        'a clock a year back',
        '2025-11-20T11:00',
        '2026-11-20T11:00',
        '2026-11-01T08:00',
        '2026-11-20T11:00',
        true,
      ],
      [
        'a clock behind the newest file',
        '2000-01-01T00:00',
        '2000-01-01T00:00',
        '2026-11-01T08:00',
        '2026-11-01T08:00',
        true,
      ],
    ];
  for (const [what, clock, mark, issued, time, clockSetBack] of cases) {
    it(`${clockSetBack ? 'notices' : 'accepts'} ${what}`, () => {
      const inputs = { clockMs: at(clock), highWaterMarkMs: at(mark), newestIssuedAtMs: at(issued) };
      expect(readDeviceTime(inputs)).to.deep.equal({ deviceTimeMs: at(time), clockSetBack });
    });
  }

  it('takes the clock on a device that has seen nothing', () => {
    const first = { clockMs: at('2026-11-20T12:00'), highWaterMarkMs: 0 };
    expect(readDeviceTime(first)).to.deep.equal({ deviceTimeMs: first.clockMs, clockSetBack: false });
  });

  it('never runs backwards, whatever the clock does', () => {
    const clocks = fc.array(fc.nat(4_000_000_000_000), { minLength: 1 });
    fc.assert(
      fc.property(clocks, readings => {
        let mark = 0;
        for (const clockMs of readings) {
          const { deviceTimeMs, clockSetBack } = readDeviceTime({ clockMs, highWaterMarkMs: mark });
          expect(deviceTimeMs).to.be.at.least(mark);
          expect(clockSetBack).to.equal(mark - clockMs > CLOCK_TOLERANCE_MS);
          mark = deviceTimeMs;
        }
      }),
    );
  });
});
