import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type OrderList, orderQuerySchema } from '../../api/orders.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { filterStyles } from '../lists/filter-styles.ts';
import { ListState } from '../lists/list-state.ts';
import { foundStatus, pagedTable, searchField } from '../lists/list-views.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import './lk-order-table.ts';

/** Finds orders. What is searched and sorted stands in the address. */
@customElement('lk-orders-page')
@localized()
export class LkOrdersPage extends LitElement {
  static override styles = [baseStyles, pageStyles, filterStyles];

  /** The query of the page's address. */
  @property({ attribute: false }) params = new URLSearchParams();

  readonly #console = new UseConsole(this);
  readonly #state = new ListState(this, { schema: orderQuerySchema, router: () => this.#console.router });
  readonly #orders = new Task(this, {
    task: ([params]) => this.#console.api.orders.list(new URLSearchParams(params)),
    args: () => [this.#state.params] as const,
  });

  override render() {
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Orders')}>
          ${msg('Licenses that were issued together, to be found and disabled together.')}
          <a slot="actions" class="button primary" href=${addresses.issue}>${msg('Issue licenses')}</a>
        </lk-page-head>
        <search>${searchField(this.#state, { label: msg('Search orders'), placeholder: msg('Number, customer or note') })}</search>
        ${foundStatus(this.#found())}
        ${taskView(this.#orders, list => this.#list(list))}
      </div>
    `;
  }

  #found(): string {
    const total = this.#orders.value?.total;
    if (total === undefined || !this.#state.isFiltered) return '';
    return total === 1 ? msg('One order found') : msg(str`${formatNumber(total)} orders found`);
  }

  #list(list: OrderList) {
    if (list.items.length === 0) return this.#empty(list.total);
    const table = html`<lk-order-table .orders=${list.items} .query=${this.#state.query}></lk-order-table>`;
    return pagedTable(this.#state, list, table);
  }

  #empty(total: number) {
    if (this.#state.isFiltered || total > 0) {
      return html`
        <lk-empty icon="search" heading=${msg('Nothing found')}>
          ${msg('Try another part of the number.')}
          <button slot="actions" type="button" @click=${this.#state.showAll}>${msg('Show all orders')}</button>
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
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-orders-page': LkOrdersPage;
  }
}
