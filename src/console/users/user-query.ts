import * as v from 'valibot';
import { type UserQuery, type UserSort, userQuerySchema } from '../../api/users.ts';
import { paramsOver } from '../licenses/list-query.ts';

/** What the list of users shows when its address says nothing. */
export const defaultUserQuery: UserQuery = v.parse(userQuerySchema, {});

/** The list's state from its address; what cannot be read there counts as not said. */
export function userQueryOf(params: URLSearchParams): UserQuery {
  const result = v.safeParse(userQuerySchema, Object.fromEntries(params));
  return result.success ? result.output : defaultUserQuery;
}

/** The address of the list's state, without what is as it always is. */
export function userParamsOf(query: UserQuery): URLSearchParams {
  return paramsOver(defaultUserQuery, query);
}

/** Sorts by a column: the other way round when it is sorted by it already. */
export function usersSortedBy(query: UserQuery, sort: UserSort): UserQuery {
  const isTurned = query.sort === sort && query.order === 'asc';
  return { ...query, sort, order: isTurned ? 'desc' : 'asc', page: 1 };
}
