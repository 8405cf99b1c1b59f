import type { Kysely, Selectable } from 'kysely';
import type { Database } from './database.ts';
import type { ActivationTable, ExchangeTable, Tables } from './tables.ts';

/** Activations, or files, in one work: bounds how long exchanges wait behind it. */
const MAX_IN_ONE_WORK = 100;

/** In the place of a stored license that was erased. */
const erased = new Uint8Array(0);

type Due = Pick<Selectable<ActivationTable>, 'id' | 'device_id'>;
type DueFile = Pick<Selectable<ExchangeTable>, 'device_id' | 'request_id'>;

/**
 * Erases the fingerprints of activations that ended up to a time, and the stored licenses that hold them. Returns how
 * many activations that were.
 *
 * @param endedUntilS - Unix seconds.
 */
export async function eraseFingerprints({ db, transact }: Database, endedUntilS: number): Promise<number> {
  const due = await dueFingerprints(db, endedUntilS).execute();
  for (let start = 0; start < due.length; start += MAX_IN_ONE_WORK) {
    await transact(transaction => erase(transaction, due.slice(start, start + MAX_IN_ONE_WORK)));
  }
  return due.length;
}

/** Activations that ended up to a time and have a fingerprint still; runs over an index of just these. */
export function dueFingerprints(db: Kysely<Tables>, endedUntilS: number) {
  return db
    .selectFrom('activation')
    .select(['id', 'device_id'])
    .where('ended_at_s', '<=', endedUntilS)
    .where('fingerprint', 'is not', null);
}

/**
 * Forgets devices that were refused for want of a seat, and not given one, up to a time; their fingerprints go with them.
 * Returns how many.
 */
export async function eraseSeatRequests({ transact }: Database, askedUntilS: number): Promise<number> {
  return transact(async transaction => {
    const due = transaction
      .deleteFrom('seat_request')
      .where('asked_at_s', '<=', askedUntilS)
      .where(({ eb, or }) => or([eb('approved_at_s', 'is', null), eb('approved_at_s', '<=', askedUntilS)]));
    return Number((await due.executeTakeFirst()).numDeletedRows);
  });
}

/** An end is final, so what was due is due still. */
async function erase(db: Kysely<Tables>, due: readonly Due[]): Promise<void> {
  for (const { id, device_id } of due) {
    await db.updateTable('activation').set({ fingerprint: null }).where('id', '=', id).execute();
    await db
      .updateTable('exchange')
      .set({ answer: erased })
      .where('device_id', '=', device_id)
      .where('activation_id', '=', id)
      .where('revision', 'is not', null)
      .execute();
  }
}

/**
 * Erases the device files that were decided last up to a time; what was decided about them stays. Returns how many files
 * that were.
 *
 * @param decidedUntilS - Unix seconds.
 */
export async function eraseReceived({ db, transact }: Database, decidedUntilS: number): Promise<number> {
  let erasedFiles = 0;
  for (;;) {
    const due = await dueReceived(db, decidedUntilS).limit(MAX_IN_ONE_WORK).execute();
    if (due.length === 0) return erasedFiles;
    await transact(transaction => eraseFiles(transaction, due, decidedUntilS));
    erasedFiles += due.length;
  }
}

/** Exchanges whose file is there still, though decided up to a time; runs over an index of just those with a file. */
export function dueReceived(db: Kysely<Tables>, decidedUntilS: number) {
  return db
    .selectFrom('exchange')
    .select(['device_id', 'request_id'])
    .where('decided_at_s', '<=', decidedUntilS)
    .where('received', 'is not', null);
}

/** A file that was decided anew since it was found stays, as that file is. */
async function eraseFiles(db: Kysely<Tables>, due: readonly DueFile[], decidedUntilS: number): Promise<void> {
  for (const { device_id, request_id } of due) {
    await db
      .updateTable('exchange')
      .set({ received: null })
      .where('device_id', '=', device_id)
      .where('request_id', '=', request_id)
      .where('decided_at_s', '<=', decidedUntilS)
      .execute();
  }
}
