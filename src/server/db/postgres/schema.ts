import { type Kysely, sql } from 'kysely';

/** Of the portal's records. */
export const PORTAL_SCHEMA = 'latchkey';

/** Of the console's accounts, apart from the records. */
export const ACCOUNTS_SCHEMA = 'latchkey_accounts';

/** Whether the database has a schema of this name. */
export async function hasSchema<Tables>(db: Kysely<Tables>, schema: string): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_namespace where nspname = ${schema}`.execute(db);
  return rows.length > 0;
}

/**
 * Makes the schema when it is not there. `if not exists` alone would need the right to make schemas even where
 * the schema was made ahead.
 */
export async function ensureSchema<Tables>(db: Kysely<Tables>, schema: string): Promise<void> {
  if (!(await hasSchema(db, schema))) await db.schema.createSchema(schema).ifNotExists().execute();
}
