import type { Kysely } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import type { Period } from '../../../format/claims.ts';
import { toPeriod } from '../period-records.ts';
import type { Tables } from '../tables.ts';

/** What all activations of a license used in each period, the newest first. */
export async function listPeriods(db: Kysely<Tables>, licenseId: Bytes, limit = 60): Promise<Period[]> {
  const rows = await db
    .selectFrom('license_period')
    .selectAll()
    .where('license_id', '=', licenseId)
    .orderBy('period', 'desc')
    .orderBy('counter')
    .limit(limit)
    .execute();
  return rows.map(toPeriod);
}
