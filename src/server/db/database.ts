import { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { LatchkeyError } from '../../errors.ts';
import { groupCommit, type Transact } from './group-commit.ts';
import { portalTables } from './migrations/0001-portal.ts';
import { userTables } from './migrations/0002-users.ts';
import { NodeSqliteDialect, openSqlite } from './node-sqlite.ts';
import type { Tables } from './tables.ts';

/** In the order of their names; one that has run somewhere is never edited. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-portal': portalTables,
  '0002-users': userTables,
};

/** The portal's database, its tables up to date. */
export interface Database {
  /** For reading; a statement of its own sees what was committed before it. */
  readonly db: Kysely<Tables>;
  /** For writing: durable once it resolves. */
  readonly transact: Transact<Tables>;
  close(): Promise<void>;
}

/**
 * Opens the portal's database file, makes it when it is not there, and runs the migrations that it lacks.
 *
 * @param path - A file on a local disk: network file systems break the locks of SQLite.
 * @throws {@link LatchkeyError} SERVER_FAILED - when it cannot be opened, is newer than this program, or a migration
 * fails; that migration has then changed nothing.
 */
export async function openDatabase(path: string): Promise<Database> {
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(open(path)) });
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
  }).migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw new LatchkeyError('SERVER_FAILED', 'the database could not be brought up to date', {
      cause: error,
    });
  }
  return { db, transact: groupCommit(db), close: () => db.destroy() };
}

function open(path: string): ReturnType<typeof openSqlite> {
  try {
    return openSqlite(path);
  } catch (cause) {
    throw new LatchkeyError('SERVER_FAILED', `the database ${path} could not be opened`, { cause });
  }
}
