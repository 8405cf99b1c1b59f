import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { CLOCK_TOLERANCE_MS, highWaterMarkAfter, readDeviceTime } from '../../../src/license/time.ts';

const at = (text: string) => Date.parse(`${text}:00Z`);
const seconds = (text: string) => at(text) / 1000;

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

describe('highWaterMarkAfter()', () => {
  const mark = at('2098-01-01T00:00');
  const issuedAt = seconds('2026-11-20T12:00');
  const requestId = new Uint8Array(16);

  it('lowers the mark by the correction in an answer to a request', () => {
    const corrected = highWaterMarkAfter(mark, { issuedAt, requestId, clockCorrection: true });
    expect(corrected).to.equal(issuedAt * 1000);
  });

  it('is never lowered by a refresh file or by an answer without correction', () => {
    expect(highWaterMarkAfter(mark, { issuedAt, clockCorrection: true })).to.equal(mark);
    expect(highWaterMarkAfter(mark, { issuedAt, requestId })).to.equal(mark);
  });

  it('rises to the issue time of a newer file', () => {
    expect(highWaterMarkAfter(at('2026-01-01T00:00'), { issuedAt })).to.equal(issuedAt * 1000);
  });
});
