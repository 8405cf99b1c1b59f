import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const bytea = sql`bytea`;

/** An exchange for each license that a request is about. */
export const exchangesByLicense: Migration = {
  up: (db: Kysely<unknown>) =>
    db.getExecutor().adapter instanceof PostgresAdapter ? replaceKey(db) : copyWithKey(db),
};

async function replaceKey(db: Kysely<unknown>): Promise<void> {
  const exchange = db.schema.alterTable('exchange');
  await exchange.dropConstraint('exchange_key').execute();
  await exchange.addPrimaryKeyConstraint('exchange_key', ['device_id', 'request_id', 'license_id']).execute();
}

/** SQLite gives a table no other primary key: the rows move into a new table, and the indexes are made again. */
async function copyWithKey(db: Kysely<unknown>): Promise<void> {
  const indexes = await sql<{ sql: string }>`
    select sql from sqlite_master where type = 'index' and tbl_name = 'exchange' and sql is not null
  `.execute(db);
  await db.schema.alterTable('exchange').renameTo('old_exchange').execute();
  await db.schema
    .createTable('exchange')
    .addColumn('device_id', bytea, column => column.notNull())
    .addColumn('request_id', bytea, column => column.notNull())
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('digest', bytea)
    .addColumn('device_sequence', 'bigint')
    .addColumn('license_id', bytea, column => column.notNull().references('license.id'))
    .addColumn('activation_id', bytea)
    .addColumn('code', 'text')
    .addColumn('revision', 'bigint')
    .addColumn('answer', bytea, column => column.notNull())
    .addColumn('received_at_s', 'bigint', column => column.notNull())
    .addColumn('decided_at_s', 'bigint', column => column.notNull())
    .addPrimaryKeyConstraint('exchange_key', ['device_id', 'request_id', 'license_id'])
    .execute();
  await sql`insert into exchange select * from old_exchange`.execute(db);
  await db.schema.dropTable('old_exchange').execute();
  for (const index of indexes.rows) await sql.raw(index.sql).execute(db);
}
