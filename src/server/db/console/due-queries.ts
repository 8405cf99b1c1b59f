import { type Kysely, sql } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import { toHex } from '../../../bytes/hex.ts';
import type { AuditAction } from '../../../issue/records.ts';
import type { Tables } from '../tables.ts';
import { likeText } from './like-text.ts';

/** Whether a file carries what has changed: none was made, or one was and its device has not named it. */
export type DueStanding = 'to-make' | 'made';

/** Something that was done to a license. */
export interface LicenseChange {
  readonly atS: number;
  readonly action: AuditAction;
  readonly changed: readonly string[];
}

/** An activation whose license has changed since the file that its device is known to have. */
export interface DueDevice {
  readonly activationId: Bytes;
  readonly licenseId: Bytes;
  readonly customer: string;
  readonly holder: string;
  readonly product: string;
  readonly deviceNumber: string;
  readonly deviceName: string;
  readonly blocked: boolean;
  /** When it changed first. */
  readonly changedAtS: number;
  /** When its newest license file was made. */
  readonly fileAtS: number | null;
  /** Since then, newest first, at most 10. */
  readonly changes: readonly LicenseChange[];
}

export interface DueList {
  readonly items: readonly DueDevice[];
  /** Of all pages. */
  readonly total: number;
  /** Whatever the text. */
  readonly counts: Readonly<Record<DueStanding, number>>;
}

const CHANGES_SHOWN = 10;

/** Of one page: bounds what is read of licenses that change every minute. */
const MAX_CHANGES = 2000;

const actions: readonly AuditAction[] = [
  'license.edit',
  'license.enable',
  'license.disable',
  'license.delete',
  'license.reset-usage',
];

/** Devices that have not named a file with what has changed, those that have waited longest first. */
export async function listDue(
  db: Kysely<Tables>,
  { standing, text }: { standing: DueStanding; text: string },
  { offset, limit }: { offset: number; limit: number },
): Promise<DueList> {
  const matching = dueActivations(db)
    .where('activation.carried_by_revision', standing === 'made' ? 'is not' : 'is', null)
    .$if(text !== '', query => query.where(holds(text)));
  const rows = await matching
    .select(['activation.id', 'activation.license_id', 'activation.changed_at_s'])
    .select(['license.customer', 'license.holder', 'license.product'])
    .select(['device.number', 'device.name', 'device.blocked'])
    .select(fileAt.as('file_at_s'))
    .orderBy('activation.changed_at_s')
    .orderBy('activation.id')
    .offset(offset)
    .limit(limit)
    .execute();
  const changes = await changesOf(db, rows);
  const counts = await countDue(db);
  const total = text === '' ? counts[standing] : await countOf(matching);
  const items = rows.map(row => {
    const changedAtS = row.changed_at_s ?? 0;
    const own = changes.get(toHex(row.license_id)) ?? [];
    return {
      activationId: row.id,
      licenseId: row.license_id,
      customer: row.customer,
      holder: row.holder,
      product: row.product,
      deviceNumber: row.number,
      deviceName: row.name,
      blocked: row.blocked === 1,
      changedAtS,
      fileAtS: row.file_at_s,
      changes: own.filter(({ atS }) => atS >= changedAtS).slice(0, CHANGES_SHOWN),
    };
  });
  return { items, total, counts };
}

/** Those to whom something is to be carried, or is on its way; runs over an index of just these. */
export function dueActivations(db: Kysely<Tables>) {
  return db
    .selectFrom('activation')
    .innerJoin('license', 'license.id', 'activation.license_id')
    .innerJoin('device', 'device.id', 'activation.device_id')
    .where('activation.changed_at_s', 'is not', null)
    .where('activation.end_reason', 'is', null);
}

/** How many devices wait for a file, and how many have one that they have not named. */
async function countDue(db: Kysely<Tables>): Promise<Record<DueStanding, number>> {
  const rows = await db
    .selectFrom('activation')
    .select(sql<number>`case when carried_by_revision is null then 0 else 1 end`.as('made'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('changed_at_s', 'is not', null)
    .where('end_reason', 'is', null)
    .groupBy('made')
    .execute();
  const countOfMade = (made: number) => Number(rows.find(row => Number(row.made) === made)?.count ?? 0);
  return { 'to-make': countOfMade(0), made: countOfMade(1) };
}

async function countOf(matching: ReturnType<typeof dueActivations>): Promise<number> {
  const { total } = await matching
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

const fileAt = sql<number | null>`(
  select max(exchange.decided_at_s) from exchange
  where exchange.device_id = activation.device_id
    and exchange.activation_id = activation.id
    and exchange.revision is not null
)`;

function holds(text: string) {
  const columns = ['license.customer', 'license.holder', 'device.name', 'device.number'];
  return sql<boolean>`(${sql.join(
    columns.map(column => likeText(column, text)),
    sql` or `,
  )})`;
}

/** What was done to the licenses of a page since the first of its changes, newest first, by license. */
async function changesOf(
  db: Kysely<Tables>,
  rows: readonly { license_id: Bytes; changed_at_s: number | null }[],
): Promise<Map<string, LicenseChange[]>> {
  const changes = new Map<string, LicenseChange[]>();
  if (rows.length === 0) return changes;
  const ids = new Map(rows.map(row => [toHex(row.license_id), row.license_id]));
  const since = Math.min(...rows.map(row => row.changed_at_s ?? 0));
  const found = await db
    .selectFrom('audit')
    .select(['license_id', 'at_ms', 'action', 'changed'])
    .where('license_id', 'in', [...ids.values()])
    .where('at_ms', '>=', since * 1000)
    .where('action', 'in', actions)
    .orderBy('sequence', 'desc')
    .limit(MAX_CHANGES)
    .execute();
  for (const { license_id, at_ms, action, changed } of found) {
    if (license_id === null) continue;
    const license = toHex(license_id);
    const change = { atS: Math.floor(at_ms / 1000), action, changed: JSON.parse(changed) };
    changes.set(license, [...(changes.get(license) ?? []), change]);
  }
  return changes;
}
