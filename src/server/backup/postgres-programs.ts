import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { promisify } from 'node:util';
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
  const whole = ['--exit-on-error', '--single-transaction'];
  await runProgram('pg_restore', address, ['--no-owner', '--no-acl', ...whole, file]);
}

/** The password goes by the environment: arguments are seen by everybody on the machine. */
async function runProgram(name: string, address: string, args: string[]): Promise<void> {
  const { shown, password } = splitPassword(address);
  const env = { ...process.env, ...(password !== null && { PGPASSWORD: password }) };
  try {
    await run(newest(name), [`--dbname=${shown}`, ...args], { env });
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (isMissing)
      throw new TypeError(`${name} is not on this machine: install PostgreSQL's client programs`);
    throw new TypeError(`${name} failed`, { cause });
  }
}

function splitPassword(address: string): { shown: string; password: string | null } {
  const [, head = '', password, tail = ''] =
    /^(\w+:\/\/[^/?@:]*)(?::([^@/]*))?(@.*|[^@]*)$/.exec(address) ?? [];
  if (password === undefined) return { shown: address, password: null };
  return { shown: head + tail, password: decodeURIComponent(password) };
}

/** Debian keeps the programs of each version in a folder of its own, which no path names. */
function newest(name: string): string {
  const version = (path: string) => Number(/\/(\d+)\/bin\//.exec(path)?.[1]);
  const found = globSync(`/usr/lib/postgresql/*/bin/${name}`).sort((a, b) => version(b) - version(a));
  return found[0] ?? name;
}
