import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { License } from '../../api/licenses.ts';
import type { LkConfirm } from '../../ui/feedback/lk-confirm.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { licenseStateText } from '../layout/state-texts.ts';
import { refusalView } from '../layout/task-view.ts';
import { nameOf } from '../licenses/lk-license-table.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses, type LicenseTab, licenseTabs } from '../services/routes.ts';
import '../../ui/feedback/lk-confirm.ts';
import '../../ui/feedback/lk-notice.ts';
import '../layout/lk-badge.ts';
import '../layout/lk-page-head.ts';

/**
 * Name and state of a license, the button that disables or enables it, and its tabs.
 *
 * @fires lk-license-changed - It was disabled or enabled.
 */
@customElement('lk-license-head')
@localized()
export class LkLicenseHead extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--lk-space-4);
      }
      nav {
        display: flex;
        gap: var(--lk-space-1);
        overflow-x: auto;
        border-block-end: var(--lk-line-width) solid var(--lk-line);
      }
      nav a {
        display: inline-flex;
        align-items: center;
        gap: var(--lk-space-2);
        min-block-size: var(--lk-target);
        padding-inline: var(--lk-space-4);
        border-block-end: 3px solid transparent;
        color: var(--lk-text-quiet);
        font-size: var(--lk-text-s);
        font-weight: 600;
        text-decoration: none;
        white-space: nowrap;
      }
      @container (max-width: 26rem) {
        nav {
          gap: 0;
        }
        nav a {
          padding-inline: var(--lk-space-3);
        }
      }
      nav a:hover {
        color: var(--lk-text);
      }
      nav a[aria-current] {
        border-color: var(--lk-accent-text);
        color: var(--lk-accent-text);
      }
      nav a:focus-visible {
        outline-offset: -3px;
      }
    `,
  ];

  @property({ attribute: false }) license: License | null = null;
  @property({ attribute: false }) tab: LicenseTab = 'details';
  @state() private error: unknown = null;

  readonly #console = new UseConsole(this);

  get #confirm(): LkConfirm | null {
    return this.renderRoot.querySelector<LkConfirm>('lk-confirm.switch');
  }

  get #deleteQuestion(): LkConfirm | null {
    return this.renderRoot.querySelector<LkConfirm>('lk-confirm.delete');
  }

  override render() {
    const { license } = this;
    if (!license) return nothing;
    const { text, tone } = licenseStateText(license.state);
    const isDisabled = license.state === 'disabled';
    return html`
      <lk-page-head
        heading=${nameOf({ ...license.terms, id: license.id })}
        back=${addresses.licenses}
        back-label=${msg('Licenses')}
      >
        <lk-badge slot="badge" .tone=${tone}>${text}</lk-badge>
        ${license.trial ? html`<lk-badge slot="badge" tone="accent">${msg('Trial')}</lk-badge>` : nothing}
        ${license.productName}
        ${license.state === 'deleted' ? nothing : this.#actions(license, isDisabled)}
      </lk-page-head>
      ${license.state === 'deleted' ? this.#deletedNotice() : nothing}
      ${this.error ? refusalView(this.error) : nothing}
      <nav aria-label=${msg('License')}>${licenseTabs.map(tab => this.#tab(license, tab))}</nav>
      ${this.#question(license, isDisabled)}
      ${this.#deleteDialog(license)}
    `;
  }

  #actions(license: License, isDisabled: boolean) {
    return html`
      <a slot="actions" class="button" href=${addresses.handover('license', license.id)}>${msg('Handover sheet')}</a>
      <button slot="actions" type="button" @click=${() => this.#setEnabled(license.id, isDisabled)}>
        ${isDisabled ? msg('Enable…') : msg('Disable…')}
      </button>
      <button slot="actions" type="button" class="quiet" @click=${() => this.#delete(license)}>${msg('Delete…')}</button>
    `;
  }

  #deletedNotice() {
    return html`
      <lk-notice tone="warn">
        ${msg('This license was deleted. It is here to be read; nothing of it can be changed. Devices that still have it learn of it with their next file.')}
      </lk-notice>
    `;
  }

  #deleteDialog({ users, bundled, activeActivations }: License) {
    return html`
      <lk-confirm class="delete" heading=${msg('Delete this license?')} confirm=${msg('Delete for good')} danger>
        <div class="stack">
          <p>
            ${
              users
                ? msg('This cannot be undone. Its users cannot activate it any more.')
                : msg('This cannot be undone. The portal does not know its key any more.')
            }
            ${bundled.length > 0 ? msg('The licenses of other products under its key are deleted with it.') : nothing}
          </p>
          ${
            activeActivations > 0
              ? html`<p>${msg('Devices that have it and are offline go on until the license ends for them or they load their next file, which locks them. Their reports are still counted, and they can still give it up. To lock them, take them refresh files.')}</p>`
              : nothing
          }
        </div>
      </lk-confirm>
    `;
  }

  async #delete(license: License): Promise<void> {
    if (!(await this.#deleteQuestion?.ask())) return;
    this.error = null;
    try {
      await this.#console.api.licenses.delete(license);
      this.#console.announce(msg('The license is deleted.'));
      this.dispatchEvent(new CustomEvent('lk-license-changed', { bubbles: true, composed: true }));
    } catch (error) {
      this.error = error;
    }
  }

  #tab({ id, activeActivations }: License, tab: LicenseTab) {
    return html`
      <a href=${addresses.license(id, tab)} aria-current=${tab === this.tab ? 'page' : nothing}>
        ${tabText(tab)}${tab === 'devices' && activeActivations > 0 ? html`<small class="number">${activeActivations}</small>` : nothing}
      </a>
    `;
  }

  #question({ bundled }: License, isDisabled: boolean) {
    if (isDisabled) {
      return html`
        <lk-confirm class="switch" heading=${msg('Enable this license?')} confirm=${msg('Enable license')}>
          <p>${msg('Devices can be activated again. A device that already learned it was disabled works again with its next refresh file or report.')}</p>
        </lk-confirm>
      `;
    }
    return html`
      <lk-confirm class="switch" heading=${msg('Disable this license?')} confirm=${msg('Disable license')} danger>
        <div class="stack">
          <p>${msg('No device can be activated with it from now on.')}</p>
          <p>${msg('A device that is offline goes on working until it loads its next file: it learns of this with its next refresh file or report, and is then locked. Seats stay as they are.')}</p>
          ${bundled.length > 0 ? html`<p>${msg('The other products under its key go on as they are.')}</p>` : nothing}
        </div>
      </lk-confirm>
    `;
  }

  async #setEnabled(id: string, isEnabled: boolean): Promise<void> {
    if (!(await this.#confirm?.ask())) return;
    this.error = null;
    try {
      await this.#console.api.licenses.setEnabled(id, isEnabled);
      this.#console.announce(isEnabled ? msg('The license is enabled.') : msg('The license is disabled.'));
      this.dispatchEvent(new CustomEvent('lk-license-changed', { bubbles: true, composed: true }));
    } catch (error) {
      this.error = error;
    }
  }
}

function tabText(tab: LicenseTab): string {
  const texts: Record<LicenseTab, string> = {
    details: msg('Details'),
    features: msg('Features'),
    devices: msg('Devices'),
    usage: msg('Usage'),
    history: msg('History'),
  };
  return texts[tab];
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-license-head': LkLicenseHead;
  }
  interface HTMLElementEventMap {
    'lk-license-changed': CustomEvent<undefined>;
  }
}
