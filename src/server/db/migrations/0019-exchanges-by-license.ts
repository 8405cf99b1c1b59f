import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const key = ['device_id', 'request_id', 'license_id'] as const;

/** An exchange for each license that a request is about. */
export const exchangesByLicense: Migration = {
  up: (db: Kysely<unknown>) =>
    db.getExecutor().adapter instanceof PostgresAdapter ? replaceKey(db) : copyWithKey(db),
};

async function replaceKey(db: Kysely<unknown>): Promise<void> {
  const exchange = db.schema.alterTable('exchange');
  await exchange.dropConstraint('exchange_key').execute();
  await exchange.addPrimaryKeyConstraint('exchange_key', [...key]).execute();
}

/** SQLite gives a table no other primary key: the rows move into a new table, otherwise the same, with its indexes. */
async function copyWithKey(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ type: string; sql: string }>`
    select type, sql from sqlite_master where tbl_name = 'exchange' and sql is not null
  `.execute(db);
  await db.schema.alterTable('exchange').renameTo('old_exchange').execute();
  const columns = key.map(name => `"${name}"`).join(', ');
  for (const table of rows.filter(({ type }) => type === 'table')) {
    await sql.raw(table.sql.replace(/primary key \([^)]*\)/, `primary key (${columns})`)).execute(db);
  }
  await sql`insert into exchange select * from old_exchange`.execute(db);
  await db.schema.dropTable('old_exchange').execute();
  for (const index of rows.filter(({ type }) => type === 'index')) await sql.raw(index.sql).execute(db);
}
