import { type Kysely, type Selectable, type SqlBool, sql } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import type { AuditRecord } from '../../../issue/records.ts';
import type { AuditTable, Tables } from '../tables.ts';
import { likeText } from './like-text.ts';

/** Entries that a page of the log looks at: bounds how long it takes when few of them match. */
export const ENTRIES_LOOKED_AT = 10_000;

/** Entries that are read at a time when all are. */
const PAGE = 1000;

/** A line of the record of who did what, for a list. */
export interface AuditLine extends AuditRecord {
  /** Name of the user whom it is about. */
  readonly user: string | null;
  readonly sequence: number;
  readonly hash: Bytes;
}

/** Which entries to list. All that is given must hold. */
export interface AuditFilter {
  /** Stands in who did it, whatever the case of ASCII letters. */
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  /** Unix milliseconds; the end is not within. */
  readonly range?: { readonly fromMs: number; readonly untilMs: number } | undefined;
  readonly licenseId?: Bytes | undefined;
  readonly device?: { readonly id: Bytes } | { readonly number: string } | undefined;
  readonly product?: string | undefined;
}

/** A part of the log, newest first. */
export interface AuditPart {
  readonly items: readonly AuditLine[];
  /** Go on with entries before this one; null: that was all. */
  readonly next: number | null;
  /** When the oldest entry that was looked at was written, if looking ended before so many were found as were wanted. */
  readonly lookedUntilMs: number | null;
}

/** Lists entries, newest first, those before one; looks at no more than a bounded number. */
export async function searchAudit(
  db: Kysely<Tables>,
  filter: AuditFilter,
  { before, limit, most = ENTRIES_LOOKED_AT }: { before: number | null; limit: number; most?: number },
): Promise<AuditPart> {
  const { actor, action, product } = filter;
  const looked = lookedAt(db, filter, before);
  const rows = await auditLines(db)
    .innerJoin(looked.limit(most).as('looked'), 'looked.sequence', 'audit.sequence')
    .$if(actor !== undefined, query => query.where(likeText('audit.actor', actor ?? '')))
    .$if(action !== undefined, query => query.where(sql<SqlBool>`audit.action = ${action}`))
    .$if(product !== undefined, query => query.where('audit.product', '=', product ?? ''))
    .orderBy('audit.sequence', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(toLine);
  if (rows.length > limit) return { items, next: items.at(-1)?.sequence ?? null, lookedUntilMs: null };
  const last = await looked
    .select('at_ms')
    .offset(most - 1)
    .limit(1)
    .executeTakeFirst();
  return { items, next: last?.sequence ?? null, lookedUntilMs: last?.at_ms ?? null };
}

/** Entries before one, by what an index knows: number, time, license and device. */
export function lookedAt(db: Kysely<Tables>, filter: AuditFilter, before: number | null) {
  const { range, licenseId, device } = filter;
  return db
    .selectFrom('audit')
    .select('sequence')
    .$if(before !== null, query => query.where('sequence', '<', before ?? 0))
    .$if(licenseId !== undefined, query => query.where('license_id', '=', licenseId ?? null))
    .$if(device !== undefined, query =>
      device !== undefined && 'id' in device
        ? query.where('device_id', '=', device.id)
        : query.where('device_id', 'in', eb =>
            eb
              .selectFrom('device')
              .select('id')
              .where('number', '=', device?.number ?? ''),
          ),
    )
    .$if(range !== undefined, query =>
      query.where('at_ms', '>=', range?.fromMs ?? 0).where('at_ms', '<', range?.untilMs ?? 0),
    )
    .orderBy('sequence', 'desc');
}

/** What was done to a license, and to its devices for all their licenses, newest first. */
export async function listAudit(db: Kysely<Tables>, licenseId: Bytes, limit = 200): Promise<AuditLine[]> {
  const rows = await auditLines(db)
    .where(eb => {
      const devices = eb.selectFrom('exchange').select('device_id').where('license_id', '=', licenseId);
      const isOfDevice = eb.and([eb('license_id', 'is', null), eb('device_id', 'in', devices)]);
      return eb.or([eb('license_id', '=', licenseId), isOfDevice]);
    })
    .orderBy('at_ms', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toLine);
}

/** Every entry, the oldest first, some at a time. */
export async function* readAudit(db: Kysely<Tables>): AsyncGenerator<AuditLine[]> {
  let after = 0;
  for (;;) {
    const rows = await auditLines(db)
      .where('audit.sequence', '>', after)
      .orderBy('audit.sequence')
      .limit(PAGE)
      .execute();
    if (rows.length > 0) yield rows.map(toLine);
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.sequence ?? after;
  }
}

function auditLines(db: Kysely<Tables>) {
  return db
    .selectFrom('audit')
    .leftJoin('license_user', 'license_user.id', 'audit.user_id')
    .selectAll('audit')
    .select('license_user.name as user');
}

function toLine(row: Selectable<AuditTable> & { user: string | null }): AuditLine {
  return {
    atMs: row.at_ms,
    actor: row.actor,
    action: row.action,
    product: row.product,
    licenseId: row.license_id,
    deviceId: row.device_id,
    userId: row.user_id,
    subjectId: row.subject_id,
    user: row.user,
    changed: JSON.parse(row.changed),
    sequence: row.sequence,
    hash: row.hash,
  };
}
