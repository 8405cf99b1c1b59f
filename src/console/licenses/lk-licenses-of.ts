import { localized, msg } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  type LicenseList,
  type LicenseQuery,
  type LicenseSort,
  licenseQuerySchema,
} from '../../api/licenses.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { readQuery, sortedBy, writeQuery } from '../services/list-query.ts';
import { addresses } from '../services/routes.ts';
import './lk-license-table.ts';
import './lk-pager.ts';

/** Whose licenses: of a customer or of an order. */
export type LicensesOf = Required<Pick<LicenseQuery, 'customer'>> | Required<Pick<LicenseQuery, 'inOrder'>>;

/** The licenses of a customer or an order. Its page and how it is sorted stand in the address. */
@customElement('lk-licenses-of')
@localized()
export class LkLicensesOf extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      .list {
        display: grid;
        gap: var(--lk-space-3);
      }
    `,
  ];

  @property({ attribute: false }) of: LicensesOf = { customer: '' };
  /** The query of the page's address. */
  @property({ attribute: false }) params = new URLSearchParams();

  readonly #console = new UseConsole(this);
  readonly #licenses = new Task(this, {
    task: ([params]) => this.#console.api.licenses.list(new URLSearchParams(params)),
    args: () => [String(writeQuery(licenseQuerySchema, { ...this.#query, ...this.of }))] as const,
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

  get #query(): LicenseQuery {
    return readQuery(licenseQuerySchema, this.params);
  }

  #list({ items, total, page, pageSize }: LicenseList) {
    if (total === 0) return html`<p class="quiet-text">${msg('None yet.')}</p>`;
    const all = `${addresses.licenses}?${writeQuery(licenseQuerySchema, { ...readQuery(licenseQuerySchema), ...this.of })}`;
    return html`
      <div class="list" @lk-sort=${this.#sort} @lk-page=${this.#page}>
        <lk-license-table .licenses=${items} .query=${this.#query}></lk-license-table>
        <lk-pager .page=${page} .pageSize=${pageSize} .total=${total}></lk-pager>
      </div>
      <div><a class="button" href=${all}>${msg('Search in these licenses')}</a></div>
    `;
  }

  #show(query: LicenseQuery): void {
    this.#console.router.setQuery(writeQuery(licenseQuerySchema, query));
  }

  #sort({ detail }: CustomEvent<LicenseSort>): void {
    this.#show(sortedBy(this.#query, detail));
  }

  #page({ detail }: CustomEvent<number>): void {
    this.#show({ ...this.#query, page: detail });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-licenses-of': LkLicensesOf;
  }
}
