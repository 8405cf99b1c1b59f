import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ErrorCode } from '../../errors.ts';
import { dialogStyles } from '../../ui/layout/dialog-styles.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import type { LkPasswordForm } from './lk-password-form.ts';
import type { LkSignInForm } from './lk-sign-in-form.ts';
import './lk-password-form.ts';
import './lk-sign-in-form.ts';

/** Asks to sign in again over the page that is open, so that what was typed there stays. */
@customElement('lk-session-dialog')
@localized()
export class LkSessionDialog extends LitElement {
  static override styles = [
    baseStyles,
    dialogStyles,
    css`
      dialog {
        inline-size: min(26rem, calc(100vw - 2 * var(--lk-space-4)));
      }
      button {
        inline-size: 100%;
      }
    `,
  ];

  /** The address that was signed in with. */
  @property() email = '';
  @state() private asks: 'sign-in' | 'password' | null = null;
  @state() private password = '';

  #asked: Promise<boolean> | null = null;
  #answer: (isSignedIn: boolean) => void = () => {};

  /** Asks once for all calls that wait; false when the person closes the dialog. */
  ask(code: ErrorCode): Promise<boolean> {
    this.#asked ??= this.#open(code);
    return this.#asked;
  }

  override render() {
    return html`
      <dialog aria-labelledby="heading" @close=${this.#closed}>
        <div class="stack" @lk-signed-in=${this.#signedIn} @lk-password-changed=${() => this.#close(true)}>
          <h2 id="heading">
            ${this.asks === 'password' ? msg('Choose your password') : msg('Sign in again')}
          </h2>
          <p class="quiet-text">
            ${
              this.asks === 'password'
                ? msg('From now on you sign in with your own. What you typed on the page is still there.')
                : msg('Your session has ended. What you typed on the page is still there.')
            }
          </p>
          ${this.#form()}
          <button type="button" class="quiet" @click=${() => this.#close(false)}>${msg('Not now')}</button>
        </div>
      </dialog>
    `;
  }

  /** The form is there only while it is asked for. */
  #form() {
    if (this.asks === 'sign-in') return html`<lk-sign-in-form .email=${this.email}></lk-sign-in-form>`;
    if (this.asks === null) return nothing;
    return html`<lk-password-form .currentPassword=${this.password}></lk-password-form>`;
  }

  async #open(code: ErrorCode): Promise<boolean> {
    const answered = new Promise<boolean>(resolve => {
      this.#answer = resolve;
    });
    this.asks = code === 'PASSWORD_CHANGE_NEEDED' ? 'password' : 'sign-in';
    await this.updateComplete;
    this.renderRoot.querySelector('dialog')?.showModal();
    await this.#focusForm();
    return answered;
  }

  async #focusForm(): Promise<void> {
    const form = this.renderRoot.querySelector<LkSignInForm | LkPasswordForm>(
      'lk-sign-in-form, lk-password-form',
    );
    await form?.updateComplete;
    form?.focus();
  }

  #signedIn(event: CustomEvent<string>): void {
    event.stopPropagation();
    this.password = event.detail;
    this.#close(true);
  }

  #close(isSignedIn: boolean): void {
    this.#settle(isSignedIn);
    this.renderRoot.querySelector('dialog')?.close();
  }

  /** For Escape. Chromium fires it with the next frame, by which time the dialog may ask again. */
  #closed(event: Event): void {
    const dialog = event.currentTarget;
    if (dialog instanceof HTMLDialogElement && !dialog.open) this.#settle(false);
  }

  #settle(isSignedIn: boolean): void {
    this.#asked = null;
    this.asks = null;
    this.#answer(isSignedIn);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-session-dialog': LkSessionDialog;
  }
}
