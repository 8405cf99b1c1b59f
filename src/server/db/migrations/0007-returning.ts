import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Finds what a device had of a license before, however many devices the license has. */
export const returningIndex: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema
      .createIndex('activation_by_device')
      .on('activation')
      .columns(['device_id', 'license_id'])
      .execute();
  },
};
