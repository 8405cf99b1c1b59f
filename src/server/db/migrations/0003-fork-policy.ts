import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What a product does about copied profiles, null for the default; and what was done to a device, by the device. */
export const forkPolicy: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema.alterTable('product').addColumn('fork_policy', 'text').execute();
    await schema.createIndex('audit_by_device').on('audit').columns(['device_id', 'at_ms']).execute();
  },
};
