import type { Bytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import type { LicenseKey } from '../../license/license-key.ts';
import { type Actor, audit } from '../audit.ts';
import type { OrderRecord } from '../order-records.ts';
import type { IssueContext } from '../portal.ts';
import type { LicenseRecord } from '../records.ts';
import type { Records } from '../repository.ts';
import { openLicenseKey } from '../secrets/license-secret.ts';
import { keepCustomer } from './customers.ts';
import { checkUserLimits } from './license-terms.ts';
import { checkNewLicense, createLicense, type NewLicense } from './licenses.ts';
import { requireOrder, requireVersion } from './required.ts';

/** A license to issue in an order; an order that there is not yet is made with the license's customer. */
export interface OrderedLicense extends Omit<NewLicense, 'place'> {
  /** Number of the order. */
  readonly order: string;
  /** What is issued under one reference of an order is issued once. */
  readonly reference: string;
}

/** What became of a license to issue. */
export type Issued =
  | {
      readonly outcome: 'issued' | 'present';
      readonly license: LicenseRecord;
      readonly key: LicenseKey | null;
    }
  | { readonly outcome: 'good' }
  | { readonly outcome: 'refused'; readonly reason: LatchkeyError };

/**
 * Issues licenses in their orders, with a key each. One that is there already under its reference stays as it is, so a
 * repeat after an answer that was lost issues nothing twice; one that is refused holds up no other.
 *
 * @param isTrial - Nothing is written: `good` is what would be issued.
 */
export async function issueInOrders(
  { licenses, isTrial }: { licenses: readonly OrderedLicense[]; isTrial: boolean },
  records: Records,
  context: Actor & IssueContext,
): Promise<Issued[]> {
  const known = rememberProducts(records);
  const outcomes: Issued[] = [];
  for (const license of licenses) {
    try {
      outcomes.push(await issueOnce(license, known, { ...context, isTrial }));
    } catch (reason) {
      if (!(reason instanceof LatchkeyError) || !refusals.has(reason.code)) throw reason;
      outcomes.push({ outcome: 'refused', reason });
    }
  }
  return outcomes;
}

const refusals: ReadonlySet<string> = new Set(['FIELD_REFUSED', 'NOT_FOUND']);

async function issueOnce(
  { order: number, reference, ...license }: OrderedLicense,
  records: Records,
  { isTrial, ...context }: Actor & IssueContext & { isTrial: boolean },
): Promise<Issued> {
  const present = await records.findLicenseAt(number, reference);
  if (present !== null) {
    return { outcome: 'present', license: present, key: openLicenseKey(present, context) };
  }
  // Before the order is made: a license that is refused leaves nothing behind.
  checkUserLimits(license.terms, false);
  await checkNewLicense(license, records);
  if (isTrial) return { outcome: 'good' };
  const { id: orderId } = await keepOrder(number, license.terms.customer, records, context);
  const issued = await createLicense({ ...license, place: { orderId, reference } }, records, context);
  return { outcome: 'issued', ...issued };
}

async function keepOrder(
  number: string,
  customer: string,
  records: Records,
  context: Actor & IssueContext,
): Promise<OrderRecord> {
  const there = await records.findOrderByNumber(number);
  if (there !== null) return there;
  const { actor, nowS, crypto } = context;
  await keepCustomer(customer, records, context);
  const id = crypto.randomBytes(16);
  const order = { id, number, customer, note: '', version: 1, createdAtS: nowS };
  await records.saveOrder(order);
  await records.appendAudit(audit('order.create', { actor, nowS, subjectId: id }));
  return order;
}

/**
 * Writes another note on an order.
 *
 * @param version - The one that the edit was made from.
 * @throws {@link LatchkeyError} NOT_FOUND - for an order that there is not.
 * @throws {@link LatchkeyError} EDIT_CONFLICT - when somebody changed it since.
 */
export async function editOrder(
  { id, version, note }: { id: Bytes; version: number; note: string },
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<void> {
  const before = await requireOrder(id, records);
  requireVersion(before, version);
  await records.saveOrder({ ...before, note, version: version + 1 });
  await records.appendAudit(audit('order.edit', { actor, nowS, subjectId: id, changed: ['note'] }));
}

/**
 * Disables or enables every license of an order, and those of other products under their keys. A device learns of it with the next file that it loads.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for an order that there is not.
 */
export async function setOrderEnabled(
  { id, enabled }: { id: Bytes; enabled: boolean },
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<void> {
  await requireOrder(id, records);
  const changed = await records.setOrderEnabled(id, enabled, nowS);
  await records.markChanged(changed, nowS);
  const action = enabled ? 'license.enable' : 'license.disable';
  await records.appendAudit(
    audit(enabled ? 'order.enable' : 'order.disable', { actor, nowS, subjectId: id }),
    ...changed.map(licenseId => audit(action, { actor, nowS, licenseId })),
  );
}

/** Records that look up a product once, however many licenses of it there are. */
function rememberProducts(records: Records): Records {
  return {
    ...records,
    findProduct: remember(records.findProduct),
    findProductFeatures: remember(records.findProductFeatures),
  };
}

function remember<Value>(find: (code: string) => Promise<Value>): (code: string) => Promise<Value> {
  const found = new Map<string, Promise<Value>>();
  return code => {
    const value = found.get(code) ?? find(code);
    found.set(code, value);
    return value;
  };
}
