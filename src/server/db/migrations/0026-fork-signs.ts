import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** By which of its files a device was seen to have been copied; what was refused for it says so already. */
export const forkSigns: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema.alterTable('exchange').addColumn('fork_sign', 'text').execute();
  },
};
