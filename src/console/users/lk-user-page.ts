import { localized, msg, str } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DeviceOfUser, LicenseOfUser, User } from '../../api/users.ts';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { formatDay } from '../fields/dates.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { licenseStateText } from '../layout/state-texts.ts';
import { taskView } from '../layout/task-view.ts';
import { nameOf } from '../licenses/lk-license-table.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import '../layout/lk-badge.ts';
import '../layout/lk-page-head.ts';
import './lk-new-password.ts';

/** One user: password, licenses and devices. */
@customElement('lk-user-page')
@localized()
export class LkUserPage extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    pageStyles,
    css`
      td {
        font-size: var(--lk-text-s);
      }
      td:first-child {
        overflow-wrap: anywhere;
      }
      td small {
        display: block;
      }
      .when {
        white-space: nowrap;
      }
    `,
  ];

  /** Id of the user, 32 hexadecimal digits. */
  @property({ attribute: false }) userId = '';

  readonly #console = new UseConsole(this);
  readonly #user = new Task(this, {
    task: ([id]) => this.#console.api.users.read(id),
    args: () => [this.userId] as const,
  });

  override render() {
    return html`
      <div class="page narrow">
        ${this.#user.status === TaskStatus.ERROR ? this.#head(msg('User'), '') : nothing}
        ${taskView(this.#user, user => this.#content(user))}
      </div>
    `;
  }

  #head(name: string, text: string) {
    return html`
      <lk-page-head heading=${name} back=${addresses.users} back-label=${msg('Users')}>
        ${text}
        <a slot="actions" class="button" href="${addresses.issue}?user=${this.userId}">${msg('Issue license')}</a>
      </lk-page-head>
    `;
  }

  #content(user: User) {
    const since = formatDateTime(user.passwordSetAt * 1000);
    return html`
      ${this.#head(user.name, msg(str`Password set ${since}.`))}
      <lk-new-password .userId=${user.id} @lk-password-set=${() => void this.#user.run()}></lk-new-password>
      <section class="panel">
        <h2>${msg('Licenses')}</h2>
        ${
          user.licenses.length === 0
            ? html`<p class="quiet-text">${msg('None. Issue one, or assign the user on the page of a license.')}</p>`
            : this.#licenses(user.licenses)
        }
      </section>
      <section class="panel">
        <h2>${msg('Devices')}</h2>
        ${
          user.devices.length === 0
            ? html`<p class="quiet-text">${msg('The user has activated no device that is active now.')}</p>`
            : this.#devices(user.devices)
        }
      </section>
    `;
  }

  #licenses(licenses: readonly LicenseOfUser[]) {
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Licenses')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${msg('License')}</th>
              <th scope="col">${msg('State')}</th>
              <th scope="col">${msg('Assigned')}</th>
            </tr>
          </thead>
          <tbody>${licenses.map(license => licenseRow(license))}</tbody>
        </table>
      </div>
    `;
  }

  #devices(devices: readonly DeviceOfUser[]) {
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Devices')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${msg('Device')}</th>
              <th scope="col">${msg('Product')}</th>
              <th scope="col">${msg('Activated')}</th>
            </tr>
          </thead>
          <tbody>${devices.map(device => deviceRow(device))}</tbody>
        </table>
      </div>
    `;
  }
}

function licenseRow({ id, productName, customer, holder, state, assignedAt }: LicenseOfUser) {
  const { text, tone } = licenseStateText(state);
  return html`
    <tr>
      <td><a href=${addresses.license(id)}>${nameOf({ customer, holder, id })}</a><small>${productName}</small></td>
      <td><lk-badge .tone=${tone}>${text}</lk-badge></td>
      <td class="when">${formatDay(assignedAt)}</td>
    </tr>
  `;
}

function deviceRow({ name, deviceNumber, licenseId, productName, activatedAt }: DeviceOfUser) {
  return html`
    <tr>
      <td>
        <a href=${addresses.license(licenseId, 'devices')}>${name || msg('Device without a name')}</a>
        <small class="mono">${deviceNumber}</small>
      </td>
      <td>${productName}</td>
      <td class="when">${formatDay(activatedAt)}</td>
    </tr>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-user-page': LkUserPage;
  }
}
