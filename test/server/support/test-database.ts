import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Kysely, sql } from 'kysely';
import { Client } from 'pg';
import { findPostgres } from '../../../scripts/postgres.ts';
import type { Tables } from '../../../src/server/db/tables.ts';

/** Address of the cluster of the suite server-postgres; null in the suite server, which runs on SQLite. */
const cluster = process.env.LATCHKEY_TEST_POSTGRES ?? null;

export const isOnPostgres = cluster !== null;

/** What tells a server where its database is; empty: in its data folder. */
export type DatabaseEnv = { readonly DATABASE_URL?: string };

const made = new Set<string>();

/** The database that belongs to a data folder, of whatever kind the suite runs on; gone after the test. */
export async function databaseEnv(test: Pick<TestContext, 'after'>, folder: string): Promise<DatabaseEnv> {
  if (cluster === null) return {};
  const name = `t${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  if (!made.has(name)) {
    made.add(name);
    await execute(cluster, `create database ${name} template template0`);
    test.after(() => execute(cluster, `drop database ${name} with (force)`));
  }
  return { DATABASE_URL: addressOf(cluster, name) };
}

/** The place of the portal's records that belong to a data folder. */
export async function portalPlace(test: Pick<TestContext, 'after'>, folder: string): Promise<string> {
  return (await databaseEnv(test, folder)).DATABASE_URL ?? join(folder, 'latchkey.db');
}

/** Address of another database of the same cluster. */
export function addressOf(address: string, database: string): string {
  return address.replace(/\/\w+(?=\?|$)/, `/${database}`);
}

/** Runs statements on a connection of their own. */
export async function execute(address: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: address });
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows;
  } finally {
    await client.end();
  }
}

/** Lets entries of the audit log be changed: what only the owner of the database can do. */
export async function takeAuditGuardOff(db: Kysely<Tables>): Promise<void> {
  const triggers = isOnPostgres ? ['audit_no_change'] : ['audit_no_update', 'audit_no_delete'];
  for (const name of triggers) {
    await sql`drop trigger ${sql.ref(name)} ${isOnPostgres ? sql`on audit` : sql``}`.execute(db);
  }
}

/** A whole database as statements that make it again. */
export function dump(address: string): string {
  return execFileSync(program('pg_dump'), [address], { encoding: 'utf8', maxBuffer: 2 ** 28 });
}

/** Makes in an empty database what another holds. */
export function copyDatabase(from: string, to: string): void {
  execFileSync(program('psql'), ['-q', '-v', 'ON_ERROR_STOP=1', to], { input: dump(from), stdio: 'pipe' });
}

function program(name: string): string {
  return join(findPostgres() ?? '', name);
}
