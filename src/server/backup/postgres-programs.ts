import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { ACCOUNTS_SCHEMA, PORTAL_SCHEMA } from '../db/postgres/schema.ts';

/** Both schemas in the format of pg_dump that pg_restore reads. */
export const DUMP = 'latchkey.dump';

const run = promisify(execFile);

/** Reads both schemas at one moment into a file. @throws TypeError - pg_dump is missing or fails. */
export async function dumpPostgres(address: string, file: string): Promise<void> {
  const schemas = [PORTAL_SCHEMA, ACCOUNTS_SCHEMA].map(name => `--schema=${name}`);
  await runProgram('pg_dump', address, [
    '--format=custom',
    '--no-owner',
    '--no-acl',
    ...schemas,
    '--file',
    file,
  ]);
}

/** Makes both schemas from such a file, in one transaction. @throws TypeError - pg_restore is missing or fails. */
export async function restorePostgres(address: string, file: string): Promise<void> {
  const { PGDATABASE: database } = environmentOf(address);
  const whole = ['--exit-on-error', '--single-transaction'];
  const args = [`--dbname=${database}`, '--no-owner', '--no-acl', ...whole, file];
  await runProgram('pg_restore', address, args);
}

async function runProgram(name: string, address: string, args: string[]): Promise<void> {
  try {
    await run(newest(name), args, { env: { ...process.env, ...environmentOf(address) } });
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (isMissing)
      throw new TypeError(`${name} is not on this machine: install PostgreSQL's client programs`);
    throw new TypeError(`${name} failed`, { cause });
  }
}

/** An address as PostgreSQL's programs take it, read as the server reads it: arguments are seen by everybody on the machine. */
export function environmentOf(address: string): Record<string, string> {
  const { host, port, user, database, password } = new Client({ connectionString: address });
  const mode = /[?&]sslmode=([\w-]+)/.exec(address)?.[1];
  return {
    PGHOST: host,
    PGPORT: String(port),
    ...(user && { PGUSER: user }),
    ...(database && { PGDATABASE: database }),
    ...(password && { PGPASSWORD: password }),
    ...(mode && { PGSSLMODE: mode }),
  };
}

/** Debian keeps the programs of each version in a folder of its own, which no path names. */
function newest(name: string): string {
  const version = (path: string) => Number(/\/(\d+)\/bin\//.exec(path)?.[1]);
  const found = globSync(`/usr/lib/postgresql/*/bin/${name}`).sort((a, b) => version(b) - version(a));
  return found[0] ?? name;
}
