import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import type { ListQuery } from './list-query.ts';
import type { ListState } from './list-state.ts';
import '../../ui/layout/lk-icon.ts';
import './lk-pager.ts';

/** The field that searches a list; goes with the filter styles. */
export function searchField<List extends ListQuery, Item>(
  state: ListState<List, Item>,
  { label, placeholder }: { label: string; placeholder: string },
): TemplateResult {
  return html`
    <div class="search">
      <lk-icon name="search"></lk-icon>
      <input
        type="search"
        aria-label=${label}
        placeholder=${placeholder}
        autocomplete="off"
        spellcheck="false"
        .value=${state.text}
        @input=${state.typed}
        @keydown=${state.keyDown}
      >
    </div>
  `;
}

/** A page of a list: its table, and under it the way to the others. */
export function pagedTable<List extends ListQuery, Item>(
  state: ListState<List, Item>,
  { page, pageSize, total }: { page: number; pageSize: number; total: number },
  table: TemplateResult,
): TemplateResult {
  return html`
    <div class="list" @lk-sort=${state.sort} @lk-page=${state.page}>
      ${table}
      <lk-pager .page=${page} .pageSize=${pageSize} .total=${total}></lk-pager>
    </div>
  `;
}

/** A stretch of a list that is looked through from the newest on, so many at a time. */
export interface Stretch {
  /** Its table; null when nothing in it was found. */
  readonly table: TemplateResult | null;
  readonly nothingFound: string;
  /** Unix seconds, when the look ended before the list did. */
  readonly lookedUntil: number | null;
  /** Links to the newest stretch and to the next one. */
  readonly links: readonly TemplateResult[];
}

/** A stretch of a list, and under it the way to the others. */
export function stretchView({ table, nothingFound, lookedUntil, links }: Stretch): TemplateResult {
  const until = formatDateTime((lookedUntil ?? 0) * 1000);
  return html`
    <div class="list">
      ${table ?? html`<p class="quiet-text">${nothingFound}</p>`}
      ${
        lookedUntil === null
          ? nothing
          : html`<p class="quiet-text" role="status">${msg(str`Looked back until ${until}. There may be more before that.`)}</p>`
      }
      <nav class="row" aria-label=${msg('Pages')}>${links}</nav>
    </div>
  `;
}

/** Read out, not seen: how many a search found. */
export function foundStatus(text: string): TemplateResult {
  return html`<div class="visually-hidden" role="status">${text}</div>`;
}

/** A heading of a column that sorts by it. */
export type SortHead<Sort extends string> = (sort: Sort, text: string, kind: string) => TemplateResult;

/** Makes the headings of a table that is sorted so. Pressed, one tells `lk-sort` with its column. */
export function sortHeads<Sort extends string>(query: { sort: Sort; order: 'asc' | 'desc' }): SortHead<Sort> {
  const direction = query.order === 'asc' ? 'ascending' : 'descending';
  return (sort, text, kind) => {
    const tell = ({ currentTarget }: Event) =>
      currentTarget?.dispatchEvent(
        new CustomEvent('lk-sort', { detail: sort, bubbles: true, composed: true }),
      );
    return html`
      <th scope="col" class=${kind} aria-sort=${query.sort === sort ? direction : nothing}>
        <button type="button" @click=${tell}>${text}<lk-icon name="chevron-down"></lk-icon></button>
      </th>
    `;
  };
}

declare global {
  interface HTMLElementEventMap {
    'lk-sort': CustomEvent<string>;
  }
}
