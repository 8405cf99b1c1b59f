import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import { toServerError } from './failures.ts';

/** Shapes of statement that are kept prepared; far more than the portal has. */
const MAX_PREPARED = 500;

/** How long a statement waits for another process that holds the lock, for example the `latchkey` command. */
const BUSY_TIMEOUT_MS = 5_000;

/** Pages of the log, 16 MiB, before they are written to the database: by then many have changed more than once. */
const CHECKPOINT_PAGES = 4_000;

/**
 * Opens a database file so that a commit that returned has reached the disk: write-ahead log, `synchronous` FULL.
 * Foreign keys are on. `:memory:` serves no purpose here, since nothing in it is durable.
 */
export function openSqlite(path: string): DatabaseSync {
  const sqlite = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  sqlite.exec('pragma journal_mode = wal; pragma synchronous = full; pragma trusted_schema = off');
  sqlite.exec(`pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  return sqlite;
}

/** Kysely's dialect for Node's own SQLite, on one connection. */
export class NodeSqliteDialect extends SqliteDialect {
  readonly #sqlite: DatabaseSync;

  constructor(sqlite: DatabaseSync) {
    super({ database: preparing(sqlite) });
    this.#sqlite = sqlite;
  }

  override createDriver(): Driver {
    return new NodeSqliteDriver(this.#sqlite);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }
}

/** SQLite undoes what a transaction did to tables as well, so a start that is killed leaves no half migration. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): true {
    return true;
  }
}

class NodeSqliteDriver extends SqliteDriver {
  readonly #sqlite: DatabaseSync;

  constructor(sqlite: DatabaseSync) {
    super({ database: preparing(sqlite) });
    this.#sqlite = sqlite;
  }

  /** Takes the write lock at once: a transaction that reads first could otherwise find that it may not write. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** A full disk makes SQLite end the transaction itself. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#sqlite.isTransaction) await super.rollbackTransaction(connection);
  }
}

function preparing(sqlite: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => sqlite.close(),
    prepare(sql) {
      const known = prepared.get(sql);
      if (known !== undefined) return known;
      if (prepared.size >= MAX_PREPARED) prepared.clear();
      const statement = adapt(failing(() => sqlite.prepare(sql)));
      prepared.set(sql, statement);
      return statement;
    },
  };
}

function adapt(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: parameters => failing(() => statement.all(...parameters.map(toInput))),
    run: parameters => failing(() => statement.run(...parameters.map(toInput))),
    iterate: parameters => statement.iterate(...parameters.map(toInput)),
  };
}

function failing<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw toServerError(error);
  }
}

function toInput(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint' || value instanceof Uint8Array) return value;
  throw new TypeError(`a ${typeof value} is no value of a column`);
}
