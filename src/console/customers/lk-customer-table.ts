import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  type Customer,
  type CustomerQuery,
  type CustomerSort,
  customerQuerySchema,
} from '../../api/customers.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { formatDay } from '../fields/dates.ts';
import { sortStyles } from '../layout/sort-styles.ts';
import { readQuery } from '../services/list-query.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/layout/lk-icon.ts';

/**
 * Customers as rows.
 *
 * @fires lk-sort-customers - The heading of a column was pressed; detail: the column.
 */
@customElement('lk-customer-table')
@localized()
export class LkCustomerTable extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    sortStyles,
    css`
      :host {
        container-type: inline-size;
      }
      td.who {
        max-inline-size: 22rem;
        overflow-wrap: anywhere;
      }
      td small {
        display: block;
      }
      .nowrap {
        white-space: nowrap;
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
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Customers')}>
        <table>
          <thead>
            <tr>
              ${this.#head('name', msg('Name'), 'who')}
              ${this.#head('licenses', msg('Licenses'), 'end')}
              ${this.#head('orders', msg('Orders'), 'orders end')}
              ${this.#head('created', msg('Since'), 'created')}
            </tr>
          </thead>
          <tbody>${this.customers.map(customer => this.#row(customer))}</tbody>
        </table>
      </div>
    `;
  }

  #head(sort: CustomerSort, text: string, kind: string) {
    const isSorted = this.query.sort === sort;
    const direction = this.query.order === 'asc' ? 'ascending' : 'descending';
    return html`
      <th scope="col" class=${kind} aria-sort=${isSorted ? direction : nothing}>
        <button type="button" @click=${() => this.#sort(sort)}>${text}<lk-icon name="chevron-down"></lk-icon></button>
      </th>
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

  #sort(detail: CustomerSort): void {
    this.dispatchEvent(
      new CustomEvent<CustomerSort>('lk-sort-customers', { detail, bubbles: true, composed: true }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-customer-table': LkCustomerTable;
  }
  interface HTMLElementEventMap {
    'lk-sort-customers': CustomEvent<CustomerSort>;
  }
}
