import { type Kysely, sql } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import type { Period } from '../../../format/claims.ts';
import type { PeriodRange } from '../../../license/consumption/period.ts';
import { toPeriod } from '../records/period-records.ts';
import type { Tables } from '../tables.ts';

/** Of each counter and reset: what the console shows. */
export const PERIODS_SHOWN = 31;

/** What all activations of a license used in these periods: of each counter the newest of each range. */
export async function listPeriods(
  db: Kysely<Tables>,
  licenseId: Bytes,
  ranges: readonly PeriodRange[],
): Promise<Period[]> {
  const found = [];
  for (const range of ranges) found.push(...(await listRange(db, licenseId, range)));
  return found;
}

async function listRange(
  db: Kysely<Tables>,
  licenseId: Bytes,
  { first, last }: PeriodRange,
): Promise<Period[]> {
  const numbered = db
    .selectFrom('license_period')
    .selectAll()
    .select(sql<number>`row_number() over (partition by counter order by period desc)`.as('place'))
    .where('license_id', '=', licenseId)
    .where('period', '>=', first)
    .where('period', '<=', last);
  const rows = await db
    .selectFrom(numbered.as('numbered'))
    .selectAll()
    .where('place', '<=', PERIODS_SHOWN)
    .execute();
  return rows.map(toPeriod);
}
