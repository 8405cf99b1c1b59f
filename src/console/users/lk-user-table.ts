import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type UserQuery, type UserSummary, userQuerySchema } from '../../api/users.ts';
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
 * Users as rows.
 *
 * @fires lk-sort - The heading of a column was pressed; detail: the column.
 */
@customElement('lk-user-table')
@localized()
export class LkUserTable extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    sortStyles,
    css`
      td.who {
        max-inline-size: 22rem;
        overflow-wrap: anywhere;
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
    const head = sortHeads(this.query);
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Users')}>
        <table>
          <thead>
            <tr>
              ${head('name', msg('Name'), 'who')}
              ${head('licenses', msg('Licenses'), 'end')}
              ${head('devices', msg('Devices'), 'end')}
              <th scope="col" class="password">${msg('Password set')}</th>
              ${head('created', msg('Created'), 'created')}
            </tr>
          </thead>
          <tbody>${this.users.map(user => this.#row(user))}</tbody>
        </table>
      </div>
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
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-user-table': LkUserTable;
  }
}
