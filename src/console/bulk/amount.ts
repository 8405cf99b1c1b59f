import type { LicenseTerms } from '../../api/license-terms.ts';
import { maxLicensesAtOnce } from '../../api/orders.ts';
import type { FieldProblem } from '../../api/problem.ts';

/** How many licenses to issue, as it is typed. */
export interface Amount {
  /** NaN while it is no number. */
  count: number;
  /** `each`: a license with a key for each; `one`: one license with so many seats; null: not said. */
  choice: 'each' | 'one' | null;
  /** Number of the order; empty: one is made. */
  order: string;
}

export const oneLicense: Amount = { count: 1, choice: null, order: '' };

/** The two ways to issue so much: licenses with so many seats each, or one license with all seats. */
export interface Question {
  licenses: number;
  /** null: unlimited. */
  seatsEach: number | null;
  /** null: unlimited. */
  seatsOfOne: number | null;
}

/** What has to be asked before so much is issued; null when there is only one way. */
export function questionOf(
  { count }: Amount,
  { maxActivations: seats }: Pick<LicenseTerms, 'maxActivations'>,
): Question | null {
  if (count > 1) {
    return { licenses: count, seatsEach: seats, seatsOfOne: seats === null ? null : seats * count };
  }
  if (seats === null || !(seats > 1 && seats <= maxLicensesAtOnce)) return null;
  return { licenses: seats, seatsEach: 1, seatsOfOne: seats };
}

/** The choice that holds: of one license with its seats typed it is known. */
export function choiceOf({ count, choice }: Amount): Amount['choice'] {
  return choice ?? (count > 1 ? null : 'one');
}

/** What is wrong with an amount; null: nothing. */
export function amountProblem(amount: Amount, terms: LicenseTerms): FieldProblem | null {
  const { count, order } = amount;
  if (!Number.isInteger(count)) return { field: 'amount.count', rule: 'not-whole' };
  if (count < 1) return { field: 'amount.count', rule: 'too-small' };
  if (count > maxLicensesAtOnce) return { field: 'amount.count', rule: 'too-large' };
  if (!questionOf(amount, terms)) return null;
  if (choiceOf(amount) === null) return { field: 'amount.choice', rule: 'required' };
  return new TextEncoder().encode(order.trim()).length > 64
    ? { field: 'amount.order', rule: 'too-long' }
    : null;
}

/** How many licenses are issued, and with how many seats each. */
export function planOf(
  amount: Amount,
  terms: Pick<LicenseTerms, 'maxActivations'>,
): { count: number; maxActivations: number | null } {
  const question = questionOf(amount, terms);
  if (!question) return { count: 1, maxActivations: terms.maxActivations };
  return choiceOf(amount) === 'each'
    ? { count: question.licenses, maxActivations: question.seatsEach }
    : { count: 1, maxActivations: question.seatsOfOne };
}
