import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type OrderList, type OrderQuery, type OrderSort, orderQuerySchema } from '../../api/orders.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { isFiltered, readQuery, sortedBy, writeQuery } from '../services/list-query.ts';
import { addresses } from '../services/routes.ts';
import { TypedSearch } from '../services/typed-search.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import '../licenses/lk-pager.ts';
import './lk-order-table.ts';

/** Finds orders. What is searched and sorted stands in the address. */
@customElement('lk-orders-page')
@localized()
export class LkOrdersPage extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      .list {
        display: grid;
        gap: var(--lk-space-3);
      }
    `,
  ];

  /** The query of the page's address. */
  @property({ attribute: false }) params = new URLSearchParams();

  readonly #console = new UseConsole(this);
  readonly #orders = new Task(this, {
    task: ([params]) => this.#console.api.orders.list(new URLSearchParams(params)),
    args: () => [String(writeQuery(orderQuerySchema, this.#query))] as const,
  });
  readonly #search = new TypedSearch(this, q => this.#show({ ...this.#query, q, page: 1 }));

  override render() {
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Orders')}>
          ${msg('Licenses that were issued together, to be found and disabled together.')}
          <a slot="actions" class="button primary" href=${addresses.issue}>${msg('Issue licenses')}</a>
        </lk-page-head>
        <search>
          <input
            type="search"
            aria-label=${msg('Search orders')}
            placeholder=${msg('Number, customer or note')}
            autocomplete="off"
            spellcheck="false"
            .value=${this.#search.shown(this.#query.q)}
            @input=${this.#search.typed}
          >
        </search>
        <div class="visually-hidden" role="status">${this.#found()}</div>
        ${taskView(this.#orders, list => this.#list(list))}
      </div>
    `;
  }

  get #query(): OrderQuery {
    return readQuery(orderQuerySchema, this.params);
  }

  #found(): string {
    const total = this.#orders.value?.total;
    if (total === undefined || !isFiltered(orderQuerySchema, this.#query)) return '';
    return total === 1 ? msg('One order found') : msg(str`${formatNumber(total)} orders found`);
  }

  #list({ items, total, page, pageSize }: OrderList) {
    if (items.length === 0) return this.#empty(total);
    return html`
      <div class="list" @lk-sort-orders=${this.#sort} @lk-page=${this.#page}>
        <lk-order-table .orders=${items} .query=${this.#query}></lk-order-table>
        <lk-pager .page=${page} .pageSize=${pageSize} .total=${total}></lk-pager>
      </div>
    `;
  }

  #empty(total: number) {
    if (isFiltered(orderQuerySchema, this.#query) || total > 0) {
      return html`
        <lk-empty icon="search" heading=${msg('Nothing found')}>
          ${msg('Try another part of the number.')}
          <button slot="actions" type="button" @click=${() => this.#show(readQuery(orderQuerySchema))}>${msg('Show all orders')}</button>
        </lk-empty>
      `;
    }
    return html`
      <lk-empty icon="receipt-text" heading=${msg('No order yet')}>
        ${msg('Licenses that are issued many at once are an order.')}
        <a slot="actions" class="button" href=${addresses.issue}>${msg('Issue licenses')}</a>
      </lk-empty>
    `;
  }

  #show(query: OrderQuery): void {
    this.#console.router.setQuery(writeQuery(orderQuerySchema, query));
  }

  #sort({ detail }: CustomEvent<OrderSort>): void {
    this.#show(sortedBy(this.#query, detail));
  }

  #page({ detail }: CustomEvent<number>): void {
    this.#show({ ...this.#query, page: detail });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-orders-page': LkOrdersPage;
  }
}
