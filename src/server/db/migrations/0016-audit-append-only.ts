import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The database itself refuses to change an entry of the audit log or to take one out, whoever asks: a fault of the program
 * cannot do it. Who owns the database can take the triggers off; that is what the hashes are for.
 */
export const auditAppendOnly: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.createIndex('audit_by_time').on('audit').columns(['at_ms', 'sequence']).execute();
    if (db.getExecutor().adapter instanceof PostgresAdapter) await guardInPostgres(db);
    else await guardInSqlite(db);
  },
};

async function guardInSqlite(db: Kysely<unknown>): Promise<void> {
  for (const act of ['update', 'delete']) {
    await sql`create trigger ${sql.ref(`audit_no_${act}`)} before ${sql.raw(act)} on audit
      begin select raise(abort, 'the audit log is only appended to'); end`.execute(db);
  }
}

async function guardInPostgres(db: Kysely<unknown>): Promise<void> {
  await sql`create function audit_only_appended() returns trigger language plpgsql as
    $$ begin raise exception 'the audit log is only appended to'; end $$`.execute(db);
  await sql`create trigger audit_no_change before update or delete or truncate on audit
    for each statement execute function audit_only_appended()`.execute(db);
}
