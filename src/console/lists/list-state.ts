import type { ReactiveElement } from 'lit';
import type * as v from 'valibot';
import type { Router } from '../services/router.ts';
import { isFiltered, type ListQuery, readQuery, sortedBy, writeQuery } from './list-query.ts';
import { TypedSearch } from './typed-search.ts';

/** A page whose address has a query. */
export interface ListHost extends ReactiveElement {
  readonly params: URLSearchParams;
}

export interface ListOptions<List extends ListQuery, Item> {
  /** What the address may say. */
  readonly schema: v.GenericSchema<unknown, List>;
  readonly router: () => Router;
  /** Where Enter in the search leads when one thing is found. */
  readonly addressOf?: (item: Item) => string;
}

/** The state of a list that is searched, sorted and paged: it stands in the address of its page. */
export class ListState<List extends ListQuery, Item = never> {
  readonly #host: ListHost;
  readonly #options: ListOptions<List, Item>;
  readonly #search: TypedSearch;
  /** Whether Enter was pressed since the last answer. */
  #opens = false;
  #items: readonly Item[] | null = null;

  constructor(host: ListHost, options: ListOptions<List, Item>) {
    this.#host = host;
    this.#options = options;
    this.#search = new TypedSearch(host, q => this.show({ ...this.query, q, page: 1 }));
  }

  get query(): List {
    return readQuery(this.#options.schema, this.#host.params);
  }

  /** The query as the API takes it; where it is the same, the list is. */
  get params(): string {
    return String(writeQuery(this.#options.schema, this.query));
  }

  get isFiltered(): boolean {
    return isFiltered(this.#options.schema, this.query);
  }

  /** What stands in the search field. */
  get text(): string {
    return this.#search.shown(this.query.q);
  }

  show(query: List): void {
    this.#options.router().setQuery(writeQuery(this.#options.schema, query));
  }

  /** For `lk-sort` of a table: the column, whose name the schema looks at. */
  readonly sort = ({ detail }: CustomEvent<string>): void => {
    const { schema } = this.#options;
    const { sort } = readQuery(schema, new URLSearchParams({ sort: detail }));
    this.show(sortedBy(this.query, sort));
  };

  readonly page = ({ detail }: CustomEvent<number>): void => {
    this.show({ ...this.query, page: detail });
  };

  readonly showAll = (): void => this.show(readQuery(this.#options.schema));

  /** Takes what was found. */
  readonly found = ({ items }: { readonly items: readonly Item[] }): void => {
    this.#items = items;
    this.#openOnly();
  };

  readonly typed = (event: Event): void => {
    this.#opens = false;
    this.#search.typed(event);
  };

  /** Enter opens what is found when it is one thing. */
  readonly keyDown = ({ key, isComposing, target }: KeyboardEvent): void => {
    if (key !== 'Enter' || isComposing || !(target instanceof HTMLInputElement)) return;
    this.#opens = true;
    if (target.value.trim() === this.query.q) this.#openOnly();
    else this.#search.now();
  };

  #openOnly(): void {
    const isAsked = this.#opens && this.query.q !== '';
    const [only, ...others] = this.#items ?? [];
    if (this.#items) this.#opens = false;
    const address = only && this.#options.addressOf?.(only);
    if (isAsked && address && others.length === 0) void this.#options.router().go(address);
  }
}
