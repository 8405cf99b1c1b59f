import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const bytea = sql`bytea`;

/** Templates for licenses. A license keeps the id of a policy that is deleted, so nothing holds one to the other. */
export const policies: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema
      .createTable('policy')
      .addColumn('id', bytea, column => column.primaryKey())
      .addColumn('product', 'text', column => column.notNull().references('product.code'))
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('type', 'text', column => column.notNull())
      .addColumn('trial', 'integer', column => column.notNull())
      .addColumn('terms', 'text', column => column.notNull())
      .addColumn('version', 'integer', column => column.notNull())
      .addColumn('created_at_s', 'bigint', column => column.notNull())
      .addColumn('updated_at_s', 'bigint', column => column.notNull())
      .addUniqueConstraint('policy_name', ['product', 'name'])
      .execute();
    await schema.alterTable('license').addColumn('policy_id', bytea).execute();
    await schema.createIndex('license_by_policy').on('license').column('policy_id').execute();
  },
};
