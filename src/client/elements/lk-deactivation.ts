import { localized, msg, str } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { LicenseController } from '../license-context.ts';
import type { LicenseManager } from '../license-manager.ts';
import { productText } from '../texts/product-text.ts';
import type { DeactivationView, LicenseView } from '../views.ts';
import { renderFailure } from './failure.ts';
import { portalAddress } from './portal-address.ts';
import '../../ui/feedback/lk-confirm.ts';
import '../../ui/feedback/lk-refusal.ts';
import '../../ui/files/lk-file-row.ts';
import '../../ui/layout/lk-card.ts';
import '../../ui/layout/lk-icon.ts';
import './lk-request-row.ts';

/**
 * Gives the license up: says what will happen, asks once, then shows the file until the receipt is loaded, and the
 * receipt from then on.
 */
@customElement('lk-deactivation')
@localized()
export class LkDeactivation extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--lk-space-5);
      }
      :host([hidden]) {
        display: none;
      }
      .part {
        display: grid;
        gap: var(--lk-space-4);
      }
    `,
  ];

  /** The one that the question is about. */
  @state() private asked: LicenseView | null = null;

  readonly #license = new LicenseController(this);
  readonly #givingUp = new Task(this, {
    autoRun: false,
    task: async ([licenseId]: readonly [string]) => {
      await this.#license.manager?.deactivate(licenseId);
    },
  });

  override render() {
    const { manager } = this.#license;
    if (!manager) return nothing;
    const waiting = manager.deactivations.filter(({ receipt }) => receipt === null);
    const confirmed = manager.deactivations.filter(({ receipt }) => receipt !== null);
    return html`
      ${waiting.length > 0 ? this.#waiting(waiting, manager) : nothing}
      ${manager.licenses.length > 0 ? this.#offer(manager.licenses) : nothing}
      ${confirmed.length > 0 ? this.#confirmed(confirmed) : nothing}
      ${this.#dialog()}
    `;
  }

  #offer(licenses: readonly LicenseView[]) {
    const isBusy = this.#givingUp.status === TaskStatus.PENDING;
    return html`
      <lk-card heading=${msg('Give the license up')}>
        <p>
          ${
            licenses.length > 1
              ? msg(
                  'To use a license on another device, give it up here first. Its product is locked here from then on, and you get a file for the portal. The others stay.',
                )
              : msg(
                  'To use the license on another device, give it up here first. This device is locked from then on, and you get a file for the portal.',
                )
          }
        </p>
        ${this.#givingUp.render({ error: renderFailure, complete: () => nothing })}
        ${licenses.map(
          license => html`
            <button slot="actions" type="button" ?disabled=${isBusy} @click=${() => this.#ask(license)}>
              <lk-icon name="log-out"></lk-icon>${licenses.length > 1 ? this.#nameOf(license) : msg('Give the license up…')}
            </button>
          `,
        )}
      </lk-card>
    `;
  }

  #waiting(deactivations: readonly DeactivationView[], { licenses, portals }: LicenseManager) {
    const [portal] = portals;
    return html`
      <lk-card heading=${msg('The license was given up')} icon="log-out" tone="warn">
        <p>
          ${
            licenses.length > 0
              ? msg(
                  'Take the file to the portal, and load its receipt here. The license that is here now stays.',
                )
              : msg(
                  'This device is locked. Take the file to the portal, so that the seat becomes free, and load its receipt here.',
                )
          }
        </p>
        ${deactivations.map(
          ({ id, fileName, savedAtMs, endedAtMs, refusal, claims }) => html`
            <lk-request-row
              .fileId=${id}
              .name=${fileName}
              .savedAtMs=${savedAtMs}
              label=${labelOf(endedAtMs, deactivations.length + licenses.length > 1 ? claims : null)}
            ></lk-request-row>
            ${refusal ? html`<lk-refusal .code=${refusal.code} .data=${refusal.data} tone="warn"></lk-refusal>` : nothing}
          `,
        )}
        ${portal ? html`<p>${msg('Portal:')} ${portalAddress(portal)}</p>` : nothing}
      </lk-card>
    `;
  }

  #confirmed(deactivations: readonly DeactivationView[]) {
    return html`
      <lk-card heading=${msg('Receipts')}>
        ${deactivations.map(({ id, receipt, endedAtMs }) => {
          const when = formatDateTime((receipt?.issuedAt ?? 0) * 1000);
          return html`
            <lk-file-row
              tone="ok"
              icon="receipt-text"
              heading=${msg(str`Confirmed by the portal on ${when}`)}
              detail=${msg(str`Given up on ${formatDateTime(endedAtMs)}. Activation ${id.slice(0, 8)}.`)}
            ></lk-file-row>
          `;
        })}
      </lk-card>
    `;
  }

  #dialog() {
    const isOneOfSeveral = (this.#license.manager?.licenses.length ?? 0) > 1;
    const product = this.asked && isOneOfSeveral ? productText(this.asked) : '';
    return html`
      <lk-confirm
        heading=${product ? msg(str`Give up ${product} on this device?`) : msg('Give the license up on this device?')}
        confirm=${msg('Give it up')}
        danger
      >
        <div class="part">
          <p>
            ${
              product
                ? msg(
                    str`${product} is locked at once, and nothing brings its license back by itself. The other licenses here stay.`,
                  )
                : msg(
                    'The software on this device is locked at once, and nothing brings this license back by itself.',
                  )
            }
          </p>
          <p>${msg('You get a file. The seat becomes free when the file has been uploaded at the portal. The file stays here until the receipt is loaded.')}</p>
        </div>
      </lk-confirm>
    `;
  }

  async #ask(license: LicenseView): Promise<void> {
    this.asked = license;
    await this.updateComplete;
    const isConfirmed = await this.renderRoot.querySelector('lk-confirm')?.ask();
    if (!isConfirmed) return;
    await this.#givingUp.run([license.id]);
    await this.updateComplete;
    // The button that was pressed is gone: what comes next is to save the file.
    if (this.#givingUp.status === TaskStatus.COMPLETE)
      this.renderRoot.querySelector('lk-request-row')?.focus();
  }

  #nameOf(license: LicenseView): string {
    return msg(str`Give up ${productText(license)}…`);
  }
}

function labelOf(endedAtMs: number, claims: DeactivationView['claims']): string {
  const when = formatDateTime(endedAtMs);
  if (claims === null) return msg(str`Deactivation of ${when}.`);
  return msg(str`Deactivation of ${productText({ claims })}, ${when}.`);
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-deactivation': LkDeactivation;
  }
}
