import { existsSync } from 'node:fs';
import { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { LatchkeyError } from '../../errors.ts';
import { toDatabaseError } from './failures.ts';
import { groupCommit, type Transact } from './group-commit.ts';
import { portalTables } from './migrations/0001-portal.ts';
import { userTables } from './migrations/0002-users.ts';
import { forkPolicy } from './migrations/0003-fork-policy.ts';
import { retentionIndex } from './migrations/0004-retention.ts';
import { copiesIndex } from './migrations/0005-copies.ts';
import { periods } from './migrations/0006-periods.ts';
import { returningIndex } from './migrations/0007-returning.ts';
import { shares } from './migrations/0008-shares.ts';
import { metadata } from './migrations/0009-metadata.ts';
import { validity } from './migrations/0010-validity.ts';
import { auditChain } from './migrations/0011-audit-chain.ts';
import { periodAdjustments } from './migrations/0012-period-adjustments.ts';
import { shareOfDevice } from './migrations/0013-share-of-device.ts';
import { policies } from './migrations/0014-policies.ts';
import { customersAndOrders } from './migrations/0015-customers-orders.ts';
import { auditAppendOnly } from './migrations/0016-audit-append-only.ts';
import { rebinds } from './migrations/0017-rebinds.ts';
import { dueRefreshes } from './migrations/0018-due-refreshes.ts';
import { exchangesByLicense } from './migrations/0019-exchanges-by-license.ts';
import { licenseBundles } from './migrations/0019-license-bundles.ts';
import { exchangeLists } from './migrations/0022-exchange-lists.ts';
import { usageDays } from './migrations/0024-usage-days.ts';
import { deletedLicenses } from './migrations/0025-deleted-licenses.ts';
import { forkSigns } from './migrations/0026-fork-signs.ts';
import { NodeSqliteDialect, openSqlite } from './node-sqlite.ts';
import { isPostgres } from './place.ts';
import { SerializableDialect } from './postgres/dialect.ts';
import { openPool, type PoolOptions } from './postgres/pool.ts';
import { ensureSchema, hasSchema, PORTAL_SCHEMA } from './postgres/schema.ts';
import type { Tables } from './tables.ts';

/** In the order of their names; one that has run somewhere is never edited. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-portal': portalTables,
  '0002-users': userTables,
  '0003-fork-policy': forkPolicy,
  '0004-retention': retentionIndex,
  '0005-copies': copiesIndex,
  '0006-periods': periods,
  '0007-returning': returningIndex,
  '0008-shares': shares,
  '0009-metadata': metadata,
  '0010-validity': validity,
  '0011-audit-chain': auditChain,
  '0012-period-adjustments': periodAdjustments,
  '0013-share-of-device': shareOfDevice,
  '0014-policies': policies,
  '0015-customers-orders': customersAndOrders,
  '0016-audit-append-only': auditAppendOnly,
  '0017-rebinds': rebinds,
  '0018-due-refreshes': dueRefreshes,
  '0019-exchanges-by-license': exchangesByLicense,
  '0019-license-bundles': licenseBundles,
  '0022-exchange-lists': exchangeLists,
  '0024-usage-days': usageDays,
  '0025-deleted-licenses': deletedLicenses,
  '0026-fork-signs': forkSigns,
};

const provider = { getMigrations: async () => migrations };

/** One writes, the others read for the console. */
const MAX_CONNECTIONS = 8;

/** The portal's database, its tables up to date. */
export interface Database {
  /** For reading; a statement of its own sees what was committed before it. */
  readonly db: Kysely<Tables>;
  /** For writing: durable once it resolves. */
  readonly transact: Transact<Tables>;
  close(): Promise<void>;
}

/** Whether a place has the portal's records, of whatever version. Makes nothing. */
export async function hasDatabase(place: string): Promise<boolean> {
  if (!isPostgres(place)) return existsSync(place);
  const db = connect(place, { maxConnections: 1 });
  try {
    return await hasSchema(db, PORTAL_SCHEMA);
  } finally {
    await db.destroy();
  }
}

/**
 * Opens the portal's database, makes its file or schema when it is not there, and runs the migrations that it lacks.
 *
 * @param place - A file on a local disk (network file systems break the locks of SQLite), or the address of a
 * PostgreSQL database.
 * @throws {@link LatchkeyError} SERVER_FAILED - when it cannot be opened, is newer than this program, or a migration
 * fails; that migration has then changed nothing.
 */
export async function openDatabase(place: string): Promise<Database> {
  const db = isPostgres(place) ? await openPostgres(place) : await openFile(place);
  return { db, transact: groupCommit(db), close: () => db.destroy() };
}

/**
 * Opens the portal's database to read from it beside a running server; its tables stay as they are.
 *
 * @throws {@link LatchkeyError} SERVER_FAILED - when it cannot be opened, or lacks what a start of this program would
 * bring up to date.
 */
export async function readDatabase(place: string): Promise<Pick<Database, 'db' | 'close'>> {
  const db = isPostgres(place)
    ? connect(place, { maxConnections: 2, isPatient: true })
    : new Kysely<Tables>({ dialect: new NodeSqliteDialect(openSqliteFile(place)) });
  await orDestroy(db, requireMigrated(db));
  return { db, close: () => db.destroy() };
}

async function requireMigrated(db: Kysely<Tables>): Promise<void> {
  const known = await new Migrator({ db, provider }).getMigrations();
  const missing = known.find(({ executedAt }) => executedAt === undefined);
  if (missing) throw new TypeError(`it lacks ${missing.name}: start the server of this version once`);
}

async function openFile(path: string): Promise<Kysely<Tables>> {
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(openSqliteFile(path)) });
  await orDestroy(db, migrate(db));
  return db;
}

function openSqliteFile(path: string): ReturnType<typeof openSqlite> {
  try {
    return openSqlite(path);
  } catch (cause) {
    throw new LatchkeyError('SERVER_FAILED', `the database ${path} could not be opened`, { cause });
  }
}

async function openPostgres(address: string): Promise<Kysely<Tables>> {
  const patient = connect(address, { maxConnections: 2, isPatient: true });
  await orDestroy(patient, ensureSchema(patient, PORTAL_SCHEMA));
  await orDestroy(patient, migrate(patient));
  await patient.destroy();
  return connect(address, { maxConnections: MAX_CONNECTIONS });
}

function connect(
  address: string,
  options: Pick<PoolOptions, 'maxConnections' | 'isPatient'>,
): Kysely<Tables> {
  const pool = openPool({ address, schema: PORTAL_SCHEMA, ...options });
  return new Kysely({ dialect: new SerializableDialect({ pool }) });
}

async function migrate(db: Kysely<Tables>): Promise<void> {
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw error;
}

async function orDestroy(db: Kysely<Tables>, opening: Promise<void>): Promise<void> {
  try {
    await opening;
  } catch (cause) {
    await db.destroy();
    throw new LatchkeyError('SERVER_FAILED', 'the database could not be brought up to date', {
      cause: toDatabaseError(cause),
    });
  }
}
