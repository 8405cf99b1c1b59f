import type { Bytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import { type Actor, audit } from '../audit.ts';
import type { CustomerRecord } from '../order-records.ts';
import type { IssueContext } from '../portal.ts';
import type { Records } from '../repository.ts';
import { requireCustomer, requireVersion } from './required.ts';

/** What of a customer may be edited. */
export type CustomerTerms = Pick<CustomerRecord, 'name' | 'email' | 'note'>;

/** @throws {@link LatchkeyError} ALREADY_EXISTS - when a customer has this name. */
export async function createCustomer(
  terms: CustomerTerms,
  records: Records,
  { actor, nowS, crypto }: Actor & Pick<IssueContext, 'nowS' | 'crypto'>,
): Promise<CustomerRecord> {
  await refuseTaken(terms.name, records);
  const made = { version: 1, createdAtS: nowS, updatedAtS: nowS };
  const customer = { ...terms, id: crypto.randomBytes(16), ...made };
  await records.saveCustomer(customer);
  await records.appendAudit(audit('customer.create', { actor, nowS, subjectId: customer.id }));
  return customer;
}

/** Creates the customer whom a license or an order names, when there is none of this name; an empty name is nobody's. */
export async function keepCustomer(
  name: string,
  records: Records,
  context: Actor & Pick<IssueContext, 'nowS' | 'crypto'>,
): Promise<void> {
  if (name === '' || (await records.findCustomerByName(name)) !== null) return;
  await createCustomer({ name, email: '', note: '' }, records, context);
}

/**
 * Edits a customer. Another name is written on all licenses and orders of the customer; no file of a device holds it.
 *
 * @param version - The one that the edit was made from.
 * @throws {@link LatchkeyError} NOT_FOUND - for a customer that there is not.
 * @throws {@link LatchkeyError} EDIT_CONFLICT - when somebody changed it since.
 * @throws {@link LatchkeyError} ALREADY_EXISTS - when another customer has this name.
 */
export async function editCustomer(
  { id, version, terms }: { id: Bytes; version: number; terms: CustomerTerms },
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<CustomerRecord> {
  const before = await requireCustomer(id, records);
  requireVersion(before, version);
  const fields = ['name', 'email', 'note'] as const;
  const changed = fields.filter(field => terms[field] !== before[field]);
  if (changed.includes('name')) {
    await refuseTaken(terms.name, records);
    await records.renameCustomer({ before: before.name, after: terms.name, nowS });
  }
  const customer = { ...before, ...terms, version: version + 1, updatedAtS: nowS };
  await records.saveCustomer(customer);
  await records.appendAudit(audit('customer.edit', { actor, nowS, subjectId: id, changed }));
  return customer;
}

async function refuseTaken(name: string, records: Records): Promise<void> {
  if ((await records.findCustomerByName(name)) === null) return;
  throw new LatchkeyError('ALREADY_EXISTS', 'a customer of this name exists', { data: { field: 'name' } });
}
