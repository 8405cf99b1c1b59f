import * as v from 'valibot';
import { id16, line, queryCount, unixSeconds } from './fields.ts';
import { maxPageSize } from './licenses.ts';
import type { FieldRule } from './problem.ts';

const rule = (name: FieldRule) => name;

/** Most refresh files that one call makes. */
export const MAX_REFRESH_GROUP = 50;

/** Body of POST `consolePaths.refreshFiles`: for which activations. */
export const makeRefreshFilesSchema = v.strictObject({
  activationIds: v.pipe(
    v.array(id16),
    v.minLength(1, rule('required')),
    v.maxLength(MAX_REFRESH_GROUP, rule('too-many')),
    v.check(ids => new Set(ids).size === ids.length, rule('repeated')),
  ),
});

/** A refresh file, or why there is none. */
export const madeRefreshSchema = v.union([
  v.object({
    activationId: v.string(),
    /** The container that a device loads, in base64url. */
    file: v.string(),
  }),
  v.object({ activationId: v.string(), code: v.string() }),
]);

/** Answer of POST `consolePaths.refreshFiles`: one for each that was asked for, in their order. */
export const madeRefreshListSchema = v.object({ items: v.array(madeRefreshSchema) });

/** Whether a file carries what has changed: none was made, or one was and its device has not named it. */
export const dueStandings = ['to-make', 'made'] as const;

/** Query of GET `consolePaths.refreshFiles`. */
export const dueQuerySchema = v.object({
  standing: v.optional(v.picklist(dueStandings), 'to-make'),
  /** Found in customer, holder, name and number of the device, whatever the case. */
  q: v.optional(line(200), ''),
  page: queryCount(1, 1_000_000),
  pageSize: queryCount(50, maxPageSize),
});

/** A device whose license has changed since the file that it is known to have. */
export const dueDeviceSchema = v.object({
  activationId: v.string(),
  licenseId: v.string(),
  customer: v.string(),
  holder: v.string(),
  productName: v.string(),
  /** 12 digits in fours, as people read it aloud. */
  deviceNumber: v.string(),
  deviceName: v.string(),
  blocked: v.boolean(),
  /** When the license changed first. */
  changedAt: unixSeconds,
  /** When its newest license file was made; null: that is not known any more. */
  fileAt: v.nullable(unixSeconds),
  /** Newest first, at most 10; of an edit the fields that license files state. */
  changes: v.array(v.object({ at: unixSeconds, action: v.string(), changed: v.array(v.string()) })),
});

/** Answer of GET `consolePaths.refreshFiles`, those that have waited longest first. */
export const dueListSchema = v.object({
  items: v.array(dueDeviceSchema),
  /** Of all pages. */
  total: v.number(),
  page: v.number(),
  pageSize: v.number(),
  counts: v.object({ 'to-make': v.number(), made: v.number() }),
});

export type DueStanding = (typeof dueStandings)[number];
export type DueQuery = v.InferOutput<typeof dueQuerySchema>;
export type DueDevice = v.InferOutput<typeof dueDeviceSchema>;
export type DueList = v.InferOutput<typeof dueListSchema>;
export type MakeRefreshFiles = v.InferOutput<typeof makeRefreshFilesSchema>;
export type MadeRefreshList = v.InferOutput<typeof madeRefreshListSchema>;
