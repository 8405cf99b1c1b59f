import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Finds fingerprints that are due to be erased; holds no activation that goes on, so that a grant does not touch it. */
export const retentionIndex: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema
      .createIndex('activation_with_fingerprint_by_end')
      .on('activation')
      .column('ended_at_s')
      .where(sql`ended_at_s`, 'is not', null)
      .where(sql`fingerprint`, 'is not', null)
      .execute();
  },
};
