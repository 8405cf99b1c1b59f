import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type UserList, type UserQuery, type UserSort, userQuerySchema } from '../../api/users.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { isFiltered, readQuery, sortedBy, writeQuery } from '../services/list-query.ts';
import { addresses } from '../services/routes.ts';
import { TypedSearch } from '../services/typed-search.ts';
import '../../ui/layout/lk-icon.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import '../licenses/lk-pager.ts';
import './lk-user-table.ts';

/** Finds users. What is searched and sorted stands in the address. */
@customElement('lk-users-page')
@localized()
export class LkUsersPage extends LitElement {
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

  /** The query of the page's address. */
  @property({ attribute: false }) params = new URLSearchParams();

  readonly #console = new UseConsole(this);
  readonly #users = new Task(this, {
    task: ([params]) => this.#console.api.users.list(new URLSearchParams(params)),
    args: () => [String(writeQuery(userQuerySchema, this.#query))] as const,
  });
  readonly #search = new TypedSearch(this, q => this.#show({ ...this.#query, q, page: 1 }));

  override render() {
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Users')}>
          ${msg('People whom you license by name and password. They cannot sign in here.')}
          <a slot="actions" class="button primary" href=${addresses.newUser}>
            <lk-icon name="plus"></lk-icon>${msg('Create user')}
          </a>
        </lk-page-head>
        <search>
          <input
            type="search"
            aria-label=${msg('Search users')}
            placeholder=${msg('Name')}
            autocomplete="off"
            spellcheck="false"
            .value=${this.#search.shown(this.#query.q)}
            @input=${this.#search.typed}
          >
        </search>
        <div class="visually-hidden" role="status">${this.#found()}</div>
        ${taskView(this.#users, list => this.#list(list))}
      </div>
    `;
  }

  get #query(): UserQuery {
    return readQuery(userQuerySchema, this.params);
  }

  #found(): string {
    const total = this.#users.value?.total;
    if (total === undefined || !isFiltered(userQuerySchema, this.#query)) return '';
    return total === 1 ? msg('One user found') : msg(str`${formatNumber(total)} users found`);
  }

  #list({ items, total, page, pageSize }: UserList) {
    if (items.length === 0) return this.#empty(total);
    return html`
      <div class="list" @lk-sort-users=${this.#sort} @lk-page=${this.#page}>
        <lk-user-table .users=${items} .query=${this.#query}></lk-user-table>
        <lk-pager .page=${page} .pageSize=${pageSize} .total=${total}></lk-pager>
      </div>
    `;
  }

  #empty(total: number) {
    if (isFiltered(userQuerySchema, this.#query) || total > 0) {
      return html`
        <lk-empty icon="search" heading=${msg('Nobody found')}>
          ${msg('Try another part of the name.')}
          <button slot="actions" type="button" @click=${() => this.#show(readQuery(userQuerySchema))}>${msg('Show all users')}</button>
        </lk-empty>
      `;
    }
    return html`
      <lk-empty icon="users" heading=${msg('No user yet')}>
        ${msg('Create a user, then issue a license to them in the place of a license key.')}
        <a slot="actions" class="button" href=${addresses.newUser}>${msg('Create user')}</a>
      </lk-empty>
    `;
  }

  #show(query: UserQuery): void {
    this.#console.router.setQuery(writeQuery(userQuerySchema, query));
  }

  #sort({ detail }: CustomEvent<UserSort>): void {
    this.#show(sortedBy(this.#query, detail));
  }

  #page({ detail }: CustomEvent<number>): void {
    this.#show({ ...this.#query, page: detail });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-users-page': LkUsersPage;
  }
}
