import type { LicenseRecord } from '../records.ts';

const SECONDS_PER_DAY = 86_400;

/**
 * The license once it is activated: one that is valid for so many days gets its end with the first activation, counted
 * from then, or from its start if that is later. The end is then a day like any other, and the vendor may move it.
 */
export function begunBy<T extends Pick<LicenseRecord, 'startsAtS' | 'expiresAtS' | 'validityDays'>>(
  license: T,
  nowS: number,
): T {
  const { startsAtS, expiresAtS, validityDays } = license;
  if (validityDays === null || expiresAtS !== null) return license;
  return { ...license, expiresAtS: Math.max(nowS, startsAtS ?? 0) + validityDays * SECONDS_PER_DAY };
}
