import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  type CustomerList,
  type CustomerQuery,
  type CustomerSort,
  customerQuerySchema,
} from '../../api/customers.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { isFiltered, readQuery, sortedBy, writeQuery } from '../services/list-query.ts';
import { addresses } from '../services/routes.ts';
import { TypedSearch } from '../services/typed-search.ts';
import '../../ui/layout/lk-icon.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import '../licenses/lk-pager.ts';
import './lk-customer-table.ts';

/** Finds customers. What is searched and sorted stands in the address. */
@customElement('lk-customers-page')
@localized()
export class LkCustomersPage extends LitElement {
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
  readonly #customers = new Task(this, {
    task: ([params]) => this.#console.api.customers.list(new URLSearchParams(params)),
    args: () => [String(writeQuery(customerQuerySchema, this.#query))] as const,
  });
  readonly #search = new TypedSearch(this, q => this.#show({ ...this.#query, q, page: 1 }));

  override render() {
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Customers')}>
          ${msg('To whom you sell. Naming a new one on a license makes one here.')}
          <a slot="actions" class="button primary" href=${addresses.newCustomer}>
            <lk-icon name="plus"></lk-icon>${msg('Create customer')}
          </a>
        </lk-page-head>
        <search>
          <input
            type="search"
            aria-label=${msg('Search customers')}
            placeholder=${msg('Name, e-mail or note')}
            autocomplete="off"
            spellcheck="false"
            .value=${this.#search.shown(this.#query.q)}
            @input=${this.#search.typed}
          >
        </search>
        <div class="visually-hidden" role="status">${this.#found()}</div>
        ${taskView(this.#customers, list => this.#list(list))}
      </div>
    `;
  }

  get #query(): CustomerQuery {
    return readQuery(customerQuerySchema, this.params);
  }

  #found(): string {
    const total = this.#customers.value?.total;
    if (total === undefined || !isFiltered(customerQuerySchema, this.#query)) return '';
    return total === 1 ? msg('One customer found') : msg(str`${formatNumber(total)} customers found`);
  }

  #list({ items, total, page, pageSize }: CustomerList) {
    if (items.length === 0) return this.#empty(total);
    return html`
      <div class="list" @lk-sort-customers=${this.#sort} @lk-page=${this.#page}>
        <lk-customer-table .customers=${items} .query=${this.#query}></lk-customer-table>
        <lk-pager .page=${page} .pageSize=${pageSize} .total=${total}></lk-pager>
      </div>
    `;
  }

  #empty(total: number) {
    if (isFiltered(customerQuerySchema, this.#query) || total > 0) {
      return html`
        <lk-empty icon="search" heading=${msg('Nobody found')}>
          ${msg('Try another part of the name.')}
          <button slot="actions" type="button" @click=${() => this.#show(readQuery(customerQuerySchema))}>${msg('Show all customers')}</button>
        </lk-empty>
      `;
    }
    return html`
      <lk-empty icon="building-2" heading=${msg('No customer yet')}>
        ${msg('Create one, or name one on a license.')}
        <a slot="actions" class="button" href=${addresses.newCustomer}>${msg('Create customer')}</a>
      </lk-empty>
    `;
  }

  #show(query: CustomerQuery): void {
    this.#console.router.setQuery(writeQuery(customerQuerySchema, query));
  }

  #sort({ detail }: CustomEvent<CustomerSort>): void {
    this.#show(sortedBy(this.#query, detail));
  }

  #page({ detail }: CustomEvent<number>): void {
    this.#show({ ...this.#query, page: detail });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-customers-page': LkCustomersPage;
  }
}
