import { localized, msg } from '@lit/localize';
import { Task } from '@lit/task';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type LicenseList, type LicenseQuery, licenseQuerySchema } from '../../api/licenses.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { filterStyles } from '../lists/filter-styles.ts';
import { readQuery, writeQuery } from '../lists/list-query.ts';
import { ListState } from '../lists/list-state.ts';
import { pagedTable } from '../lists/list-views.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import './lk-license-table.ts';

/** Whose licenses: of a customer or of an order. */
export type LicensesOf = Required<Pick<LicenseQuery, 'customer'>> | Required<Pick<LicenseQuery, 'inOrder'>>;

/** The licenses of a customer or an order. Its page and how it is sorted stand in the address. */
@customElement('lk-licenses-of')
@localized()
export class LkLicensesOf extends LitElement {
  static override styles = [baseStyles, pageStyles, filterStyles];

  @property({ attribute: false }) of: LicensesOf = { customer: '' };
  /** The query of the page's address. */
  @property({ attribute: false }) params = new URLSearchParams();

  readonly #console = new UseConsole(this);
  readonly #state = new ListState(this, { schema: licenseQuerySchema, router: () => this.#console.router });
  readonly #licenses = new Task(this, {
    task: ([params]) => this.#console.api.licenses.list(new URLSearchParams(params)),
    args: () => [String(writeQuery(licenseQuerySchema, { ...this.#state.query, ...this.of }))] as const,
  });

  /** Asks again, after something was done to them. */
  async reload(): Promise<void> {
    await this.#licenses.run();
  }

  override render() {
    return html`
      <section class="panel">
        <h2>${msg('Licenses')}</h2>
        ${taskView(this.#licenses, list => this.#list(list))}
      </section>
    `;
  }

  #list(list: LicenseList) {
    if (list.total === 0) return html`<p class="quiet-text">${msg('None yet.')}</p>`;
    const all = `${addresses.licenses}?${writeQuery(licenseQuerySchema, { ...readQuery(licenseQuerySchema), ...this.of })}`;
    const table = html`<lk-license-table .licenses=${list.items} .query=${this.#state.query}></lk-license-table>`;
    return html`
      ${pagedTable(this.#state, list, table)}
      <div><a class="button" href=${all}>${msg('Search in these licenses')}</a></div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-licenses-of': LkLicensesOf;
  }
}
