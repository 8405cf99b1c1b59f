import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { Pool, type PoolClient } from 'pg';
import { isAnswer, toServerError } from '../failures.ts';
import { columnTypes } from './types.ts';

/** Shapes of statement that a connection keeps prepared; far more than the portal has. */
const MAX_PREPARED = 500;

/** How long a connection may take to come about. */
const CONNECT_TIMEOUT_MS = 5_000;

/** PostgreSQL ends a statement itself; past the second time the connection is taken for dead. */
const STATEMENT_TIMEOUT_MS = 20_000;
const ANSWER_TIMEOUT_MS = 25_000;

export interface PoolOptions {
  /** `postgres://…`, which may hold a password: it is never part of a message. */
  readonly address: string;
  /** The schema that unqualified names mean. */
  readonly schema: string;
  readonly maxConnections: number;
  /** For migrations, which take as long as they take. */
  readonly isPatient?: boolean;
}

/**
 * Connections to PostgreSQL for Kysely: each is set up the same way, keeps its statements prepared, and is given up when
 * it fails. A commit that returned has reached the disk, whatever the default of the database is.
 */
export function openPool({ address, schema, maxConnections, isPatient = false }: PoolOptions): PostgresPool {
  const pool = new Pool({
    connectionString: address,
    max: maxConnections,
    types: columnTypes,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'latchkey',
    ...(isPatient ? {} : { query_timeout: ANSWER_TIMEOUT_MS }),
  });
  // An idle connection that breaks is taken out of the pool; the next statement opens another.
  pool.on('error', () => undefined);
  const known = new WeakMap<PoolClient, Connection>();
  const setup = setupOf(schema, isPatient);
  return {
    options: {},
    async connect() {
      const client = await failing(pool.connect());
      const connection = known.get(client) ?? new Connection(client);
      if (!known.has(client)) await connection.setUp(setup);
      known.set(client, connection);
      return connection;
    },
    end: () => pool.end(),
  };
}

/** Index scans let transactions conflict by row, where a scan of a whole small table conflicts with each write to it. */
function setupOf(schema: string, isPatient: boolean): string {
  return [
    `set search_path to ${schema}`,
    `set statement_timeout to ${isPatient ? 0 : STATEMENT_TIMEOUT_MS}`,
    `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`,
    'set bytea_output to hex',
    'set enable_seqscan to off',
  ].join('; ');
}

class Connection implements PostgresPoolClient {
  readonly #client: PoolClient;
  /** A short name for each statement: PostgreSQL parses and plans it once. */
  readonly #names = new Map<string, string>();
  #isBroken = false;

  constructor(client: PoolClient) {
    this.#client = client;
    client.on('error', () => {
      this.#isBroken = true;
    });
  }

  async setUp(statements: string): Promise<void> {
    try {
      await failing(this.#client.query(statements));
    } catch (error) {
      this.#client.release(true);
      throw error;
    }
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    asked: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof asked !== 'string') throw new TypeError('a cursor is not used here');
    return this.#run(asked, parameters);
  }

  release(destroy = false): void {
    this.#client.release(destroy || this.#isBroken);
  }

  async #run<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const name = this.#nameOf(text);
    try {
      const result = await this.#client.query({ text, values: [...parameters], ...(name && { name }) });
      // Kysely reads command, rowCount and rows, as pg gives them; the type of a row is its caller's word.
      return result as unknown as PostgresQueryResult<R>;
    } catch (error) {
      if (!isAnswer(error)) this.#isBroken = true;
      throw toServerError(error);
    }
  }

  #nameOf(text: string): string | null {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (this.#names.size >= MAX_PREPARED) return null;
    const name = `s${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}

async function failing<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw toServerError(error);
  }
}
