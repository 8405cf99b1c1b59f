import type { LicenseUsage } from '../../../../src/api/licenses.ts';
import type { Activity } from '../../../../src/api/overview.ts';
import { consolePaths } from '../../../../src/api/paths.ts';
import type { Answer, FakeServer, ReceivedCall } from '../fake-server.ts';

const day = 86_400;
const today = Date.UTC(2026, 10, 27) / 1000;

/** What happened over time: something on the last two days, and ends in the third month ahead. */
export function answerActivity(_: FakeServer, { path }: ReceivedCall): Answer | null {
  if (path !== consolePaths.activity) return null;
  const days = Array.from({ length: 84 }, (_each, index) => ({
    startsAt: today - (83 - index) * day,
    granted: index === 83 ? 7 : 0,
    refused: index === 82 ? 2 : 0,
    used: index === 83 ? 1234 : 0,
  }));
  const ends = Array.from({ length: 12 }, (_each, index) => ({
    startsAt: Date.UTC(2026, 10 + index) / 1000,
    licenses: index === 2 ? 5 : 0,
  }));
  return { status: 200, body: { days, ends } satisfies Activity };
}

/** What devices reported of a license: of its own counter, and of the feature `plates`. */
export function usageOf(): LicenseUsage {
  return {
    today,
    days: [
      { counter: 'plates', startsAt: today - 40 * day, used: 30, givenBack: 0 },
      { counter: 'plates', startsAt: today - day, used: 12, givenBack: 4 },
      { counter: '', startsAt: today, used: 800, givenBack: 0 },
    ],
  };
}
