import { msg } from '@lit/localize';
import type { Limits } from '../../api/license-terms.ts';
import type { License } from '../../api/licenses.ts';
import type { ProductFeature } from '../../api/products.ts';

/** How much of one counter is used. */
export interface Usage {
  /** '' is the license's own. */
  counter: string;
  label: string;
  used: number;
  limits: Limits;
  /** What devices may use yet before they report; null: no shares. */
  outstanding: number | null;
  /** Unix seconds; null: it never begins anew. */
  endsAt: number | null;
}

/** The counters that the license grants now, with what was reported of each. */
export function usageOf({ terms, totals }: License, features: readonly ProductFeature[]): Usage[] {
  const own = terms.limits ? [{ counter: '', limits: terms.limits }] : [];
  const granted = terms.features.flatMap(({ code, limits }) => (limits ? [{ counter: code, limits }] : []));
  return [...own, ...granted].map(({ counter, limits }) => ({
    counter,
    label: counterName(counter, features),
    used: totals.find(each => each.counter === counter)?.total ?? 0,
    limits,
    outstanding: totals.find(each => each.counter === counter)?.outstanding ?? null,
    endsAt: totals.find(each => each.counter === counter)?.period?.endsAt ?? null,
  }));
}

/** What a person calls a counter. */
export function counterName(counter: string, features: readonly ProductFeature[]): string {
  if (counter === '') return msg('License');
  return features.find(({ code }) => code === counter)?.name ?? counter;
}
