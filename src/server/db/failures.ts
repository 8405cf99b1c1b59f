import { LatchkeyError } from '../../errors.ts';

/** What callers are told to wait: a database that starts again takes about so long. */
const RETRY_AFTER_S = 2;

/** Results of SQLite that say nothing against the statement: locked, no memory, read-only, disk failed or full. */
const sqliteFailures = new Set([5, 6, 7, 8, 10, 13, 14]);

/** The lower byte is the result, the rest tells more of it. */
const SQLITE_RESULT_MASK = 0xff;

/**
 * Classes of PostgreSQL's SQLSTATE that say nothing against the statement: connection, a table that a newer version
 * of this program has changed meanwhile, read-only, rolled back, no resources (a full disk too), lock not available,
 * stopped by an operator, failure of system or database.
 */
const postgresFailures = ['08', '0A000', '25006', '40', '53', '55P03', '57', '58', 'XX'];

/** Two transactions that could not both have run alone, or that waited for each other. */
const conflicts = ['40001', '40P01'];

/**
 * What the rest of the server is told of an error of the database: SERVER_BUSY when the database is away, full or
 * busy, for the same call may succeed later; any other error as it is, for it is a fault of ours.
 */
export function toServerError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof LatchkeyError || !isFailure(error)) return error;
  const data = { retryAfterSeconds: RETRY_AFTER_S };
  return new LatchkeyError('SERVER_BUSY', 'the database is away, full or busy', { cause: error, data });
}

/** The database's own error behind {@link toServerError}: at a start, people are told it. */
export function toDatabaseError(error: unknown): unknown {
  return error instanceof LatchkeyError && error.cause !== undefined ? error.cause : error;
}

/** Whether the database undid a transaction only because of others beside it, so that it may run again at once. */
export function isConflict(error: unknown): boolean {
  return error instanceof LatchkeyError && conflicts.includes(sqlState(error.cause) ?? '');
}

function isFailure(error: Error): boolean {
  if ('errcode' in error) return sqliteFailures.has(Number(error.errcode) & SQLITE_RESULT_MASK);
  const state = sqlState(error);
  // Without a SQLSTATE it is no answer of PostgreSQL: the connection failed.
  if (state === null) return !(error instanceof TypeError || error instanceof RangeError);
  return postgresFailures.some(prefix => state.startsWith(prefix));
}

/** Whether it is PostgreSQL's word on a statement; else the connection failed, and what it would say next is not known. */
export function isAnswer(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && !['08', '57P', '0A'].some(prefix => state.startsWith(prefix));
}

/** Five digits or capitals; codes of the operating system have other forms. */
function sqlState(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const { code } = error;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && 'severity' in error ? code : null;
}
