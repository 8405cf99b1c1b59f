import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type UserQuery, type UserSort, type UserSummary, userQuerySchema } from '../../api/users.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { formatDay } from '../fields/dates.ts';
import { sortStyles } from '../layout/sort-styles.ts';
import { readQuery } from '../services/list-query.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/layout/lk-icon.ts';

/**
 * Users as rows.
 *
 * @fires lk-sort-users - The heading of a column was pressed; detail: the column.
 */
@customElement('lk-user-table')
@localized()
export class LkUserTable extends LitElement {
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
      .nowrap {
        white-space: nowrap;
      }
      @container (max-width: 36rem) {
        .created, .password {
          display: none;
        }
        th, td {
          padding-inline: var(--lk-space-3);
        }
      }
    `,
  ];

  @property({ attribute: false }) users: readonly UserSummary[] = [];
  /** By which column the list is sorted. */
  @property({ attribute: false }) query: UserQuery = readQuery(userQuerySchema);

  override render() {
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Users')}>
        <table>
          <thead>
            <tr>
              ${this.#head('name', msg('Name'), 'who')}
              ${this.#head('licenses', msg('Licenses'), 'end')}
              ${this.#head('devices', msg('Devices'), 'end')}
              <th scope="col" class="password">${msg('Password set')}</th>
              ${this.#head('created', msg('Created'), 'created')}
            </tr>
          </thead>
          <tbody>${this.users.map(user => this.#row(user))}</tbody>
        </table>
      </div>
    `;
  }

  #head(sort: UserSort, text: string, kind: string) {
    const isSorted = this.query.sort === sort;
    const direction = this.query.order === 'asc' ? 'ascending' : 'descending';
    return html`
      <th scope="col" class=${kind} aria-sort=${isSorted ? direction : nothing}>
        <button type="button" @click=${() => this.#sort(sort)}>${text}<lk-icon name="chevron-down"></lk-icon></button>
      </th>
    `;
  }

  #row({ id, name, licenses, devices, passwordSetAt, createdAt }: UserSummary) {
    return html`
      <tr>
        <td class="who"><a href=${addresses.user(id)}>${name}</a></td>
        <td class="end">${formatNumber(licenses)}</td>
        <td class="end">${formatNumber(devices)}</td>
        <td class="password nowrap">${formatDay(passwordSetAt)}</td>
        <td class="created nowrap">${formatDay(createdAt)}</td>
      </tr>
    `;
  }

  #sort(detail: UserSort): void {
    this.dispatchEvent(new CustomEvent<UserSort>('lk-sort-users', { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-user-table': LkUserTable;
  }
  interface HTMLElementEventMap {
    'lk-sort-users': CustomEvent<UserSort>;
  }
}
