import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Device, LicenseOfDevice } from '../../api/devices.ts';
import type { ProductFeature } from '../../api/products.ts';
import { REFRESH_FILE_NAME } from '../../format/file-name.ts';
import type { LkConfirm } from '../../ui/feedback/lk-confirm.ts';
import { saveFile } from '../../ui/files/save-file.ts';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { activationStateText } from '../layout/state-texts.ts';
import { refusalView } from '../layout/task-view.ts';
import { nameOf } from '../licenses/lk-license-table.ts';
import { checkRefresh } from '../refresh/checked-refresh.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import { deviceFacts } from './device-facts.ts';
import { deviceHeadStyles } from './device-head-styles.ts';
import { blockQuestion, releaseQuestion, settleQuestion } from './device-questions.ts';
import './lk-clear-pin.ts';
import '../../ui/feedback/lk-confirm.ts';
import '../../ui/feedback/lk-notice.ts';
import '../../ui/layout/lk-icon.ts';
import '../layout/lk-badge.ts';
import '../exchanges/lk-exchange-table.ts';

/**
 * One device of a license, and what can be done with it. On the page of the device it is headed by the license.
 *
 * @fires lk-license-changed - Its seat was released, it was blocked or unblocked, or its copies are dealt with.
 */
@customElement('lk-device')
@localized()
export class LkDevice extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    deviceHeadStyles,
    css`
      h2 {
        font-size: var(--lk-text-l);
        overflow-wrap: anywhere;
      }
      h2 a {
        color: inherit;
      }
      .number {
        color: var(--lk-text-quiet);
        white-space: nowrap;
      }
      .facts {
        font-size: var(--lk-text-s);
      }
      summary {
        display: inline-flex;
        align-items: center;
        gap: var(--lk-space-1);
        min-block-size: var(--lk-target);
        color: var(--lk-accent-text);
        font-size: var(--lk-text-s);
        font-weight: 600;
        cursor: pointer;
      }
      summary lk-icon {
        transition: rotate var(--lk-motion);
      }
      details[open] summary lk-icon {
        rotate: 90deg;
      }
      details {
        margin-block-start: calc(-1 * var(--lk-space-2));
      }
    `,
  ];

  @property({ attribute: false }) device: Device | null = null;
  /** The license, where the cards are all of one device; its files are then listed elsewhere. */
  @property({ attribute: false }) license: LicenseOfDevice | null = null;
  /** The product's features, for their names. */
  @property({ attribute: false }) features: readonly ProductFeature[] = [];
  /** Whether the license gives a maximum out in shares. */
  @property({ type: Boolean, attribute: 'has-shares' }) hasShares = false;
  @state() private error: unknown = null;
  @state() private isBusy = false;

  readonly #console = new UseConsole(this);

  get #releaseQuestion(): LkConfirm | null {
    return this.renderRoot.querySelector<LkConfirm>('lk-confirm.release');
  }

  get #blockQuestion(): LkConfirm | null {
    return this.renderRoot.querySelector<LkConfirm>('lk-confirm.block');
  }

  get #settleQuestion(): LkConfirm | null {
    return this.renderRoot.querySelector<LkConfirm>('lk-confirm.settle');
  }

  override render() {
    const { device } = this;
    if (!device) return nothing;
    return html`
      <article class="panel" aria-labelledby="name">
        ${this.#head(device)}
        ${device.copiedAt !== null ? html`<lk-notice tone="bad">${copyText(device)}</lk-notice>` : nothing}
        ${deviceFacts(device, this.features, this.license ? 'seat' : 'device')} ${this.#actions(device)}
        ${this.error ? refusalView(this.error) : nothing}
        ${this.license ? nothing : this.#files(device)}
      </article>
      ${releaseQuestion(this.hasShares)} ${blockQuestion(device.blocked)} ${settleQuestion(device.blocked)}
    `;
  }

  #files({ files }: Device) {
    return html`
      <details>
        <summary><lk-icon name="chevron-right"></lk-icon>${msg('Files of this device')}</summary>
        <lk-exchange-table .exchanges=${files} compact of-license></lk-exchange-table>
      </details>
    `;
  }

  #head(device: Device) {
    const { text, tone } = activationStateText(device.state);
    return html`
      <div class="head">
        <div class="title">${this.license ? licenseTitle(this.license) : deviceTitle(device)}</div>
        <div class="badges">
          ${device.blocked ? html`<lk-badge tone="bad">${msg('Blocked')}</lk-badge>` : nothing}
          ${device.copiedAt !== null ? html`<lk-badge tone="bad">${msg('Copy noticed')}</lk-badge>` : nothing}
          <lk-badge .tone=${tone}>${text}</lk-badge>
        </div>
      </div>
    `;
  }

  #actions(device: Device) {
    return html`
      <div class="row">
        ${
          isActive(device)
            ? html`
                <button type="button" aria-disabled=${String(this.isBusy)} @click=${() => this.#download(device)}>
                  <lk-icon name="download"></lk-icon>${msg('Download license refresh file')}
                </button>
                <lk-clear-pin
                  .device=${device}
                  @lk-failed=${({ detail }: CustomEvent<unknown>) => {
                    this.error = detail;
                  }}
                ></lk-clear-pin>
                <button type="button" class="quiet" aria-disabled=${String(this.isBusy)} @click=${() => this.#release(device)}>
                  ${msg('Release seat…')}
                </button>
              `
            : nothing
        }
        ${
          device.state === 'refused'
            ? html`<a class="button" href=${`${addresses.support}?q=${encodeURIComponent(device.deviceNumber)}`}>${msg('Rebind, or see why…')}</a>`
            : nothing
        }
        <button type="button" class="quiet" aria-disabled=${String(this.isBusy)} @click=${() => this.#block(device)}>
          ${device.blocked ? msg('Unblock…') : msg('Block…')}
        </button>
        ${
          device.copiedAt === null
            ? nothing
            : html`
                <button type="button" class="quiet" aria-disabled=${String(this.isBusy)} @click=${() => this.#settle(device)}>
                  ${msg('Copy dealt with…')}
                </button>
              `
        }
      </div>
    `;
  }

  #download({ activationId, name, deviceNumber }: ActiveDevice): Promise<void> {
    return this.#act(async () => {
      const file = await this.#console.api.devices.refreshFile(activationId);
      await checkRefresh(file, activationId, this.#console.answers);
      saveFile(REFRESH_FILE_NAME, file);
      this.#console.announce(
        msg(str`${REFRESH_FILE_NAME} is downloaded. Load it on ${name || deviceNumber}.`),
      );
    });
  }

  async #release({ activationId }: ActiveDevice): Promise<void> {
    if (!(await this.#releaseQuestion?.ask())) return;
    await this.#act(async () => {
      await this.#console.api.devices.releaseSeat(activationId);
      this.#changed(msg('The seat is free.'));
    });
  }

  async #block({ deviceId, blocked }: Device): Promise<void> {
    if (!(await this.#blockQuestion?.ask())) return;
    await this.#act(async () => {
      await this.#console.api.devices.setBlocked(deviceId, !blocked);
      this.#changed(blocked ? msg('The device is not blocked any more.') : msg('The device is blocked.'));
    });
  }

  async #settle({ deviceId }: Device): Promise<void> {
    if (!(await this.#settleQuestion?.ask())) return;
    await this.#act(async () => {
      await this.#console.api.devices.settleCopies(deviceId);
      this.#changed(msg('The copy is marked as dealt with.'));
    });
  }

  #changed(text: string): void {
    this.#console.announce(text);
    this.dispatchEvent(new CustomEvent('lk-license-changed', { bubbles: true, composed: true }));
  }

  /** One at a time. A button that is disabled loses the focus, so it stays and does nothing meanwhile. */
  async #act(action: () => Promise<void>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.error = null;
    try {
      await action();
    } catch (error) {
      this.error = error;
    }
    this.isBusy = false;
  }
}

type ActiveDevice = Device & { readonly activationId: string };

function isActive(device: Device): device is ActiveDevice {
  return device.state === 'active' && device.activationId !== null;
}

function licenseTitle(license: LicenseOfDevice) {
  return html`
    <h2 id="name"><a href=${addresses.license(license.id, 'devices')}>${nameOf(license)}</a></h2>
    <span class="number">${license.productName}</span>
  `;
}

function deviceTitle({ deviceId, name, deviceNumber }: Device) {
  return html`
    <h2 id="name"><a href=${addresses.device(deviceId)}>${name || msg('Device without a name')}</a></h2>
    <span class="number mono">${deviceNumber}</span>
  `;
}

function copyText({ copiedAt, blocked }: Device): string {
  const when = formatDateTime((copiedAt ?? 0) * 1000);
  const noticed = msg(
    str`A copy of this device was noticed on ${when}: two machines use the same identity, or its data was put back to an older state. Ask the customer. On the copy, the app offers to make it a device of its own; the history says what showed it.`,
  );
  return blocked ? `${noticed} ${msg('It is blocked until you unblock it.')}` : noticed;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-device': LkDevice;
  }
}
