import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const bytea = sql`bytea`;

/** Users of the vendor's customers, the licenses they may activate, and who activated what. */
export const userTables: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema
      .createTable('license_user')
      .addColumn('id', bytea, column => column.primaryKey())
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('lookup', bytea, column => column.notNull().unique())
      .addColumn('key_sealed', bytea, column => column.notNull())
      .addColumn('password_set_at_s', 'bigint', column => column.notNull())
      .addColumn('created_at_s', 'bigint', column => column.notNull())
      .execute();
    await schema
      .createTable('assignment')
      .addColumn('license_id', bytea, column => column.notNull().references('license.id'))
      .addColumn('user_id', bytea, column => column.notNull().references('license_user.id'))
      .addColumn('assigned_at_s', 'bigint', column => column.notNull())
      .addPrimaryKeyConstraint('assignment_key', ['license_id', 'user_id'])
      .execute();
    await schema.createIndex('assignment_by_user').on('assignment').column('user_id').execute();
    await schema.alterTable('license').addColumn('max_users', 'integer').execute();
    await schema.alterTable('license').addColumn('devices_per_user', 'integer').execute();
    await schema
      .alterTable('activation')
      .addColumn('user_id', bytea, column => column.references('license_user.id'))
      .execute();
    await schema
      .createIndex('activation_by_user')
      .on('activation')
      .columns(['user_id', 'license_id'])
      .where(sql`user_id`, 'is not', null)
      .execute();
    await schema.alterTable('audit').addColumn('user_id', bytea).execute();
  },
};
