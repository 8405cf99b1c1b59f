import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import { type CborValue, encodeCbor } from '../../../bytes/cbor.ts';
import { fromHex, toHex } from '../../../bytes/hex.ts';
import type { AuditRecord } from '../../../issue/records.ts';
import type { AuditTable, Tables } from '../tables.ts';

/** What a link is made of, besides the one before it. */
type Entry = Omit<AuditTable, 'hash'>;

/** Entries that are read or written at a time. */
const PAGE = 1000;

/** Stands before the first entry. */
export const FIRST: Link = { sequence: 0, hash: new Uint8Array(32) };

/** An entry by its number, from 1 on, and its hash: SHA-256 of the hash before it and all that it says, 32 bytes. */
export interface Link {
  readonly sequence: number;
  readonly hash: Bytes;
}

/** What a look through the audit log found: its last link, or the first entry that is not as it was written. */
export type AuditFound = { readonly last: Link } | { readonly brokenAt: number };

/** What a look through a part found; `isEnd`: it reached the end of the log. */
export type AuditPartFound = { readonly last: Link; readonly isEnd: boolean } | { readonly brokenAt: number };

/** The link of an entry that follows another. */
export function linkAfter({ hash: before }: Pick<Link, 'hash'>, entry: Entry): Bytes {
  const { id, sequence, at_ms, actor, action, product, license_id, device_id, user_id, changed } = entry;
  const { subject_id } = entry;
  const said: CborValue[] = [
    sequence,
    id,
    at_ms,
    actor,
    action,
    product,
    license_id,
    device_id,
    user_id,
    changed,
    // Last, and only where it is said: entries that are older than it keep their hashes.
    ...(subject_id ? [subject_id] : []),
  ];
  return new Uint8Array(
    createHash('sha256')
      .update(encodeCbor([before, ...said]))
      .digest(),
  );
}

/** Adds entries behind the last one. Of two transactions that add at a time, one is run again. */
export async function appendEntries(db: Kysely<Tables>, records: readonly AuditRecord[]): Promise<void> {
  let last = (await lastLink(db)) ?? FIRST;
  const rows = records.map(record => {
    const entry = entryOf(record, last.sequence + 1);
    last = { sequence: entry.sequence, hash: linkAfter(last, entry) };
    return { ...entry, hash: last.hash };
  });
  for (let start = 0; start < rows.length; start += PAGE) {
    await db
      .insertInto('audit')
      .values(rows.slice(start, start + PAGE))
      .execute();
  }
}

function entryOf(record: AuditRecord, sequence: number): Entry {
  return {
    id: new Uint8Array(randomBytes(16)),
    sequence,
    at_ms: record.atMs,
    actor: record.actor,
    action: record.action,
    product: record.product,
    license_id: record.licenseId,
    device_id: record.deviceId,
    user_id: record.userId,
    subject_id: record.subjectId,
    changed: JSON.stringify(record.changed),
  };
}

/**
 * Goes through the whole audit log, from its first entry. An end that was cut off, or a log that was written anew from
 * some entry on, shows only to who has noted an earlier link.
 *
 * @param noted - A link that the log had.
 */
export async function verifyAudit(db: Kysely<Tables>, noted: Link | null = null): Promise<AuditFound> {
  let last = FIRST;
  for (;;) {
    const found = await verifyAuditPart(db, { after: last, noted });
    if ('brokenAt' in found || found.isEnd) return found;
    last = found.last;
  }
}

/**
 * Goes through at most {@link PAGE} entries of the audit log, those behind a link that an earlier part ended with.
 *
 * @param part - `noted`: a link that the log had; each part is given the same.
 */
export async function verifyAuditPart(
  db: Kysely<Tables>,
  { after, noted }: { after: Link; noted: Link | null },
): Promise<AuditPartFound> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('sequence', '>', after.sequence)
    .orderBy('sequence')
    .limit(PAGE)
    .execute();
  let last = after;
  for (const { hash, ...entry } of rows) {
    const follows = entry.sequence === last.sequence + 1 && toHex(linkAfter(last, entry)) === toHex(hash);
    if (!follows || isOther(noted, entry.sequence, hash)) return { brokenAt: last.sequence + 1 };
    last = { sequence: entry.sequence, hash };
  }
  const isEnd = rows.length < PAGE;
  if (isEnd && noted !== null && noted.sequence > last.sequence) return { brokenAt: last.sequence + 1 };
  return { last, isEnd };
}

/**
 * A link as people note it, `NUMBER:HASH` with 64 hexadecimal digits.
 *
 * @returns null for a text that is none.
 */
export function parseLink(text: string): Link | null {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  return sequence === undefined || hash === undefined
    ? null
    : { sequence: Number(sequence), hash: fromHex(hash) };
}

/** The form that {@link parseLink} reads. */
export function formatLink({ sequence, hash }: Link): string {
  return `${sequence}:${toHex(hash)}`;
}

function isOther(noted: Link | null, sequence: number, hash: Bytes): boolean {
  return noted !== null && noted.sequence === sequence && toHex(noted.hash) !== toHex(hash);
}

/** The newest link; undefined in an empty log. */
export function lastLink(db: Kysely<Tables>): Promise<Link | undefined> {
  return db
    .selectFrom('audit')
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
}
