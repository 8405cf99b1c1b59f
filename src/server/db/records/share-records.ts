import type { Kysely } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import type { Holding } from '../../../issue/decide/share.ts';
import type { Records } from '../../../issue/repository.ts';
import type { Tables } from '../tables.ts';

type ShareRecords = Pick<Records, 'findHoldings' | 'saveShare'>;

/** What activations may use of maxima that are given out in shares. */
export function shareRecords(db: Kysely<Tables>): ShareRecords {
  return {
    findHoldings: (licenseId, of) => findHoldings(db, licenseId, of),
    async saveShare(activationId, counter, { ceiling, held }) {
      await db
        .insertInto('share')
        .values({ activation_id: activationId, counter, ceiling, held })
        .onConflict(conflict => conflict.columns(['activation_id', 'counter']).doUpdateSet({ ceiling, held }))
        .execute();
    },
  };
}

async function findHoldings(
  db: Kysely<Tables>,
  licenseId: Bytes,
  { counter, index }: { counter: string; index: number | null },
): Promise<Holding[]> {
  const active = db
    .selectFrom('activation')
    .leftJoin('share', join =>
      join.onRef('share.activation_id', '=', 'activation.id').on('share.counter', '=', counter),
    )
    .where('activation.license_id', '=', licenseId)
    .where('activation.end_reason', 'is', null)
    .select(['activation.id', 'share.ceiling', 'share.held']);
  const counted =
    index === null
      ? active
          .leftJoin('activation_counter as sums', join =>
            join.onRef('sums.activation_id', '=', 'activation.id').on('sums.counter', '=', counter),
          )
          .select(['sums.used', 'sums.given_back'])
      : active
          .leftJoin('activation_period as sums', join =>
            join
              .onRef('sums.activation_id', '=', 'activation.id')
              .on('sums.counter', '=', counter)
              .on('sums.period', '=', index),
          )
          .select(['sums.used', 'sums.given_back']);
  const rows = await counted.execute();
  return rows.map(({ id, ceiling, held, used, given_back }) => ({
    activationId: id,
    net: (used ?? 0) - (given_back ?? 0),
    share: ceiling === null || held === null ? null : { ceiling, held },
  }));
}
