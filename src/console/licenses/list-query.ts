import * as v from 'valibot';
import { type LicenseQuery, type LicenseSort, licenseQuerySchema } from '../../api/licenses.ts';

/** What the list shows when its address says nothing. */
export const defaultQuery: LicenseQuery = v.parse(licenseQuerySchema, {});

/** The list's state from its address; what cannot be read there counts as not said. */
export function queryOf(params: URLSearchParams): LicenseQuery {
  const result = v.safeParse(licenseQuerySchema, Object.fromEntries(params));
  return result.success ? result.output : defaultQuery;
}

/** The address of the list's state, without what is as it always is. */
export function paramsOf(query: LicenseQuery): URLSearchParams {
  return paramsOver(defaultQuery, query);
}

/** What of a list's state is not as it always is. */
export function paramsOver<Query extends object>(standard: Query, query: Query): URLSearchParams {
  const usual = new Map<string, unknown>(Object.entries(standard));
  const said = Object.entries(query).filter(
    ([name, value]) => value !== undefined && value !== usual.get(name),
  );
  return new URLSearchParams(said.map(([name, value]) => [name, String(value)]));
}

/** Sorts by a column: the other way round when it is sorted by it already. */
export function sortedBy(query: LicenseQuery, sort: LicenseSort): LicenseQuery {
  const isSame = query.sort === sort;
  const order = isSame && query.order === 'asc' ? 'desc' : 'asc';
  return { ...query, sort, order, page: 1 };
}

/** Whether anything narrows the list. */
export function isFiltered({ q, state, product }: LicenseQuery): boolean {
  return q !== '' || state !== undefined || product !== undefined;
}
