import { join } from 'node:path';
import { Client } from 'pg';

/** Where the server keeps its two databases: a file for each, or one PostgreSQL database with a schema for each. */
export interface Places {
  readonly portal: string;
  readonly accounts: string;
}

/**
 * The databases of a data folder, or the one that `DATABASE_URL` names.
 *
 * @throws TypeError - an address that is not of PostgreSQL; the address, which may hold a password, is not told.
 */
export function placesOf(dataFolder: string, env: Readonly<Record<string, string | undefined>>): Places {
  const { DATABASE_URL: address } = env;
  if (!address) {
    return { portal: join(dataFolder, 'latchkey.db'), accounts: join(dataFolder, 'accounts.db') };
  }
  if (!isPostgres(address) || !isReadable(address)) {
    throw new TypeError('DATABASE_URL: expected postgres://USER:PASSWORD@HOST:PORT/DATABASE');
  }
  return { portal: address, accounts: address };
}

/** Whether a place is an address of PostgreSQL rather than a file. */
export function isPostgres(place: string): boolean {
  return /^postgres(ql)?:\/\//.test(place);
}

/** Sockets have forms of address that no URL has, so that only pg itself can tell. */
function isReadable(address: string): boolean {
  try {
    return Boolean(new Client({ connectionString: address }));
  } catch {
    return false;
  }
}
