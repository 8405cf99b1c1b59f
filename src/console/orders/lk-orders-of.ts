import { localized, msg } from '@lit/localize';
import { Task } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type OrderList, orderQuerySchema } from '../../api/orders.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { readQuery, writeQuery } from '../lists/list-query.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import './lk-order-table.ts';

/** The newest orders of a customer. */
@customElement('lk-orders-of')
@localized()
export class LkOrdersOf extends LitElement {
  static override styles = [baseStyles, pageStyles];

  /** Name of the customer. */
  @property({ attribute: false }) customer = '';

  readonly #console = new UseConsole(this);
  readonly #orders = new Task(this, {
    task: ([customer]) => {
      const query = { ...readQuery(orderQuerySchema), customer };
      return this.#console.api.orders.list(writeQuery(orderQuerySchema, query));
    },
    args: () => [this.customer] as const,
  });

  override render() {
    return html`
      <section class="panel">
        <h2>${msg('Orders')}</h2>
        ${taskView(this.#orders, list => this.#list(list))}
      </section>
    `;
  }

  #list({ items, total }: OrderList) {
    if (total === 0) return html`<p class="quiet-text">${msg('None yet.')}</p>`;
    const all = `${addresses.orders}?${new URLSearchParams({ customer: this.customer })}`;
    return html`
      <lk-order-table .orders=${items} @lk-sort=${this.#goTo}></lk-order-table>
      ${total > items.length ? html`<div><a class="button" href=${all}>${msg('Show all orders')}</a></div>` : nothing}
    `;
  }

  /** This list is the newest ones; sorted otherwise it is the page of orders. */
  #goTo({ detail }: CustomEvent<string>): void {
    const query = new URLSearchParams({ customer: this.customer, sort: detail, order: 'asc' });
    void this.#console.router.go(`${addresses.orders}?${query}`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-orders-of': LkOrdersOf;
  }
}
