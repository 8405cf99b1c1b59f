import * as v from 'valibot';
import type { FieldRule } from './problem.ts';

/** The largest amount that a license file carries. */
const maxAmount = 2 ** 48 - 1;

const rule = (name: FieldRule) => name;

/** One line of text without control characters and lone surrogates, its ends trimmed, at most so many UTF-8 bytes. */
export const line = (maxBytes: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^[^\p{Cc}\p{Cs}]*$/u, rule('format')),
    v.maxBytes(maxBytes, rule('too-long')),
  );

/** Text of several lines, at most so many characters. */
export const paragraph = (maxLength: number) =>
  v.pipe(v.string(), v.trim(), v.maxLength(maxLength, rule('too-long')));

/** A line that may not be empty. */
export const name = (maxBytes: number) => v.pipe(line(maxBytes), v.minLength(1, rule('required')));

/** Code of a product or a feature: lower-case letters, digits and hyphens, 1 to 32 of them; never changes. */
export const code = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,31}$/, rule('format')));

/** A whole number from 0 to `max`. */
export const count = (max = maxAmount) =>
  v.pipe(
    v.number(),
    v.integer(rule('not-whole')),
    v.minValue(0, rule('too-small')),
    v.maxValue(max, rule('too-large')),
  );

/** A whole number from 1 to `max`. */
export const positiveCount = (max = maxAmount) => v.pipe(count(max), v.minValue(1, rule('too-small')));

/** A moment in whole seconds since the Unix epoch, as license files carry it; up to the year 9999. */
export const unixSeconds = count(253_402_300_799);

/** 16 bytes as 32 hexadecimal digits: a license, an activation or a request. */
export const id16 = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, rule('format')));

/** 32 bytes as 64 hexadecimal digits: a device. */
export const id32 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, rule('format')));

/** A whole number in a query string; `fallback` when it is not given. */
export const queryCount = (fallback: number, max: number) =>
  v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,9}$/, rule('format')), v.transform(Number), positiveCount(max)),
    String(fallback),
  );
