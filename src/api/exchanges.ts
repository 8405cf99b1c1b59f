import * as v from 'valibot';
import { line, queryCount, unixSeconds } from './fields.ts';
import { maxPageSize } from './licenses.ts';

export const exchangeKinds = ['activation-request', 'usage-report', 'deactivation', 'refresh'] as const;

export const exchangeDecisions = ['license', 'receipt', 'refusal'] as const;

/** A file that came in, or a refresh file that went out, and what was decided. */
export const exchangeSchema = v.object({
  /** 32 hexadecimal digits of the request id, of which there is one for each license; of a refresh file a number of its own. */
  id: v.string(),
  at: unixSeconds,
  kind: v.picklist(exchangeKinds),
  decision: v.picklist(exchangeDecisions),
  /** The refusal's code; null when granted. */
  code: v.nullable(v.string()),
  /** Whether the file shows a second copy of its device, also where it was served. */
  showsCopy: v.boolean(),
  /** 64 hexadecimal digits. */
  deviceId: v.string(),
  /** 12 digits in fours, as people read it aloud. */
  deviceNumber: v.string(),
  deviceName: v.string(),
  /** 32 hexadecimal digits; null when a request was refused. */
  activationId: v.nullable(v.string()),
  /** Revision of the license in the answer; null when it holds none. */
  revision: v.nullable(v.number()),
  /** The license that it is about. */
  license: v.object({ id: v.string(), customer: v.string(), holder: v.string() }),
  /** Whether the file is there still, as it came: `consolePaths.receivedFile`. */
  hasReceived: v.boolean(),
  /** Whether the answer is there still: `consolePaths.answerFile`. */
  hasAnswer: v.boolean(),
});

/** Answer of GET `consolePaths.licenseExchanges`, newest first, at most 200. */
export const exchangeListSchema = v.object({ items: v.array(exchangeSchema) });

/** A place among all exchanges: seconds, device id, request id and license id. */
const place = v.pipe(v.string(), v.regex(/^\d{1,12}-[0-9a-f]{64}-[0-9a-f]{32}-[0-9a-f]{32}$/, 'format'));

/** Query of GET `consolePaths.exchanges`. */
export const exchangeQuerySchema = v.object({
  kind: v.optional(v.picklist(exchangeKinds)),
  decision: v.optional(v.picklist(exchangeDecisions)),
  /** Code of a refusal. */
  code: v.optional(v.pipe(v.string(), v.regex(/^[A-Z_]{1,40}$/, 'format'))),
  /** A day in UTC, as "2026-11-23". */
  day: v.optional(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'format'))),
  /** A device id, or the 12 digits by which people name a device. */
  device: v.optional(line(100)),
  /** Go on behind this place. */
  after: v.optional(place),
  pageSize: queryCount(50, maxPageSize),
});

/** Answer of GET `consolePaths.exchanges`, newest first. */
export const exchangePageSchema = v.object({
  items: v.array(exchangeSchema),
  /** Where to go on; null: there are no more. */
  next: v.nullable(v.string()),
  /** Time of the oldest file that was looked at, when that is where looking ended and not the page; else null. */
  lookedUntil: v.nullable(unixSeconds),
});

export type Exchange = v.InferOutput<typeof exchangeSchema>;
export type ExchangeList = v.InferOutput<typeof exchangeListSchema>;
export type ExchangeQuery = v.InferOutput<typeof exchangeQuerySchema>;
export type ExchangePage = v.InferOutput<typeof exchangePageSchema>;
