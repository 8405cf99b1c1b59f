import {
  defaultLimits,
  defaultTerms,
  type LicenseFeature,
  type LicenseTerms,
  type LicenseType,
  type PolicyTerms,
} from '../../api/license-terms.ts';
import type { ProductFeature } from '../../api/products.ts';

/** Terms that go with a type: what the type has no room for is taken out, what it needs is put in. */
export function termsOfType(type: LicenseType, terms: LicenseTerms): LicenseTerms {
  return {
    ...terms,
    expiresAt: type === 'perpetual' ? null : terms.expiresAt,
    validityDays: type === 'perpetual' ? null : terms.validityDays,
    graceHours: type === 'perpetual' ? 0 : terms.graceHours,
    limits: type === 'consumption' ? (terms.limits ?? defaultLimits()) : null,
  };
}

/** What of the terms a policy has: not what belongs to one customer. */
export function commonTerms({
  startsAt,
  expiresAt,
  customer,
  holder,
  note,
  ...common
}: LicenseTerms): PolicyTerms {
  return common;
}

/** The terms of a policy, with what belongs to the customer of these; without a policy, as a form begins. */
export function termsFrom(policy: PolicyTerms | null, terms: LicenseTerms): LicenseTerms {
  const { startsAt, customer, holder, note } = terms;
  return { ...defaultTerms(), ...policy, startsAt, customer, holder, note };
}

/** Whether two terms say the same; a number that is missing (NaN) equals only another one. */
export function isSameTerms(first: unknown, second: unknown): boolean {
  return canonical(first) === canonical(second);
}

/** Theirs, with the fields over it that were changed from `base` to `mine`. */
export function mergeTerms(base: LicenseTerms, mine: LicenseTerms, theirs: LicenseTerms): LicenseTerms {
  const changed = Object.entries(mine).filter(([name, value]) => {
    return !isSameTerms(value, Object.entries(base).find(([each]) => each === name)?.[1]);
  });
  return { ...theirs, ...Object.fromEntries(changed) };
}

/** Grants a feature of the product, or takes it away; the order is the product's. */
export function withFeature(
  features: readonly LicenseFeature[],
  { code, type }: ProductFeature,
  isGranted: boolean,
): LicenseFeature[] {
  const others = features.filter(feature => feature.code !== code);
  if (!isGranted) return others;
  const limits = type === 'consumption' ? defaultLimits() : null;
  return [...others, { code, expiresAt: null, limits }];
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each) => (Number.isNaN(each) ? 'not a number' : sorted(each)));
}

/** Fields in the order of their names, since the server may write them in another. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([first], [second]) => (first < second ? -1 : 1)));
}
