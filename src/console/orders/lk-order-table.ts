import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Order, type OrderQuery, orderQuerySchema } from '../../api/orders.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { formatDay } from '../fields/dates.ts';
import { readQuery } from '../lists/list-query.ts';
import { sortHeads } from '../lists/list-views.ts';
import { sortStyles } from '../lists/sort-styles.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/layout/lk-icon.ts';

/**
 * Orders as rows.
 *
 * @fires lk-sort - The heading of a column was pressed; detail: the column.
 */
@customElement('lk-order-table')
@localized()
export class LkOrderTable extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    sortStyles,
    css`
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
    const head = sortHeads(this.query);
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Orders')}>
        <table>
          <thead>
            <tr>
              ${head('number', msg('Number'), 'who')}
              ${head('customer', msg('Customer'), 'customer')}
              ${head('licenses', msg('Licenses'), 'end')}
              ${head('created', msg('Date'), 'created')}
            </tr>
          </thead>
          <tbody>${this.orders.map(order => this.#row(order))}</tbody>
        </table>
      </div>
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
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-order-table': LkOrderTable;
  }
}
