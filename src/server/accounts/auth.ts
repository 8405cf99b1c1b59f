import { chmodSync, existsSync } from 'node:fs';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { Kysely, PostgresDialect } from 'kysely';
import { maxPasswordLength, minPasswordLength } from '../../api/accounts.ts';
import { NodeSqliteDialect, openSqlite } from '../db/node-sqlite.ts';
import { isPostgres } from '../db/place.ts';
import { openPool } from '../db/postgres/pool.ts';
import { ACCOUNTS_SCHEMA, ensureSchema, hasSchema } from '../db/postgres/schema.ts';

export interface AuthOptions {
  /** A SQLite file, made when it is not there, or the address of a PostgreSQL database. */
  place: string;
  /** Signs the session cookies; at least 32 characters. */
  secret: string;
  /** The console's own origin; https makes the cookies secure. */
  origin: string;
}

const sessionSeconds = 12 * 60 * 60;

const maxConnections = 4;

/** Opens the accounts' database, brings its tables up to date and gives better-auth over it. */
export async function openAuth(options: AuthOptions) {
  const { database, close } = isPostgres(options.place)
    ? await openPostgres(options.place)
    : openFile(options.place);
  try {
    const auth = createAuth(database, options);
    const context = await auth.$context;
    await context.runMigrations();
    return { auth, context, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whether a server has made its accounts there. */
export async function hasAccounts(place: string): Promise<boolean> {
  if (!isPostgres(place)) return existsSync(place);
  const db = connect(place);
  try {
    return await hasSchema(db, ACCOUNTS_SCHEMA);
  } finally {
    await db.destroy();
  }
}

export type OpenAuth = Awaited<ReturnType<typeof openAuth>>;

interface AuthDatabase {
  database: NonNullable<BetterAuthOptions['database']>;
  close(): Promise<void>;
}

function openFile(file: string): AuthDatabase {
  const sqlite = openSqlite(file);
  chmodSync(file, 0o600);
  const db = new Kysely({ dialect: new NodeSqliteDialect(sqlite) });
  return { database: { db, type: 'sqlite' }, close: () => db.destroy() };
}

async function openPostgres(address: string): Promise<AuthDatabase> {
  const db = connect(address);
  const close = () => db.destroy();
  try {
    await ensureSchema(db, ACCOUNTS_SCHEMA);
  } catch (error) {
    await close();
    throw error;
  }
  return { database: { db, type: 'postgres', transaction: true }, close };
}

function connect(address: string): Kysely<unknown> {
  return new Kysely({
    dialect: new PostgresDialect({ pool: openPool({ address, schema: ACCOUNTS_SCHEMA, maxConnections }) }),
  });
}

function createAuth(database: AuthDatabase['database'], { secret, origin }: AuthOptions) {
  return betterAuth({
    database,
    secret,
    baseURL: origin,
    trustedOrigins: [origin],
    telemetry: { enabled: false },
    // Its warnings name e-mail addresses; what matters is logged by the handlers.
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength,
      maxPasswordLength,
    },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false, defaultValue: 'owner' },
        passwordChangeNeeded: { type: 'boolean', required: true, input: false, defaultValue: true },
      },
    },
    session: { expiresIn: sessionSeconds, updateAge: 60 * 60, cookieCache: { enabled: false } },
    advanced: {
      cookiePrefix: 'latchkey',
      useSecureCookies: origin.startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'strict', httpOnly: true },
    },
  });
}
