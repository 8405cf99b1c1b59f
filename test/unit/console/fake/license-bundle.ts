import type { BundledLicense, License } from '../../../../src/api/licenses.ts';

/** Puts a license under the key of another one; each then lists the others. */
export function putUnderKey(licenses: readonly License[], license: License, bundledWith: string): void {
  const first = licenses.find(({ id }) => id === bundledWith);
  if (!first) return;
  const others = first.bundled.flatMap(({ id }) => licenses.find(each => each.id === id) ?? []);
  const all = [first, ...others, license];
  license.key = first.key;
  for (const each of all) {
    each.bundled = all.filter(other => other !== each).map(other => summaryOf(other, other === first));
  }
}

function summaryOf({ id, product, productName, state }: License, hasKey: boolean): BundledLicense {
  return { id, product, productName, state, hasKey };
}
