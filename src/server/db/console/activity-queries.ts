import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import { startOfDay } from '../days.ts';
import type { Tables } from '../tables.ts';
import { dueActivations } from './due-queries.ts';

/** What happened on one day in UTC. */
export interface DayCounts {
  readonly day: number;
  /** Activation requests that got a license, and files that were refused. */
  readonly granted: number;
  readonly refused: number;
  /** Over all licenses and counters: what was reported as used, less what was given back. */
  readonly used: number;
}

/** What was reported of a counter of a license on one day in UTC. */
export interface UsageDay {
  readonly counter: string;
  readonly day: number;
  readonly used: number;
  readonly givenBack: number;
}

/** Counts one day: reads that day's exchanges and reports, by the index of their times. */
export async function countDay(db: Kysely<Tables>, day: number): Promise<DayCounts> {
  const exchanges = await exchangesOfDay(db, day).executeTakeFirstOrThrow();
  const usage = await usageOfDay(db, day).executeTakeFirstOrThrow();
  return {
    day,
    granted: Number(exchanges.granted),
    refused: Number(exchanges.refused),
    used: Number(usage.used),
  };
}

/** The counts of {@link countDay}, of files. */
export function exchangesOfDay(db: Kysely<Tables>, day: number) {
  const isGranted = sql<SqlBool>`kind = 'activation-request' and code is null`;
  return db
    .selectFrom('exchange')
    .select([
      sql<number>`coalesce(sum(case when ${isGranted} then 1 else 0 end), 0)`.as('granted'),
      sql<number>`coalesce(sum(case when code is null then 0 else 1 end), 0)`.as('refused'),
    ])
    .where('decided_at_s', '>=', startOfDay(day))
    .where('decided_at_s', '<', startOfDay(day + 1));
}

/** The sums of {@link countDay}, of what was reported. */
export function usageOfDay(db: Kysely<Tables>, day: number) {
  return db
    .selectFrom('usage_day')
    .select(sql<number>`coalesce(sum(used) - sum(given_back), 0)`.as('used'))
    .where('day', '=', day);
}

/** What was reported of a license from a day on, the oldest first. */
export async function listUsage(
  db: Kysely<Tables>,
  licenseId: Bytes,
  { firstDay, limit }: { firstDay: number; limit: number },
): Promise<UsageDay[]> {
  const rows = await db
    .selectFrom('usage_day')
    .select(['counter', 'day', 'used', 'given_back'])
    .where('license_id', '=', licenseId)
    .where('day', '>=', firstDay)
    .orderBy('day', 'desc')
    .orderBy('counter')
    .limit(limit)
    .execute();
  return rows.reverse().map(({ counter, day, used, given_back: givenBack }) => {
    return { counter, day, used, givenBack };
  });
}

/** How many enabled licenses end between each moment and the next; Unix seconds, the later one not within. */
export async function countEnds(db: Kysely<Tables>, moments: readonly number[]): Promise<number[]> {
  const counts: number[] = [];
  for (const [index, fromS] of moments.slice(0, -1).entries()) {
    const { total } = await endsBetween(db, fromS, moments[index + 1] ?? fromS).executeTakeFirstOrThrow();
    counts.push(Number(total));
  }
  return counts;
}

/** The count of {@link countEnds} for one part. */
export function endsBetween(db: Kysely<Tables>, fromS: number, untilS: number) {
  return db
    .selectFrom('license')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('expires_at_s', '>=', fromS)
    .where('expires_at_s', '<', untilS)
    .where('enabled', '=', 1);
}

/** Licenses of which a counter that never begins anew is over its maximum: the index holds just these. */
export async function countOverMaximum(db: Kysely<Tables>): Promise<number> {
  const { total } = await overMaximum(db).executeTakeFirstOrThrow();
  return Number(total);
}

/** The count of {@link countOverMaximum}. */
export function overMaximum(db: Kysely<Tables>) {
  const isOver = sql<SqlBool>`maximum is not null and reset_period is null and maximum < used - given_back + adjustment`;
  const licenses = db.selectFrom('license').select('id').where(isOver);
  const features = db.selectFrom('license_feature').select('license_id as id').where(isOver);
  return db
    .selectFrom(licenses.union(features).as('over'))
    .select(({ fn }) => fn.countAll<number>().as('total'));
}

/**
 * Devices with a seat whose license wants reports, and whose last one, or their activation, is longer ago than that and
 * its grace; counted up to a number.
 */
export async function countOverdue(db: Kysely<Tables>, nowS: number, most: number): Promise<number> {
  const overdue = overdueReports(db, nowS).limit(most).as('overdue');
  const { total } = await db
    .selectFrom(overdue)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Devices that wait for a refresh file which nobody has made, counted up to a number. */
export async function countDue(db: Kysely<Tables>, most: number): Promise<number> {
  const due = dueActivations(db)
    .select('activation.id')
    .where('activation.carried_by_revision', 'is', null)
    .limit(most)
    .as('due');
  const { total } = await db
    .selectFrom(due)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Those that {@link countOverdue} counts. */
export function overdueReports(db: Kysely<Tables>, nowS: number) {
  const dueS = sql`coalesce(activation.reported_at_s, activation.granted_at_s)
    + (license.report_within_days + coalesce(license.report_grace_days, 0)) * 86400`;
  return (
    db
      .selectFrom('license')
      // SQLite keeps the order of a cross join: licenses with reports are few, activations are not.
      .crossJoin('activation')
      .whereRef('activation.license_id', '=', 'license.id')
      .select('activation.id')
      .where('license.report_within_days', 'is not', null)
      .where('activation.end_reason', 'is', null)
      .where(sql<SqlBool>`${dueS} <= ${nowS}`)
  );
}
