import { writeCsv } from '../../api/csv/csv.ts';
import type { Issued, OrderedLicense } from '../../api/orders.ts';

/** A license that was issued, with its key. */
export interface MadeLicense {
  license: OrderedLicense;
  id: string;
  key: string;
}

/** Those of the licenses that are there now, with what the answers said of them. */
export function madeOf(licenses: readonly OrderedLicense[], outcomes: readonly Issued[]): MadeLicense[] {
  return licenses.flatMap((license, index) => {
    const issued = outcomes[index];
    return issued && 'key' in issued ? [{ license, id: issued.id, key: issued.key }] : [];
  });
}

/** A file of the keys, with what tells the licenses apart. */
export function keysFile(made: readonly MadeLicense[]): string {
  const head = ['order', 'reference', 'product', 'customer', 'holder', 'key'];
  const rows = made.map(({ license, key }) => {
    const { order, reference, product, terms } = license;
    return [order, reference, product, terms.customer, terms.holder, key];
  });
  return writeCsv([head, ...rows]);
}
