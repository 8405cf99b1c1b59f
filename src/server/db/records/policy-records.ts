import type { Kysely, Selectable } from 'kysely';
import type { PolicyRecord } from '../../../issue/policy-record.ts';
import type { Records } from '../../../issue/repository.ts';
import type { PolicyTable, Tables } from '../tables.ts';
import { toFlag } from './license-rows.ts';

type PolicyRecords = Pick<Records, 'findPolicy' | 'findPolicies' | 'savePolicy' | 'removePolicy'>;

/** Templates for licenses. */
export function policyRecords(db: Kysely<Tables>): PolicyRecords {
  const policies = db.selectFrom('policy').selectAll();
  return {
    async findPolicy(id) {
      const row = await policies.where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toPolicy(row);
    },
    async findPolicies(product) {
      const rows = await policies.where('product', '=', product).orderBy('name').execute();
      return rows.map(toPolicy);
    },
    async savePolicy({ id, product, name, type, trial, terms, version, createdAtS, updatedAtS }) {
      const kept = { name, type, trial: toFlag(trial), terms: JSON.stringify(terms) };
      const set = { ...kept, version, updated_at_s: updatedAtS };
      await db
        .insertInto('policy')
        .values({ id, product, created_at_s: createdAtS, ...set })
        .onConflict(conflict => conflict.column('id').doUpdateSet(set))
        .execute();
    },
    async removePolicy(id) {
      await db.deleteFrom('policy').where('id', '=', id).execute();
    },
  };
}

/** A policy as its row has it. */
export function toPolicy(row: Selectable<PolicyTable>): PolicyRecord {
  return {
    id: row.id,
    product: row.product,
    name: row.name,
    type: row.type,
    trial: row.trial === 1,
    terms: JSON.parse(row.terms),
    version: row.version,
    createdAtS: row.created_at_s,
    updatedAtS: row.updated_at_s,
  };
}
