import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Order, type OrderQuery, type OrderSort, orderQuerySchema } from '../../api/orders.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { formatDay } from '../fields/dates.ts';
import { sortStyles } from '../layout/sort-styles.ts';
import { readQuery } from '../services/list-query.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/layout/lk-icon.ts';

/**
 * Orders as rows.
 *
 * @fires lk-sort-orders - The heading of a column was pressed; detail: the column.
 */
@customElement('lk-order-table')
@localized()
export class LkOrderTable extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    sortStyles,
    css`
      :host {
        container-type: inline-size;
      }
      td.who, td.customer {
        max-inline-size: 18rem;
        overflow-wrap: anywhere;
      }
      td small {
        display: block;
      }
      .who .folded {
        display: none;
      }
      .nowrap {
        white-space: nowrap;
      }
      @container (max-width: 36rem) {
        .created, .customer {
          display: none;
        }
        .who .folded {
          display: block;
        }
        th, td {
          padding-inline: var(--lk-space-3);
        }
      }
    `,
  ];

  @property({ attribute: false }) orders: readonly Order[] = [];
  /** By which column the list is sorted. */
  @property({ attribute: false }) query: OrderQuery = readQuery(orderQuerySchema);

  override render() {
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Orders')}>
        <table>
          <thead>
            <tr>
              ${this.#head('number', msg('Number'), 'who')}
              ${this.#head('customer', msg('Customer'), 'customer')}
              ${this.#head('licenses', msg('Licenses'), 'end')}
              ${this.#head('created', msg('Date'), 'created')}
            </tr>
          </thead>
          <tbody>${this.orders.map(order => this.#row(order))}</tbody>
        </table>
      </div>
    `;
  }

  #head(sort: OrderSort, text: string, kind: string) {
    const isSorted = this.query.sort === sort;
    const direction = this.query.order === 'asc' ? 'ascending' : 'descending';
    return html`
      <th scope="col" class=${kind} aria-sort=${isSorted ? direction : nothing}>
        <button type="button" @click=${() => this.#sort(sort)}>${text}<lk-icon name="chevron-down"></lk-icon></button>
      </th>
    `;
  }

  #row({ id, number, customer, licenses, disabled, createdAt }: Order) {
    const off = formatNumber(disabled);
    return html`
      <tr>
        <td class="who">
          <a href=${addresses.order(id)}>${number}</a>
          ${customer ? html`<small class="folded">${customer}</small>` : nothing}
        </td>
        <td class="customer">${customer}</td>
        <td class="end nowrap">
          ${formatNumber(licenses)}${disabled > 0 ? html`<small>${msg(str`${off} disabled`)}</small>` : nothing}
        </td>
        <td class="created nowrap">${formatDay(createdAt)}</td>
      </tr>
    `;
  }

  #sort(detail: OrderSort): void {
    this.dispatchEvent(
      new CustomEvent<OrderSort>('lk-sort-orders', { detail, bubbles: true, composed: true }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-order-table': LkOrderTable;
  }
  interface HTMLElementEventMap {
    'lk-sort-orders': CustomEvent<OrderSort>;
  }
}
