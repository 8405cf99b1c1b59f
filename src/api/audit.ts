import * as v from 'valibot';
import { code, count, id16, line, queryCount, unixSeconds } from './fields.ts';
import { maxPageSize } from './licenses.ts';

/** What a person did, or the portal by itself, to the license or to a device of it. */
export const auditEntrySchema = v.object({
  at: unixSeconds,
  /** E-mail address of the account, or `system`. */
  actor: v.string(),
  /** For example `license.edit`. */
  action: v.string(),
  /** Name of the user whom it is about; null when it is about none. */
  user: v.nullable(v.string()),
  /** Names of the fields that changed; of `device.copied` the sign of it. */
  changed: v.array(v.string()),
  /** 12 digits in fours, where a device is concerned. */
  deviceNumber: v.nullable(v.string()),
});

/** Answer of GET `consolePaths.licenseAudit`, newest first, at most 200. */
export const auditListSchema = v.object({ items: v.array(auditEntrySchema) });

/** Query of GET `consolePaths.audit`. */
export const auditQuerySchema = v.object({
  /** Found in who did it, whatever the case. */
  actor: v.optional(line(200)),
  action: v.optional(v.pipe(v.string(), v.regex(/^[a-z-]{1,40}\.[a-z-]{1,40}$/, 'format'))),
  /** A day in UTC, as "2026-11-23". */
  day: v.optional(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'format'))),
  license: v.optional(id16),
  /** A device id, or the 12 digits by which people name a device. */
  device: v.optional(line(100)),
  product: v.optional(code),
  /** Only entries before this one. */
  before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'format'))),
  pageSize: queryCount(50, maxPageSize),
});

/** An entry among all. */
export const auditLogEntrySchema = v.object({
  ...auditEntrySchema.entries,
  /** Number of the entry, from 1 on without a gap. */
  sequence: v.number(),
  /** 64 hexadecimal digits: a hash of the entry and all before it. */
  hash: v.string(),
  /** 32 hexadecimal digits. */
  licenseId: v.nullable(v.string()),
  /** 64 hexadecimal digits. */
  deviceId: v.nullable(v.string()),
  /** Code of the product. */
  product: v.nullable(v.string()),
  /** 32 hexadecimal digits of the customer or the order, as the action says. */
  subjectId: v.nullable(v.string()),
});

/** Answer of GET `consolePaths.audit`, newest first. */
export const auditPageSchema = v.object({
  items: v.array(auditLogEntrySchema),
  /** Go on with entries before this one; null: there are no more. */
  next: v.nullable(v.number()),
  /** Time of the oldest entry that was looked at, when that is where looking ended and not the page; else null. */
  lookedUntil: v.nullable(unixSeconds),
  /** The newest link of the whole log, `NUMBER:HASH`, to note down; null: nothing was written yet. */
  newest: v.nullable(v.string()),
});

/** A link as people note it, `NUMBER:HASH` with 64 hexadecimal digits. */
const link = v.pipe(v.string(), v.trim(), v.regex(/^\d{1,15}:[0-9a-f]{64}$/, 'format'));

/** Body of POST `consolePaths.verifyAudit`: goes through a part of the log, behind the link that the last part ended with. */
export const verifyAuditSchema = v.strictObject({
  after: v.nullable(link),
  /** A link that was noted earlier and must still be there; the same with each part. */
  noted: v.nullable(link),
});

/** Answer: where the part ended, and whether that is the end of the log; or the first entry that is not as it was written. */
export const auditFoundSchema = v.union([
  v.object({ last: v.string(), sequence: v.number(), total: v.number(), isEnd: v.boolean() }),
  v.object({ brokenAt: count() }),
]);

export type AuditEntry = v.InferOutput<typeof auditEntrySchema>;
export type AuditList = v.InferOutput<typeof auditListSchema>;
export type AuditQuery = v.InferOutput<typeof auditQuerySchema>;
export type AuditLogEntry = v.InferOutput<typeof auditLogEntrySchema>;
export type AuditPage = v.InferOutput<typeof auditPageSchema>;
export type VerifyAudit = v.InferOutput<typeof verifyAuditSchema>;
export type AuditFound = v.InferOutput<typeof auditFoundSchema>;
