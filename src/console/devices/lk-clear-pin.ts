import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Device } from '../../api/devices.ts';
import { REFRESH_FILE_NAME } from '../../format/file-name.ts';
import type { LkConfirm } from '../../ui/feedback/lk-confirm.ts';
import { saveFile } from '../../ui/files/save-file.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { checkRefresh } from '../refresh/checked-refresh.ts';
import { UseConsole } from '../services/console-context.ts';
import '../../ui/feedback/lk-confirm.ts';

/**
 * Makes a refresh file with which a device forgets its supervisor's PIN, after asking.
 *
 * @fires lk-failed - It could not be made; detail: why.
 */
@customElement('lk-clear-pin')
@localized()
export class LkClearPin extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: contents;
      }
    `,
  ];

  /** A device with a seat. */
  @property({ attribute: false }) device: Device | null = null;

  readonly #console = new UseConsole(this);

  override render() {
    const name = this.device?.name || this.device?.deviceNumber || '';
    return html`
      <button type="button" class="quiet" @click=${this.#ask}>${msg('Clear the PIN…')}</button>
      <lk-confirm heading=${msg(str`Clear the supervisor’s PIN of ${name}?`)} confirm=${msg('Download the file')}>
        ${msg('For a PIN that nobody knows any more. The refresh file is loaded without the PIN and takes it away; make sure that whoever asks may do that. It is noted in the audit log.')}
      </lk-confirm>
    `;
  }

  async #ask(): Promise<void> {
    const { device } = this;
    const question: LkConfirm | null = this.renderRoot.querySelector('lk-confirm');
    if (!device?.activationId || !(await question?.ask())) return;
    try {
      const file = await this.#console.api.devices.clearPinFile(device.activationId);
      await checkRefresh(file, device.activationId, this.#console.answers);
      saveFile(REFRESH_FILE_NAME, file);
      const name = device.name || device.deviceNumber;
      this.#console.announce(
        msg(str`${REFRESH_FILE_NAME} is downloaded. Loaded on ${name}, it clears the PIN.`),
      );
    } catch (detail) {
      this.dispatchEvent(new CustomEvent('lk-failed', { detail, bubbles: true, composed: true }));
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-clear-pin': LkClearPin;
  }
}
