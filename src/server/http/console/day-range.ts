import { fieldRefused } from '../request/body.ts';

const SECONDS_PER_DAY = 86_400;

/**
 * A day of a query, in UTC, as Unix seconds; the end is not within.
 *
 * @param day - For example "2026-11-23".
 * @throws LatchkeyError FIELD_REFUSED - for a day that is none.
 */
export function dayRange(day: string): { fromS: number; untilS: number } {
  const fromS = Date.parse(`${day}T00:00:00Z`) / 1000;
  if (Number.isNaN(fromS)) throw fieldRefused({ field: 'day', rule: 'format' });
  return { fromS, untilS: fromS + SECONDS_PER_DAY };
}
