import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { CompiledQuery, type Kysely, type Transaction } from 'kysely';
import { isConflict } from './failures.ts';

/** Most works that share a commit: bounds how long the first of them waits. */
const MAX_WORKS = 32;

/** How often a work that others get in the way of runs, and the longest pause before the second and the last run. */
const MAX_RUNS = 10;
const FIRST_PAUSE_MS = 4;
const LAST_PAUSE_MS = 250;

type Outcome = () => void;

interface Job<Tables> {
  /** Runs the work; what it returns tells its caller, once that may be told. */
  run(transaction: Transaction<Tables>): Promise<Outcome>;
  reject(reason: unknown): void;
}

/** Runs a work in a transaction and resolves after the commit. The work may run more than once, but counts once. */
export type Transact<Tables> = <T>(work: (transaction: Transaction<Tables>) => Promise<T>) => Promise<T>;

/**
 * Gathers works that arrive while a commit is under way into the next one, since a commit costs more than most works.
 * Each work stands behind a savepoint of its own: one that rejects is undone alone. When the commit fails, all of
 * its works reject. When another process got in the way of a commit, its works run again, each in a transaction of its
 * own, and reject with SERVER_BUSY if that happens time after time.
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
    await commitOnce(db, jobs);
  } catch (reason) {
    if (isConflict(reason)) for (const job of jobs) await commitAlone(db, job);
    else for (const { reject } of jobs) reject(reason);
  }
}

async function commitOnce<Tables>(db: Kysely<Tables>, jobs: readonly Job<Tables>[]): Promise<void> {
  const outcomes = await db.transaction().execute(transaction => runAll(transaction, jobs));
  for (const tell of outcomes) tell();
}

/** Processes that met pause for lengths of their own, so that they do not meet again. */
async function commitAlone<Tables>(db: Kysely<Tables>, job: Job<Tables>): Promise<void> {
  for (let runs = 1; ; runs += 1) {
    try {
      return await commitOnce(db, [job]);
    } catch (reason) {
      if (!isConflict(reason) || runs === MAX_RUNS) return job.reject(reason);
      await pause(Math.random() * Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** runs));
    }
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

/**
 * A failure is a value here. What undoes the whole transaction rejects: a conflict with another, or a database that
 * cannot undo the work alone.
 */
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
    if (isConflict(failed)) throw failed;
    await undo(transaction, failed);
    return { failed };
  }
}

async function undo<Tables>(transaction: Transaction<Tables>, failed: unknown): Promise<void> {
  try {
    await transaction.executeQuery(rollback);
    await transaction.executeQuery(release);
  } catch {
    // The savepoint went with the transaction or the connection: why it did is what is worth knowing.
    throw failed;
  }
}
