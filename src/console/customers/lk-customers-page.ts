import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type CustomerList, customerQuerySchema } from '../../api/customers.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { filterStyles } from '../lists/filter-styles.ts';
import { ListState } from '../lists/list-state.ts';
import { foundStatus, pagedTable, searchField } from '../lists/list-views.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/layout/lk-icon.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import './lk-customer-table.ts';

/** Finds customers. What is searched and sorted stands in the address. */
@customElement('lk-customers-page')
@localized()
export class LkCustomersPage extends LitElement {
  static override styles = [baseStyles, pageStyles, filterStyles];

  /** The query of the page's address. */
  @property({ attribute: false }) params = new URLSearchParams();

  readonly #console = new UseConsole(this);
  readonly #state = new ListState(this, { schema: customerQuerySchema, router: () => this.#console.router });
  readonly #customers = new Task(this, {
    task: ([params]) => this.#console.api.customers.list(new URLSearchParams(params)),
    args: () => [this.#state.params] as const,
  });

  override render() {
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Customers')}>
          ${msg('To whom you sell. Naming a new one on a license makes one here.')}
          <a slot="actions" class="button primary" href=${addresses.newCustomer}>
            <lk-icon name="plus"></lk-icon>${msg('Create customer')}
          </a>
        </lk-page-head>
        <search>${searchField(this.#state, { label: msg('Search customers'), placeholder: msg('Name, e-mail or note') })}</search>
        ${foundStatus(this.#found())}
        ${taskView(this.#customers, list => this.#list(list))}
      </div>
    `;
  }

  #found(): string {
    const total = this.#customers.value?.total;
    if (total === undefined || !this.#state.isFiltered) return '';
    return total === 1 ? msg('One customer found') : msg(str`${formatNumber(total)} customers found`);
  }

  #list(list: CustomerList) {
    if (list.items.length === 0) return this.#empty(list.total);
    const table = html`<lk-customer-table .customers=${list.items} .query=${this.#state.query}></lk-customer-table>`;
    return pagedTable(this.#state, list, table);
  }

  #empty(total: number) {
    if (this.#state.isFiltered || total > 0) {
      return html`
        <lk-empty icon="search" heading=${msg('Nobody found')}>
          ${msg('Try another part of the name.')}
          <button slot="actions" type="button" @click=${this.#state.showAll}>${msg('Show all customers')}</button>
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
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-customers-page': LkCustomersPage;
  }
}
