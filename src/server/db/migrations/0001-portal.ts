import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** SQLite keeps a blob in a column of any type; PostgreSQL calls the type so. */
const bytea = sql`bytea`;

type Schema = Kysely<unknown>['schema'];
type Columns = CreateTableBuilder<string, string>;

/** The tables of the first version: keys, products, licenses, devices, exchanges. */
export const portalTables: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await createKeyTables(schema);
    await createProductTables(schema);
    await createLicenseTables(schema);
    await createActivationTables(schema);
    await createRecordTables(schema);
  },
};

async function createKeyTables(schema: Schema): Promise<void> {
  await schema
    .createTable('setting')
    .addColumn('name', 'text', column => column.primaryKey())
    .addColumn('value', 'text', column => column.notNull())
    .execute();
  await schema
    .createTable('signing_key')
    .addColumn('kid', bytea, column => column.primaryKey())
    .addColumn('role', 'text', column => column.notNull())
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('public_key', bytea, column => column.notNull())
    .addColumn('private_key_sealed', bytea)
    .addColumn('valid_from_s', 'bigint', column => column.notNull())
    .addColumn('valid_until_s', 'bigint')
    .addColumn('created_at_s', 'bigint', column => column.notNull())
    .execute();
  await schema
    .createTable('trust_file')
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('version', 'bigint', column => column.notNull())
    .addColumn('file', bytea, column => column.notNull())
    .addPrimaryKeyConstraint('trust_file_key', ['kind', 'version'])
    .execute();
}

async function createProductTables(schema: Schema): Promise<void> {
  await schema
    .createTable('product')
    .addColumn('code', 'text', column => column.primaryKey())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('version', 'integer', column => column.notNull())
    .addColumn('created_at_s', 'bigint', column => column.notNull())
    .execute();
  await schema
    .createTable('feature')
    .addColumn('product', 'text', column => column.notNull().references('product.code'))
    .addColumn('code', 'text', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('type', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('feature_key', ['product', 'code'])
    .execute();
}

function withMeter(table: Columns): Columns {
  return table
    .addColumn('maximum', 'bigint')
    .addColumn('overage_maximum', 'bigint', column => column.notNull())
    .addColumn('used', 'bigint', column => column.notNull())
    .addColumn('given_back', 'bigint', column => column.notNull())
    .addColumn('adjustment', 'bigint', column => column.notNull());
}

async function createLicenseTables(schema: Schema): Promise<void> {
  await schema
    .createTable('license')
    .addColumn('id', bytea, column => column.primaryKey())
    .addColumn('product', 'text', column => column.notNull().references('product.code'))
    .addColumn('type', 'text', column => column.notNull())
    .addColumn('trial', 'integer', column => column.notNull())
    .addColumn('enabled', 'integer', column => column.notNull())
    .addColumn('key_lookup', bytea, column => column.unique())
    .addColumn('key_sealed', bytea)
    .addColumn('holder', 'text', column => column.notNull())
    .addColumn('customer', 'text', column => column.notNull())
    .addColumn('note', 'text', column => column.notNull())
    .addColumn('starts_at_s', 'bigint')
    .addColumn('expires_at_s', 'bigint')
    .addColumn('grace_hours', 'integer', column => column.notNull())
    .addColumn('maintenance_until_s', 'bigint')
    .addColumn('max_activations', 'integer')
    .addColumn('max_transfers', 'integer')
    .addColumn('transfers_used', 'integer', column => column.notNull())
    .addColumn('allow_offline', 'integer', column => column.notNull())
    .addColumn('prevent_vm', 'integer', column => column.notNull())
    .addColumn('report_within_days', 'integer')
    .addColumn('report_grace_days', 'integer')
    .addColumn('custom_fields', 'text', column => column.notNull())
    .addColumn('seats_taken', 'integer', column => column.notNull())
    .addColumn('seats_granted', 'integer', column => column.notNull())
    .addColumn('version', 'integer', column => column.notNull())
    .addColumn('created_at_s', 'bigint', column => column.notNull())
    .addColumn('updated_at_s', 'bigint', column => column.notNull())
    .$call(withMeter)
    .execute();
  await schema.createIndex('license_by_product').on('license').columns(['product', 'created_at_s']).execute();
  await schema.createIndex('license_by_creation').on('license').column('created_at_s').execute();
  await schema
    .createTable('license_feature')
    .addColumn('license_id', bytea, column => column.notNull().references('license.id'))
    .addColumn('product', 'text', column => column.notNull())
    .addColumn('code', 'text', column => column.notNull())
    .addColumn('expires_at_s', 'bigint')
    .$call(withMeter)
    .addPrimaryKeyConstraint('license_feature_key', ['license_id', 'code'])
    .addForeignKeyConstraint('license_feature_feature', ['product', 'code'], 'feature', ['product', 'code'])
    .execute();
  await schema
    .createIndex('license_feature_by_feature')
    .on('license_feature')
    .columns(['product', 'code'])
    .execute();
}

async function createActivationTables(schema: Schema): Promise<void> {
  await schema
    .createTable('device')
    .addColumn('id', bytea, column => column.primaryKey())
    .addColumn('number', 'text', column => column.notNull())
    .addColumn('public_key', bytea, column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('platform', 'text', column => column.notNull())
    .addColumn('app_version', 'text', column => column.notNull())
    .addColumn('virtual_machine', 'integer', column => column.notNull())
    .addColumn('blocked', 'integer', column => column.notNull())
    .addColumn('first_seen_at_s', 'bigint', column => column.notNull())
    .addColumn('last_seen_at_s', 'bigint', column => column.notNull())
    .addColumn('copied_at_s', 'bigint')
    .execute();
  await schema.createIndex('device_by_number').on('device').column('number').execute();
  await schema
    .createTable('activation')
    .addColumn('id', bytea, column => column.primaryKey())
    .addColumn('license_id', bytea, column => column.notNull().references('license.id'))
    .addColumn('device_id', bytea, column => column.notNull().references('device.id'))
    .addColumn('end_reason', 'text')
    .addColumn('ended_at_s', 'bigint')
    .addColumn('revision', 'bigint', column => column.notNull())
    .addColumn('reported_sequence', 'bigint', column => column.notNull())
    .addColumn('reported_head', bytea, column => column.notNull())
    .addColumn('reported_device_sequence', 'bigint', column => column.notNull())
    .addColumn('reported_at_s', 'bigint')
    .addColumn('final_sequence', 'bigint')
    .addColumn('fingerprint', bytea)
    .addColumn('recovery_commitment', bytea)
    .addColumn('online', 'integer', column => column.notNull())
    .addColumn('granted_at_s', 'bigint', column => column.notNull())
    .addColumn('copied_at_s', 'bigint')
    .execute();
  await schema
    .createIndex('activation_by_license')
    .on('activation')
    .columns(['license_id', 'granted_at_s'])
    .execute();
  await schema
    .createIndex('activation_of_device')
    .on('activation')
    .columns(['device_id', 'license_id'])
    .unique()
    .where(sql`end_reason`, 'is', null)
    .execute();
  await schema
    .createTable('activation_counter')
    .addColumn('activation_id', bytea, column => column.notNull().references('activation.id'))
    .addColumn('counter', 'text', column => column.notNull())
    .addColumn('used', 'bigint', column => column.notNull())
    .addColumn('given_back', 'bigint', column => column.notNull())
    .addPrimaryKeyConstraint('activation_counter_key', ['activation_id', 'counter'])
    .execute();
  await schema
    .createTable('activation_head')
    .addColumn('activation_id', bytea, column => column.notNull().references('activation.id'))
    .addColumn('sequence', 'bigint', column => column.notNull())
    .addColumn('head', bytea, column => column.notNull())
    .addPrimaryKeyConstraint('activation_head_key', ['activation_id', 'sequence'])
    .execute();
}

async function createRecordTables(schema: Schema): Promise<void> {
  await schema
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
    .addPrimaryKeyConstraint('exchange_key', ['device_id', 'request_id'])
    .execute();
  await schema
    .createIndex('exchange_by_license')
    .on('exchange')
    .columns(['license_id', 'decided_at_s'])
    .execute();
  await schema.createIndex('exchange_by_time').on('exchange').column('decided_at_s').execute();
  await schema
    .createTable('audit')
    .addColumn('id', bytea, column => column.primaryKey())
    .addColumn('at_ms', 'bigint', column => column.notNull())
    .addColumn('actor', 'text', column => column.notNull())
    .addColumn('action', 'text', column => column.notNull())
    .addColumn('product', 'text')
    .addColumn('license_id', bytea)
    .addColumn('device_id', bytea)
    .addColumn('changed', 'text', column => column.notNull())
    .execute();
  await schema.createIndex('audit_by_license').on('audit').columns(['license_id', 'at_ms']).execute();
}
