import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { FIRST, linkAfter } from '../records/audit-chain.ts';
import type { Tables } from '../tables.ts';

const bytea = sql`bytea`;

/** Links each entry of the audit log to the one before it; those that are there, in the order of their times. */
export const auditChain: Migration = {
  async up(db: Kysely<Tables>) {
    await db.schema.alterTable('audit').addColumn('sequence', 'bigint').execute();
    await db.schema.alterTable('audit').addColumn('hash', bytea).execute();
    const rows = await db.selectFrom('audit').selectAll().orderBy('at_ms').orderBy('id').execute();
    let { sequence, hash } = FIRST;
    for (const row of rows) {
      sequence += 1;
      hash = linkAfter({ hash }, { ...row, sequence });
      await db.updateTable('audit').set({ sequence, hash }).where('id', '=', row.id).execute();
    }
    await db.schema.createIndex('audit_by_sequence').on('audit').column('sequence').unique().execute();
  },
};
