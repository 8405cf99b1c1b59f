import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { betterAuth } from 'better-auth';
import { maxPasswordLength, minPasswordLength } from '../../api/accounts.ts';

export interface AuthOptions {
  /** The SQLite file; made when it is not there. */
  file: string;
  /** Signs the session cookies; at least 32 characters. */
  secret: string;
  /** The console's own origin; https makes the cookies secure. */
  origin: string;
}

const sessionSeconds = 12 * 60 * 60;

/** Opens the accounts' database, brings its tables up to date and gives better-auth over it. */
export async function openAuth(options: AuthOptions) {
  const database = openDatabase(options.file);
  try {
    const auth = createAuth(database, options);
    const context = await auth.$context;
    await context.runMigrations();
    return { auth, context, close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}

export type OpenAuth = Awaited<ReturnType<typeof openAuth>>;

function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  chmodSync(file, 0o600);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000');
  return database;
}

function createAuth(database: DatabaseSync, { secret, origin }: AuthOptions) {
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
