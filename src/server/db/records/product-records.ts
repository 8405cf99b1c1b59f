import type { Kysely, Selectable } from 'kysely';
import { DEFAULT_FORK_POLICY } from '../../../issue/decide/fork.ts';
import type { ProductRecord } from '../../../issue/records.ts';
import type { Records } from '../../../issue/repository.ts';
import { prepared } from '../prepared.ts';
import type { ProductTable, Tables } from '../tables.ts';
import { appendEntries } from './audit-chain.ts';

type ProductRecords = Pick<
  Records,
  | 'findProduct'
  | 'saveProduct'
  | 'findProductFeatures'
  | 'saveProductFeature'
  | 'removeProductFeature'
  | 'isFeatureGranted'
  | 'appendAudit'
>;

const findProduct = prepared((db, { code }: Pick<ProductTable, 'code'>) =>
  db.selectFrom('product').selectAll().where('code', '=', code),
);

/** Products with their features, and the record of who did what. */
export function productRecords(db: Kysely<Tables>): ProductRecords {
  return {
    async findProduct(code) {
      const [row] = await findProduct(db, { code });
      return row === undefined ? null : toProduct(row);
    },
    async saveProduct({ code, name, forkPolicy, version, createdAtS }) {
      await db
        .insertInto('product')
        .values({ code, name, fork_policy: forkPolicy, version, created_at_s: createdAtS })
        .onConflict(conflict =>
          conflict.column('code').doUpdateSet({ name, fork_policy: forkPolicy, version }),
        )
        .execute();
    },
    async findProductFeatures(product) {
      const features = db.selectFrom('feature').select(['code', 'name', 'type']);
      const rows = await features.where('product', '=', product).orderBy('code').execute();
      return rows.map(({ code, name, type }) => ({ code, name, type }));
    },
    async saveProductFeature(product, { code, name, type }) {
      await db
        .insertInto('feature')
        .values({ product, code, name, type })
        .onConflict(conflict => conflict.columns(['product', 'code']).doUpdateSet({ name }))
        .execute();
    },
    async removeProductFeature(product, code) {
      await db.deleteFrom('feature').where('product', '=', product).where('code', '=', code).execute();
    },
    async isFeatureGranted(product, code) {
      const granted = db.selectFrom('license_feature').select('code').limit(1);
      const row = await granted.where('product', '=', product).where('code', '=', code).executeTakeFirst();
      return row !== undefined;
    },
    appendAudit: (...entries) => appendEntries(db, entries),
  };
}

/** A product as its row has it. */
export function toProduct(row: Selectable<ProductTable>): ProductRecord {
  const { code, name, fork_policy, version, created_at_s: createdAtS } = row;
  return { code, name, forkPolicy: fork_policy ?? DEFAULT_FORK_POLICY, version, createdAtS };
}
