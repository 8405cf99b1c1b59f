import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  type LicenseList,
  type LicenseSummary,
  licenseQuerySchema,
  licenseStates,
} from '../../api/licenses.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { licenseStateText } from '../layout/state-texts.ts';
import { taskView } from '../layout/task-view.ts';
import { filterStyles } from '../lists/filter-styles.ts';
import { writeQuery } from '../lists/list-query.ts';
import { ListState } from '../lists/list-state.ts';
import { foundStatus, pagedTable, searchField } from '../lists/list-views.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/feedback/lk-notice.ts';
import '../csv/lk-export.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import './lk-license-table.ts';

/** Finds licenses. What is searched, filtered and sorted stands in the address. */
@customElement('lk-licenses-page')
@localized()
export class LkLicensesPage extends LitElement {
  static override styles = [baseStyles, pageStyles, filterStyles];

  /** The query of the page's address. */
  @property({ attribute: false }) params = new URLSearchParams();

  readonly #console = new UseConsole(this);
  readonly #state = new ListState(this, {
    schema: licenseQuerySchema,
    router: () => this.#console.router,
    addressOf: ({ id }: LicenseSummary) => addresses.license(id),
  });
  readonly #products = new Task(this, { task: () => this.#console.api.products.list(), args: () => [] });
  readonly #policies = new Task(this, { task: () => this.#console.api.policies.list(), args: () => [] });
  readonly #licenses = new Task(this, {
    task: ([params]) => this.#console.api.licenses.list(new URLSearchParams(params)),
    args: () => [this.#state.params] as const,
    onComplete: this.#state.found,
  });

  override render() {
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Licenses')}>
          <a slot="actions" class="button" href=${addresses.import}>
            <lk-icon name="upload"></lk-icon>${msg('Import…')}
          </a>
          <lk-export slot="actions" .filter=${this.#filter} .total=${this.#licenses.value?.total ?? 0}></lk-export>
          <a slot="actions" class="button primary" href=${addresses.issue}>
            <lk-icon name="plus"></lk-icon>${msg('Issue license')}
          </a>
        </lk-page-head>
        <search class="filters">${searchField(this.#state, { label: msg('Search licenses'), placeholder: msg('Key, customer, order, holder, note or device number') })} ${this.#states()} ${this.#productChoice()} ${this.#policyChoice()}</search>
        ${this.#narrowed()}
        ${foundStatus(this.#found())}
        ${taskView(this.#licenses, list => this.#list(list))}
      </div>
    `;
  }

  /** What the list has, whatever its pages are. */
  get #filter() {
    const { page: _, pageSize: __, ...filter } = this.#state.query;
    return filter;
  }

  #states() {
    const { state } = this.#state.query;
    return html`
      <select aria-label=${msg('State')} @change=${this.#choose('state')}>
        <option value="" .selected=${!state}>${msg('All states')}</option>
        ${licenseStates.map(
          each =>
            html`<option value=${each} .selected=${each === state}>${licenseStateText(each).text}</option>`,
        )}
        <option value="copied" .selected=${state === 'copied'}>${msg('Copied devices noticed')}</option>
      </select>
    `;
  }

  #productChoice() {
    const { product } = this.#state.query;
    const products = this.#products.value?.items ?? [];
    return html`
      <select aria-label=${msg('Product')} @change=${this.#choose('product')}>
        <option value="" .selected=${!product}>${msg('All products')}</option>
        ${products.map(({ code, name }) => html`<option value=${code} .selected=${code === product}>${name}</option>`)}
      </select>
    `;
  }

  /** Whose licenses these are, when the page was opened for a customer or an order. */
  #narrowed() {
    const { customer, inOrder } = this.#state.query;
    if (!customer && !inOrder) return nothing;
    return html`
      <lk-notice
        action=${msg('Show all licenses')}
        @lk-action=${this.#state.showAll}
      >
        ${customer ? msg(str`Only licenses of ${customer}.`) : msg('Only licenses of one order.')}
        ${inOrder ? html`<a href=${addresses.order(inOrder)}>${msg('Open the order')}</a>` : nothing}
      </lk-notice>
    `;
  }

  /** Shown once there is one to choose. */
  #policyChoice() {
    const { policy, product } = this.#state.query;
    const policies = (this.#policies.value?.items ?? []).filter(each => !product || each.product === product);
    const isUnknown = policy !== undefined && !policies.some(({ id }) => id === policy);
    if (policies.length === 0 && !isUnknown) return nothing;
    return html`
      <select aria-label=${msg('Policy')} @change=${this.#choose('policy')}>
        <option value="" .selected=${!policy}>${msg('All policies')}</option>
        ${policies.map(({ id, name }) => html`<option value=${id} .selected=${id === policy}>${name}</option>`)}
        ${isUnknown ? html`<option value=${policy} selected>${msg('Another policy')}</option>` : nothing}
      </select>
    `;
  }

  #found(): string {
    const total = this.#licenses.value?.total;
    if (total === undefined || !this.#state.isFiltered) return '';
    return total === 1 ? msg('One license found') : msg(str`${formatNumber(total)} licenses found`);
  }

  #list(list: LicenseList) {
    if (list.items.length === 0) return this.#empty(list.total);
    const table = html`<lk-license-table .licenses=${list.items} .query=${this.#state.query}></lk-license-table>`;
    return pagedTable(this.#state, list, table);
  }

  #empty(total: number) {
    if (this.#state.isFiltered || total > 0) {
      return html`
        <lk-empty icon="search" heading=${msg('Nothing found')}>
          ${msg('Try fewer words, or look in all states, products and policies.')}
          <button slot="actions" type="button" @click=${this.#state.showAll}>${msg('Show all licenses')}</button>
        </lk-empty>
      `;
    }
    return html`
      <lk-empty icon="key-round" heading=${msg('No license yet')}>
        ${msg('Issue the first license, then give its key to the customer.')}
        <a slot="actions" class="button" href=${addresses.issue}>${msg('Issue license')}</a>
      </lk-empty>
    `;
  }

  #choose(name: 'state' | 'product' | 'policy') {
    return ({ target }: Event) => {
      if (!(target instanceof HTMLSelectElement)) return;
      const params = writeQuery(licenseQuerySchema, { ...this.#state.query, page: 1 });
      if (target.value) params.set(name, target.value);
      else params.delete(name);
      if (name === 'product') params.delete('policy');
      this.#console.router.setQuery(params);
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-licenses-page': LkLicensesPage;
  }
}
