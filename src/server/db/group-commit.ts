import { setImmediate as nextTurn } from 'node:timers/promises';
import { CompiledQuery, type Kysely, type Transaction } from 'kysely';

/** Most works that share a commit: bounds how long the first of them waits. */
const MAX_WORKS = 32;

type Outcome = () => void;

interface Job<Tables> {
  /** Runs the work; what it returns tells its caller, once that may be told. */
  run(transaction: Transaction<Tables>): Promise<Outcome>;
  reject(reason: unknown): void;
}

/** Runs a work in a transaction and resolves after the commit. */
export type Transact<Tables> = <T>(work: (transaction: Transaction<Tables>) => Promise<T>) => Promise<T>;

/**
 * Gathers works that arrive while a commit is under way into the next one, since a commit costs more than most works.
 * Each work stands behind a savepoint of its own: one that rejects is undone alone. When the commit fails, all of
 * its works reject.
 *
 * A work must wait for nothing but its queries: everything behind it waits with it.
 */
export function groupCommit<Tables>(db: Kysely<Tables>): Transact<Tables> {
  const queue: Job<Tables>[] = [];
  let draining = false;

  async function drain(): Promise<void> {
    draining = true;
    while (queue.length > 0) {
      // SQLite answers within the turn of the event loop: without this no other file would arrive meanwhile.
      await nextTurn();
      await commit(db, queue.splice(0, MAX_WORKS));
    }
    draining = false;
  }

  return work =>
    new Promise((resolve, reject) => {
      const run = async (transaction: Transaction<Tables>): Promise<Outcome> => {
        const result = await behindSavepoint(transaction, work);
        return () => ('failed' in result ? reject(result.failed) : resolve(result.value));
      };
      queue.push({ run, reject });
      if (!draining) void drain();
    });
}

/** Never rejects: each job hears of its own end. */
async function commit<Tables>(db: Kysely<Tables>, jobs: readonly Job<Tables>[]): Promise<void> {
  try {
    const outcomes = await db.transaction().execute(transaction => runAll(transaction, jobs));
    for (const tell of outcomes) tell();
  } catch (reason) {
    for (const { reject } of jobs) reject(reason);
  }
}

async function runAll<Tables>(
  transaction: Transaction<Tables>,
  jobs: readonly Job<Tables>[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const job of jobs) outcomes.push(await job.run(transaction));
  return outcomes;
}

const savepoint = CompiledQuery.raw('savepoint work');
const release = CompiledQuery.raw('release savepoint work');
const rollback = CompiledQuery.raw('rollback to savepoint work');

/** A failure is a value here; only a database that cannot undo it rejects, and with it the whole transaction. */
async function behindSavepoint<Tables, T>(
  transaction: Transaction<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<{ value: T } | { failed: unknown }> {
  await transaction.executeQuery(savepoint);
  try {
    const value = await work(transaction);
    await transaction.executeQuery(release);
    return { value };
  } catch (failed) {
    await transaction.executeQuery(rollback);
    await transaction.executeQuery(release);
    return { failed };
  }
}
