import * as v from 'valibot';

/** The state of a list that is sorted and paged, as the schema of its path has it. */
export interface ListQuery {
  q: string;
  sort: string;
  order: 'asc' | 'desc';
  page: number;
}

type SchemaOf<List> = v.GenericSchema<unknown, List>;

/** The state of a list from its address; what cannot be read there counts as not said. */
export function readQuery<List>(schema: SchemaOf<List>, params = new URLSearchParams()): List {
  const result = v.safeParse(schema, Object.fromEntries(params));
  return result.success ? result.output : v.parse(schema, {});
}

/** The address of a list's state, without what is as it always is. */
export function writeQuery<List extends object>(schema: SchemaOf<List>, query: List): URLSearchParams {
  const usual = new Map<string, unknown>(Object.entries(readQuery(schema)));
  const said = Object.entries(query).filter(
    ([name, value]) => value !== undefined && value !== usual.get(name),
  );
  return new URLSearchParams(said.map(([name, value]) => [name, String(value)]));
}

/** Whether anything narrows a list. */
export function isFiltered<List extends ListQuery>(schema: SchemaOf<List>, query: List): boolean {
  const { sort, order, page } = readQuery(schema);
  return writeQuery(schema, { ...query, sort, order, page }).size > 0;
}

/** Sorts by a column: the other way round when it is sorted by it already. */
export function sortedBy<List extends ListQuery>(query: List, sort: List['sort']): List {
  const isTurned = query.sort === sort && query.order === 'asc';
  return { ...query, sort, order: isTurned ? 'desc' : 'asc', page: 1 };
}
