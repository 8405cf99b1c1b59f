import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type UserList, userQuerySchema } from '../../api/users.ts';
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
import './lk-user-table.ts';

/** Finds users. What is searched and sorted stands in the address. */
@customElement('lk-users-page')
@localized()
export class LkUsersPage extends LitElement {
  static override styles = [baseStyles, pageStyles, filterStyles];

  /** The query of the page's address. */
  @property({ attribute: false }) params = new URLSearchParams();

  readonly #console = new UseConsole(this);
  readonly #state = new ListState(this, { schema: userQuerySchema, router: () => this.#console.router });
  readonly #users = new Task(this, {
    task: ([params]) => this.#console.api.users.list(new URLSearchParams(params)),
    args: () => [this.#state.params] as const,
  });

  override render() {
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Users')}>
          ${msg('People whom you license by name and password. They cannot sign in here.')}
          <a slot="actions" class="button primary" href=${addresses.newUser}>
            <lk-icon name="plus"></lk-icon>${msg('Create user')}
          </a>
        </lk-page-head>
        <search>${searchField(this.#state, { label: msg('Search users'), placeholder: msg('Name') })}</search>
        ${foundStatus(this.#found())}
        ${taskView(this.#users, list => this.#list(list))}
      </div>
    `;
  }

  #found(): string {
    const total = this.#users.value?.total;
    if (total === undefined || !this.#state.isFiltered) return '';
    return total === 1 ? msg('One user found') : msg(str`${formatNumber(total)} users found`);
  }

  #list(list: UserList) {
    if (list.items.length === 0) return this.#empty(list.total);
    const table = html`<lk-user-table .users=${list.items} .query=${this.#state.query}></lk-user-table>`;
    return pagedTable(this.#state, list, table);
  }

  #empty(total: number) {
    if (this.#state.isFiltered || total > 0) {
      return html`
        <lk-empty icon="search" heading=${msg('Nobody found')}>
          ${msg('Try another part of the name.')}
          <button slot="actions" type="button" @click=${this.#state.showAll}>${msg('Show all users')}</button>
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
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-users-page': LkUsersPage;
  }
}
