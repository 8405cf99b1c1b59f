import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { dialogStyles } from '../layout/dialog-styles.ts';
import { baseStyles } from '../theme/base-styles.ts';
import type { ShownCodes } from './lk-qr-code.ts';
import { WakeLock } from './wake-lock.ts';
import './lk-qr-code.ts';

/** Shows a file as a QR code, or as a row of them, to a camera at the other side. */
@customElement('lk-qr-dialog')
@localized()
export class LkQrDialog extends LitElement {
  static override styles = [
    baseStyles,
    dialogStyles,
    css`
      dialog {
        inline-size: min(40rem, calc(100vw - 2 * var(--lk-space-3)), 86dvh);
        padding: var(--lk-space-4);
      }
      .content {
        display: grid;
        gap: var(--lk-space-3);
      }
      .row {
        justify-content: flex-end;
      }
    `,
  ];

  /** What to do with the code, in a sentence. */
  @property() hint = '';
  @state() private codes: ShownCodes | null = null;
  @state() private isPaused = false;

  readonly #wakeLock = new WakeLock();

  /** Opens the dialog with these codes. */
  async show(codes: ShownCodes): Promise<void> {
    this.codes = codes;
    this.isPaused = false;
    await this.updateComplete;
    const dialog = this.#dialog;
    if (!dialog || dialog.open) return;
    dialog.showModal();
    this.#wakeLock.hold();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    void this.#wakeLock.release();
  }

  override render() {
    return html`
      <dialog aria-labelledby="heading" @close=${this.#closed}>
        <div class="content">
          <h2 id="heading">${msg('Hold a camera before this code')}</h2>
          <lk-qr-code .codes=${this.codes} ?paused=${this.isPaused}></lk-qr-code>
          <p>
            ${this.hint}
            ${this.codes?.isMoving ? msg('The code keeps changing: hold the camera still until the other side says that it is done.') : nothing}
          </p>
          <div class="row">
            ${this.codes?.isMoving ? this.#pause() : nothing}
            <button type="button" class="primary" autofocus @click=${() => this.#dialog?.close()}>${msg('Done')}</button>
          </div>
        </div>
      </dialog>
    `;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  #pause() {
    const toggle = () => {
      this.isPaused = !this.isPaused;
    };
    return html`<button type="button" @click=${toggle}>${this.isPaused ? msg('Go on') : msg('Stand still')}</button>`;
  }

  #closed(): void {
    this.codes = null;
    void this.#wakeLock.release();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-qr-dialog': LkQrDialog;
  }
}
