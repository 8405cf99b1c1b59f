import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Finds the activations on which a copy was noticed, without those on which none was. */
export const copiesIndex: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema
      .createIndex('activation_with_copy_by_device')
      .on('activation')
      .column('device_id')
      .where(sql`copied_at_s`, 'is not', null)
      .execute();
  },
};
