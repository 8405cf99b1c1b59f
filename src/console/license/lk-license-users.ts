import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { License, UserOfLicense } from '../../api/licenses.ts';
import type { LkConfirm } from '../../ui/feedback/lk-confirm.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { fieldProblemOf } from '../fields/field-texts.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { refusalView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import type { PickedUser } from '../users/lk-user-picker.ts';
import '../../ui/feedback/lk-confirm.ts';
import '../../ui/feedback/lk-notice.ts';
import '../users/lk-user-picker.ts';

/**
 * Who may activate a license, and who is added or removed.
 *
 * @fires lk-license-changed - Somebody was.
 */
@customElement('lk-license-users')
@localized()
export class LkLicenseUsers extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      ul {
        display: grid;
        gap: var(--lk-space-2);
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: center;
        gap: 0 var(--lk-space-3);
      }
      li a {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      li small {
        display: block;
      }
    `,
  ];

  @property({ attribute: false }) license: License | null = null;
  @state() private error: unknown = null;
  @state() private isBusy = false;
  @state() private leaving = '';

  readonly #console = new UseConsole(this);

  override render() {
    const { license } = this;
    if (!license?.users) return nothing;
    const { users } = license;
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('Users')}</h2>
        <p class="quiet-text">
          ${this.#count(users, license.terms.maxUsers)}
          ${msg('Who is removed here activates no further device; devices that are activated go on.')}
        </p>
        <ul>${users.map(user => this.#row(user))}</ul>
        ${this.error ? this.#refusal() : nothing}
        <lk-user-picker
          .chosen=${users.map(({ id }) => id)}
          @lk-user-picked=${({ detail }: CustomEvent<PickedUser>) => this.#assign(license.id, detail)}
        ></lk-user-picker>
      </section>
      <lk-confirm heading=${msg(str`Remove ${this.leaving}?`)} confirm=${msg('Remove user')} danger>
        <p>${msg('No further device can be activated with this user name. Devices that are activated go on; release their seats on the tab Devices.')}</p>
      </lk-confirm>
    `;
  }

  #count(users: readonly UserOfLicense[], most: number | null): string {
    const count = formatNumber(users.length);
    return most === null
      ? msg(str`${count} users, no limit.`)
      : msg(str`${count} of ${formatNumber(most)} users.`);
  }

  #row(user: UserOfLicense) {
    const { id, name, devices } = user;
    const most = this.license?.terms.devicesPerUser ?? null;
    const used = formatNumber(devices);
    return html`
      <li>
        <div>
          <a href=${addresses.user(id)}>${name}</a>
          <small>${most === null ? msg(str`Devices: ${used}`) : msg(str`Devices: ${used} of ${formatNumber(most)}`)}</small>
        </div>
        <div class="row">
          <a class="button quiet" href=${addresses.user(id)} aria-label=${msg(str`New password for ${name}`)}>${msg('New password…')}</a>
          <button
          type="button"
          class="quiet"
          aria-label=${msg(str`Remove ${name}`)}
          ?disabled=${this.isBusy}
          @click=${() => this.#remove(user)}
        >${msg('Remove…')}</button>
        </div>
      </li>
    `;
  }

  /** More users than allowed is no fault of a field here. */
  #refusal() {
    if (fieldProblemOf(this.error)?.rule !== 'over-limit') return refusalView(this.error);
    return html`<lk-notice tone="warn">${msg('The license has as many users as it allows. Raise max users below, or remove one.')}</lk-notice>`;
  }

  #assign(licenseId: string, { id, name }: PickedUser): Promise<void> {
    return this.#act(async () => {
      await this.#console.api.licenses.assignUser(licenseId, id);
      return msg(str`${name} may activate this license now.`);
    });
  }

  async #remove({ id, name }: UserOfLicense): Promise<void> {
    const licenseId = this.license?.id ?? '';
    this.leaving = name;
    await this.updateComplete;
    if (!(await this.renderRoot.querySelector<LkConfirm>('lk-confirm')?.ask())) return;
    await this.#act(async () => {
      await this.#console.api.licenses.removeUser(licenseId, id);
      return msg(str`${name} activates no further device with this license.`);
    });
  }

  async #act(action: () => Promise<string>): Promise<void> {
    this.isBusy = true;
    this.error = null;
    try {
      this.#console.announce(await action());
      this.dispatchEvent(new CustomEvent('lk-license-changed', { bubbles: true, composed: true }));
    } catch (error) {
      this.error = error;
    }
    this.isBusy = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-license-users': LkLicenseUsers;
  }
}
