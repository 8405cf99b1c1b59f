import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { LatchkeyError } from '../../errors.ts';
import { isPostgres } from './place.ts';

/** Nothing else in a database of ours takes an advisory lock of this number. */
const ADVISORY_LOCK = 7_305_808_868;

/** Keeps servers on the same data out of each other's way. */
export interface StartLock {
  /** To be called once everything is made and open. */
  started(): Promise<void>;
  /** To be called when the server has closed the rest. */
  release(): Promise<void>;
}

/**
 * Takes the lock of a server's data. A data folder with SQLite has one server: the lock is held until it ends, and the
 * operating system releases it whatever ends it. One PostgreSQL database may have several servers, which start one
 * after the other: what a first start makes is made once.
 *
 * @throws {@link LatchkeyError} SERVER_FAILED - another server runs on this folder, or PostgreSQL does not answer.
 */
export function takeStartLock(place: string, dataFolder: string): Promise<StartLock> {
  return isPostgres(place) ? lockDatabase(place) : lockFolder(dataFolder);
}

/** An empty SQLite database that nobody writes to: its lock is that of the operating system. */
async function lockFolder(folder: string): Promise<StartLock> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(folder, 'server.lock'), { timeout: 0 });
  try {
    lock.exec('begin exclusive');
    return { started: async () => undefined, release: async () => lock.close() };
  } catch (cause) {
    lock.close();
    throw new LatchkeyError('SERVER_FAILED', `another server runs on the data folder ${folder}`, { cause });
  }
}

async function lockDatabase(address: string): Promise<StartLock> {
  const client = new Client({ connectionString: address, application_name: 'latchkey start' });
  // Whoever waits for an answer is told; between answers nothing is lost with the connection but the lock.
  client.on('error', () => undefined);
  const release = () => client.end().catch(() => undefined);
  try {
    await client.connect();
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
  } catch (cause) {
    await release();
    throw new LatchkeyError('SERVER_FAILED', 'the database could not be opened', { cause });
  }
  return { started: release, release };
}
