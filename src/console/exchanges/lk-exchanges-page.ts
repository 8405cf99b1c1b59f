import { localized, msg } from '@lit/localize';
import { Task } from '@lit/task';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type ExchangePage, type ExchangeQuery, exchangeQuerySchema } from '../../api/exchanges.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { filterStyles } from '../lists/filter-styles.ts';
import { readQuery, writeQuery } from '../lists/list-query.ts';
import { stretchView } from '../lists/list-views.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import './lk-exchange-filters.ts';
import './lk-exchange-table.ts';

/** Every file that came and went, over all licenses, newest first. What is filtered stands in the address. */
@customElement('lk-exchanges-page')
@localized()
export class LkExchangesPage extends LitElement {
  static override styles = [baseStyles, pageStyles, filterStyles];

  /** The query of the page's address. */
  @property({ attribute: false }) params = new URLSearchParams();

  readonly #console = new UseConsole(this);
  readonly #exchanges = new Task(this, {
    task: ([params]) => this.#console.api.exchanges.list(new URLSearchParams(params)),
    args: () => [String(writeQuery(exchangeQuerySchema, this.#query))] as const,
  });

  override render() {
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Exchanges')}>
          ${msg('Every file that a device sent and the answer that it got, and the refresh files that you downloaded.')}
        </lk-page-head>
        <lk-exchange-filters .query=${this.#query} @lk-filter=${this.#filter}></lk-exchange-filters>
        ${taskView(this.#exchanges, page => this.#list(page))}
      </div>
    `;
  }

  get #query(): ExchangeQuery {
    return readQuery(exchangeQuerySchema, this.params);
  }

  get #isFiltered(): boolean {
    const { after: _, ...filters } = this.#query;
    return writeQuery(exchangeQuerySchema, filters).size > 0;
  }

  #list(page: ExchangePage) {
    if (page.items.length === 0 && page.next === null) return this.#empty();
    const { items, next, lookedUntil } = page;
    return stretchView({
      table: items.length === 0 ? null : html`<lk-exchange-table .exchanges=${items}></lk-exchange-table>`,
      nothingFound: msg('No such file among those that were looked at.'),
      lookedUntil,
      links: [
        ...(this.#query.after ? [this.#link(undefined, msg('Newest files'))] : []),
        ...(next
          ? [this.#link(next, lookedUntil === null ? msg('Older files') : msg('Look further back'))]
          : []),
      ],
    });
  }

  #link(after: string | undefined, text: string) {
    const query = writeQuery(exchangeQuerySchema, { ...this.#query, after });
    return html`<a class="button" href="${addresses.exchanges}?${query}">${text}</a>`;
  }

  #empty() {
    if (this.#query.after) {
      return html`
        <lk-empty icon="file" heading=${msg('No older file')}>
          <span slot="actions">${this.#link(undefined, msg('Newest files'))}</span>
        </lk-empty>
      `;
    }
    if (this.#isFiltered) {
      return html`
        <lk-empty icon="search" heading=${msg('No such file')}>
          ${msg('A device number has 12 digits. If nothing from the machine has arrived: has the stick been to the portal?')}
          <button slot="actions" type="button" @click=${() => this.#show(readQuery(exchangeQuerySchema))}>${msg('Show all files')}</button>
        </lk-empty>
      `;
    }
    return html`
      <lk-empty icon="file" heading=${msg('No file yet')}>
        ${msg('The first activation request that reaches the portal appears here.')}
      </lk-empty>
    `;
  }

  #filter({ detail }: CustomEvent<Partial<ExchangeQuery>>): void {
    this.#show({ ...this.#query, ...detail, after: undefined });
  }

  #show(query: ExchangeQuery): void {
    this.#console.router.setQuery(writeQuery(exchangeQuerySchema, query));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-exchanges-page': LkExchangesPage;
  }
}
