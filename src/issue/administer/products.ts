import { LatchkeyError } from '../../errors.ts';
import { type Actor, audit } from '../audit.ts';
import { DEFAULT_FORK_POLICY, type ForkPolicy } from '../decide/fork.ts';
import type { IssueContext } from '../portal.ts';
import type { ProductFeatureRecord, ProductRecord } from '../records.ts';
import type { Records } from '../repository.ts';
import { fieldRefused } from './license-terms.ts';
import { notFound, requireVersion } from './required.ts';

/** What of a product may be edited. */
export interface ProductTerms {
  readonly name: string;
  readonly features: readonly ProductFeatureRecord[];
  /** Left out, it is the default, or of an edit what it was. */
  readonly forkPolicy?: ForkPolicy | undefined;
}

/** @throws {@link LatchkeyError} ALREADY_EXISTS - when the code is taken. */
export async function createProduct(
  { code, name, features, forkPolicy = DEFAULT_FORK_POLICY }: ProductTerms & { readonly code: string },
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<ProductRecord> {
  if ((await records.findProduct(code)) !== null) {
    throw new LatchkeyError('ALREADY_EXISTS', `product ${code} exists`, { data: { field: 'code' } });
  }
  const product = { code, name, forkPolicy, version: 1, createdAtS: nowS };
  await records.saveProduct(product);
  for (const feature of features) await records.saveProductFeature(code, feature);
  await records.appendAudit(audit('product.create', { actor, nowS, product: code }));
  return product;
}

/**
 * Renames a product and sets its features. A feature that a license or a policy grants stays, and so does the type of each.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for a product that there is not.
 * @throws {@link LatchkeyError} EDIT_CONFLICT - when somebody changed it since.
 * @throws {@link LatchkeyError} FIELD_REFUSED - for a feature that is granted and left out, or of another type than before.
 */
export async function editProduct(
  { code, version, terms }: { code: string; version: number; terms: ProductTerms },
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<ProductRecord> {
  const before = await records.findProduct(code);
  if (before === null) throw notFound(`product ${code}`);
  requireVersion(before, version);
  const had = await records.findProductFeatures(code);
  checkTypes(had, terms.features);
  await removeOthers({ code, had, keep: terms.features }, records);
  for (const feature of terms.features) await records.saveProductFeature(code, feature);
  const { name, forkPolicy = before.forkPolicy } = terms;
  const product = { ...before, name, forkPolicy, version: version + 1 };
  await records.saveProduct(product);
  await records.appendAudit(audit('product.edit', { actor, nowS, product: code }));
  return product;
}

function checkTypes(had: readonly ProductFeatureRecord[], features: readonly ProductFeatureRecord[]): void {
  features.forEach(({ code, type }, index) => {
    const before = had.find(feature => feature.code === code);
    if (before !== undefined && before.type !== type)
      throw fieldRefused(`features.${index}.type`, 'not-allowed');
  });
}

async function removeOthers(
  {
    code,
    had,
    keep,
  }: { code: string; had: readonly ProductFeatureRecord[]; keep: readonly ProductFeatureRecord[] },
  records: Records,
): Promise<void> {
  const kept = new Set(keep.map(feature => feature.code));
  const policies = await records.findPolicies(code);
  const inPolicies = new Set(policies.flatMap(({ terms }) => terms.features.map(feature => feature.code)));
  for (const feature of had.filter(candidate => !kept.has(candidate.code))) {
    const isGranted = inPolicies.has(feature.code) || (await records.isFeatureGranted(code, feature.code));
    if (isGranted) throw fieldRefused('features', 'required');
    await records.removeProductFeature(code, feature.code);
  }
}
