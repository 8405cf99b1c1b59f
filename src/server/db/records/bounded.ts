import { type RawBuilder, sql } from 'kysely';

/**
 * Sums are the word of devices, and those of several can pass what a number of JavaScript holds: such a row could not
 * be read again, nor any list that it stands in.
 */
export function bounded(sum: RawBuilder<number>): RawBuilder<number> {
  const most = sql.lit(Number.MAX_SAFE_INTEGER);
  return sql<number>`case when ${sum} > ${most} then ${most} else ${sum} end`;
}
