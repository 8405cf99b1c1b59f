import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import type { LicenseType } from '../../format/license.ts';
import { type Actor, audit, changedNames } from '../audit.ts';
import type { CustomersOwn, PolicyRecord, PolicyTerms } from '../policy-record.ts';
import type { IssueContext } from '../portal.ts';
import type { Records } from '../repository.ts';
import { type LicenseTerms, type WholeTerms, wholeTerms } from './license-terms.ts';
import { notFound, requireVersion } from './required.ts';

/** What of a policy may be edited. */
export interface NewPolicy {
  readonly name: string;
  readonly type: LicenseType;
  readonly trial: boolean;
  readonly terms: Omit<LicenseTerms, CustomersOwn>;
}

/** Of nobody: what a policy has no room for, where terms need it. */
export const nobodys: Pick<LicenseTerms, CustomersOwn> = {
  holder: '',
  customer: '',
  note: '',
  startsAtS: null,
  expiresAtS: null,
};

/**
 * Creates a policy of a product.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for a product that there is not.
 * @throws {@link LatchkeyError} ALREADY_EXISTS - when the product has a policy of this name.
 * @throws {@link LatchkeyError} FIELD_REFUSED - for features that the product does not have, or limits where none belong.
 */
export async function createPolicy(
  { product, ...policy }: NewPolicy & { readonly product: string },
  records: Records,
  { actor, nowS, crypto }: Actor & Pick<IssueContext, 'nowS' | 'crypto'>,
): Promise<PolicyRecord> {
  if ((await records.findProduct(product)) === null) throw notFound(`product ${product}`);
  const made = { id: crypto.randomBytes(16), product, version: 1, createdAtS: nowS, updatedAtS: nowS };
  const created = { ...made, ...(await checked(policy, made, records)) };
  await records.savePolicy(created);
  await records.appendAudit(audit('policy.create', { actor, nowS, product, changed: [created.name] }));
  return created;
}

/**
 * Changes a policy. Licenses that were issued from it stay as they are.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for a policy that there is not.
 * @throws {@link LatchkeyError} EDIT_CONFLICT - when somebody changed it since.
 * @throws {@link LatchkeyError} ALREADY_EXISTS, FIELD_REFUSED - as {@link createPolicy}.
 */
export async function editPolicy(
  { policyId, version, ...policy }: NewPolicy & { readonly policyId: Bytes; readonly version: number },
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<PolicyRecord> {
  const before = await requirePolicy(policyId, records);
  requireVersion(before, version);
  const { product } = before;
  const edited = await checked(policy, before, records);
  const after = { ...before, ...edited, version: version + 1, updatedAtS: nowS };
  await records.savePolicy(after);
  const changed = [after.name, ...changedNames(plain(before), plain(after))];
  await records.appendAudit(audit('policy.edit', { actor, nowS, product, changed }));
  return after;
}

/**
 * Deletes a policy. Licenses that were issued from it stay as they are.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for a policy that there is not.
 */
export async function deletePolicy(
  policyId: Bytes,
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<void> {
  const { product, name } = await requirePolicy(policyId, records);
  await records.removePolicy(policyId);
  await records.appendAudit(audit('policy.delete', { actor, nowS, product, changed: [name] }));
}

/** @throws {@link LatchkeyError} NOT_FOUND */
export async function requirePolicy(id: Bytes, records: Records): Promise<PolicyRecord> {
  const policy = await records.findPolicy(id);
  if (policy === null) throw notFound('policy');
  return policy;
}

async function checked(
  { name, type, trial, terms }: NewPolicy,
  { id, product }: Pick<PolicyRecord, 'id' | 'product'>,
  records: Records,
): Promise<Pick<PolicyRecord, 'name' | 'type' | 'trial' | 'terms'>> {
  const others = (await records.findPolicies(product)).filter(other => !equalBytes(other.id, id));
  if (others.some(other => other.name === name)) {
    throw new LatchkeyError('ALREADY_EXISTS', `policy ${name} exists`, { data: { field: 'name' } });
  }
  const known = await records.findProductFeatures(product);
  return { name, type, trial, terms: inCommon(wholeTerms(type, { ...nobodys, ...terms }, known)) };
}

function inCommon({ holder, customer, note, startsAtS, expiresAtS, ...terms }: WholeTerms): PolicyTerms {
  return terms;
}

function plain({ name, type, trial, terms }: PolicyRecord): object {
  return { name, type, trial, ...terms };
}
