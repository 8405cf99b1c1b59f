import type { Bytes } from '../../../src/bytes/bytes.ts';
import type { License } from '../../../src/format/license.ts';

/** Bytes that tests tell apart by one value. */
export function filled(length: number, byte: number): Bytes {
  return new Uint8Array(length).fill(byte);
}

/** Unix seconds of a day or minute, UTC: `2026-11-20` or `2026-11-20T12:00`. */
export function seconds(text: string): number {
  return Date.parse(text.includes('T') ? `${text}:00Z` : `${text}T00:00Z`) / 1000;
}

/** A perpetual license of 1 November 2026, with what a case changes. */
export function sampleLicense(changes: Partial<License> = {}): License {
  return {
    deviceId: filled(32, 2),
    licenseId: filled(16, 4),
    issuedAt: seconds('2026-11-01'),
    activationId: filled(16, 5),
    revision: 1,
    product: 'demo',
    licenseType: 'perpetual',
    ...changes,
  };
}
