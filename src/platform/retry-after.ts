import type { ErrorData } from '../errors.ts';

/**
 * How long a server asks to wait, for the data of an error; empty where it does not say.
 *
 * @param header - `Retry-After`: seconds, or a date.
 */
export function retryAfter(header: string | null, nowMs: number): ErrorData {
  if (header === null || header.trim() === '') return {};
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds : (Date.parse(header) - nowMs) / 1000;
  return Number.isFinite(wait) ? { retryAfterSeconds: Math.max(0, Math.ceil(wait)) } : {};
}
