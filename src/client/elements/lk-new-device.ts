import { localized, msg, str } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { LicenseController } from '../license-context.ts';
import type { LicenseManager } from '../license-manager.ts';
import { renderFailure } from './failure.ts';
import '../../ui/feedback/lk-confirm.ts';
import '../../ui/layout/lk-icon.ts';

/**
 * The way on for a copied device: says what happened, asks once, and gives this copy a key and number of its own. The
 * trip goes on with the license key then.
 */
@customElement('lk-new-device')
@localized()
export class LkNewDevice extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .part {
        display: grid;
        gap: var(--lk-space-4);
      }
    `,
  ];

  readonly #license = new LicenseController(this);
  readonly #renewing = new Task(this, {
    autoRun: false,
    task: async () => this.#license.manager?.becomeNewDevice(),
  });

  override render() {
    const { manager } = this.#license;
    if (!manager) return nothing;
    const isBusy = this.#renewing.status === TaskStatus.PENDING;
    return html`
      <button type="button" ?disabled=${isBusy} @click=${this.#ask}>
        <lk-icon name="refresh-cw"></lk-icon>${msg('Make this a device of its own…')}
      </button>
      ${this.#renewing.render({ error: renderFailure, complete: () => nothing })}
      <lk-confirm
        heading=${msg('Is this device the copy?')}
        confirm=${msg('Make it a device of its own')}
        danger
      >
        <div class="part">${this.#explanation(manager)}</div>
      </lk-confirm>
    `;
  }

  #explanation(manager: LicenseManager) {
    const number = manager.deviceNumber ?? '';
    const waiting = manager.deactivations.filter(({ receipt }) => receipt === null);
    return html`
      <p>${msg(str`The data of this app was copied from one device to another, or put back to an older state: two devices say that they are ${number}. The portal goes on with the one that it saw first.`)}</p>
      <p>${msg('If this is the copy, it gets a number of its own here. Then enter the license key, and take the new request file to the portal. It needs a seat like any other device.')}</p>
      <p>${msg('If this is the original, cancel, and do this on the other device.')}</p>
      ${
        manager.licenses.length > 0
          ? html`<p><strong>${msg('The license that is here is put aside: the software is locked until the new license is loaded.')}</strong></p>`
          : nothing
      }
      ${this.#unreported(manager)}
      ${
        waiting.length > 0
          ? html`<p>${msg('A license was given up here, and its receipt has not been loaded. Its file is put aside too: take it to the portal first.')}</p>`
          : nothing
      }
    `;
  }

  /** What only this copy knows, and what no portal learns any more. */
  #unreported({ licenses }: LicenseManager) {
    const count = licenses.reduce((sum, { unreported }) => sum + unreported, 0);
    if (count === 0) return nothing;
    return html`<p>${msg(str`Counted here and not confirmed by the portal: ${formatNumber(count)} entries. They are not carried over.`)}</p>`;
  }

  async #ask(): Promise<void> {
    const isConfirmed = await this.renderRoot.querySelector('lk-confirm')?.ask();
    if (isConfirmed) await this.#renewing.run();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-new-device': LkNewDevice;
  }
}
