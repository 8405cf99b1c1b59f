import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Customer, type CustomerQuery, customerQuerySchema } from '../../api/customers.ts';
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
 * Customers as rows.
 *
 * @fires lk-sort - The heading of a column was pressed; detail: the column.
 */
@customElement('lk-customer-table')
@localized()
export class LkCustomerTable extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    sortStyles,
    css`
      td.who {
        max-inline-size: 22rem;
        overflow-wrap: anywhere;
      }
      td small {
        display: block;
      }
      @container (max-width: 36rem) {
        .created, .orders {
          display: none;
        }
        th, td {
          padding-inline: var(--lk-space-3);
        }
      }
    `,
  ];

  @property({ attribute: false }) customers: readonly Customer[] = [];
  /** By which column the list is sorted. */
  @property({ attribute: false }) query: CustomerQuery = readQuery(customerQuerySchema);

  override render() {
    const head = sortHeads(this.query);
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Customers')}>
        <table>
          <thead>
            <tr>
              ${head('name', msg('Name'), 'who')}
              ${head('licenses', msg('Licenses'), 'end')}
              ${head('orders', msg('Orders'), 'orders end')}
              ${head('created', msg('Since'), 'created')}
            </tr>
          </thead>
          <tbody>${this.customers.map(customer => this.#row(customer))}</tbody>
        </table>
      </div>
    `;
  }

  #row({ id, name, email, licenses, orders, createdAt }: Customer) {
    return html`
      <tr>
        <td class="who"><a href=${addresses.customer(id)}>${name}</a>${email ? html`<small>${email}</small>` : nothing}</td>
        <td class="end">${formatNumber(licenses)}</td>
        <td class="orders end">${formatNumber(orders)}</td>
        <td class="created nowrap">${formatDay(createdAt)}</td>
      </tr>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-customer-table': LkCustomerTable;
  }
}
