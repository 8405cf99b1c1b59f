import { expect } from '@open-wc/testing';
import { retryAfter } from '../../../src/platform/retry-after.ts';

const nowMs = Date.UTC(2026, 10, 26, 12, 0, 0);

describe('retryAfter()', () => {
  const cases: [string | null, object][] = [
    [null, {}],
    ['', {}],
    ['soon', {}],
    ['20', { retryAfterSeconds: 20 }],
    ['0', { retryAfterSeconds: 0 }],
    ['-5', { retryAfterSeconds: 0 }],
    ['Thu, 26 Nov 2026 12:01:30 GMT', { retryAfterSeconds: 90 }],
    ['Thu, 26 Nov 2026 11:00:00 GMT', { retryAfterSeconds: 0 }],
  ];
  for (const [header, data] of cases) {
    it(`reads ${JSON.stringify(header)}`, () => {
      expect(retryAfter(header, nowMs)).to.deep.equal(data);
    });
  }
});
