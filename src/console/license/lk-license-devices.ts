import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Device } from '../../api/devices.ts';
import type { License } from '../../api/licenses.ts';
import type { ProductFeature } from '../../api/products.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import '../layout/lk-empty.ts';
import '../devices/lk-device.ts';
import '../refresh/lk-refresh-choice.ts';

/** The devices of a license, those with a seat first. */
@customElement('lk-license-devices')
@localized()
export class LkLicenseDevices extends LitElement {
  static override styles = [
    baseStyles,
    css`
      lk-refresh-choice {
        margin-block-end: var(--lk-space-4);
      }
      ul {
        display: grid;
        gap: var(--lk-space-4);
      }
      p {
        margin-block-end: var(--lk-space-4);
        color: var(--lk-text-quiet);
        font-size: var(--lk-text-s);
      }
    `,
  ];

  @property({ attribute: false }) license: License | null = null;
  @property({ attribute: false }) features: readonly ProductFeature[] = [];

  readonly #console = new UseConsole(this);
  readonly #devices = new Task(this, {
    task: ([id]) => this.#console.api.licenses.devices(id),
    args: () => [this.license?.id ?? ''] as const,
  });

  override render() {
    return html`
      <div @lk-license-changed=${() => void this.#devices.run()}>
        ${taskView(this.#devices, ({ items }) => (items.length === 0 ? this.#empty() : this.#list(items)))}
      </div>
    `;
  }

  #empty() {
    return html`
      <lk-empty icon="monitor" heading=${msg('No device yet')}>
        ${msg('A device appears here when its activation request reaches the portal.')}
        ${this.license?.users ? msg('Give name and password to the users.') : msg('Give the key to the customer.')}
      </lk-empty>
    `;
  }

  #refreshChoice(devices: readonly Device[]) {
    const targets = devices.flatMap(({ activationId, state, name: deviceName, deviceNumber }) =>
      state === 'active' && activationId ? [{ activationId, deviceName, deviceNumber }] : [],
    );
    if (targets.length < 2) return nothing;
    return html`<lk-refresh-choice .targets=${targets} @lk-refresh-made=${() => void this.#devices.run()}></lk-refresh-choice>`;
  }

  #list(devices: readonly Device[]) {
    return html`
      <p role="status">${this.#seats(devices)}</p>
      ${this.#refreshChoice(devices)}
      <ul>
        ${devices.map(device => html`<li><lk-device .device=${device} .features=${this.features} ?has-shares=${this.#hasShares}></lk-device></li>`)}
      </ul>
    `;
  }

  get #hasShares(): boolean {
    return this.license?.totals.some(({ outstanding }) => outstanding !== null) ?? false;
  }

  #seats(devices: readonly Device[]): string {
    const active = formatNumber(devices.filter(({ state }) => state === 'active').length);
    const most = this.license?.terms.maxActivations ?? null;
    if (most === null) return msg(str`${active} seats in use, no limit.`);
    return msg(str`${active} of ${formatNumber(most)} seats in use.`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-license-devices': LkLicenseDevices;
  }
}
