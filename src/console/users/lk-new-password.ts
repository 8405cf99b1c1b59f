import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { parseFields } from '../../api/problem.ts';
import { resetPasswordSchema, type UserPassword } from '../../api/users.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { fieldRefused } from '../fields/field-texts.ts';
import { formStyles } from '../fields/form-styles.ts';
import { refusalView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { passwordProblem } from './password-problem.ts';
import '../../ui/feedback/lk-notice.ts';
import './lk-password-choice.ts';
import './lk-shown-password.ts';

/**
 * Replaces a user's password and shows the new one once.
 *
 * @fires lk-password-set - It was replaced.
 */
@customElement('lk-new-password')
@localized()
export class LkNewPassword extends LitElement {
  static override styles = [baseStyles, formStyles];

  @property({ attribute: false }) userId = '';
  @state() private isOpen = false;
  @state() private password: string | null = null;
  @state() private error: unknown = null;
  @state() private isBusy = false;
  @state() private set: UserPassword | null = null;

  readonly #console = new UseConsole(this);

  override render() {
    return html`
      <div class="form">
        ${this.set ? html`<lk-shown-password .set=${this.set}></lk-shown-password>` : nothing}
        ${this.isOpen ? this.#form() : this.#open()}
      </div>
    `;
  }

  #open() {
    return html`
      <div class="row">
        <button type="button" @click=${() => this.#toggle(true)}>${msg('Reset password…')}</button>
      </div>
    `;
  }

  #form() {
    return html`
      <form novalidate @submit=${this.#submit}>
        <lk-password-choice
          .password=${this.password}
          .problem=${passwordProblem(this.error)}
          @lk-password-chosen=${({ detail }: CustomEvent<string | null>) => {
            this.password = detail;
          }}
        ></lk-password-choice>
        <lk-notice>
          ${msg('Devices that are activated go on. The old password activates no device from now on, and files made with it are refused.')}
        </lk-notice>
        ${this.error && !passwordProblem(this.error) ? refusalView(this.error) : nothing}
        <div class="row">
          <button class="primary" ?disabled=${this.isBusy}>${this.isBusy ? msg('Setting…') : msg('Set the new password')}</button>
          <button type="button" @click=${() => this.#toggle(false)}>${msg('Cancel')}</button>
        </div>
      </form>
    `;
  }

  #toggle(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.password = null;
    this.error = null;
    if (isOpen) this.set = null;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    this.isBusy = true;
    this.error = null;
    try {
      const checked = parseFields(resetPasswordSchema, { password: this.password });
      if ('problem' in checked) throw fieldRefused(checked.problem);
      this.set = await this.#console.api.users.resetPassword(this.userId, checked.fields);
      this.#toggleDone();
    } catch (error) {
      this.error = error;
    }
    this.isBusy = false;
  }

  #toggleDone(): void {
    this.isOpen = false;
    this.password = null;
    this.#console.announce(msg('The password is replaced.'));
    this.dispatchEvent(new CustomEvent('lk-password-set', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-new-password': LkNewPassword;
  }
  interface HTMLElementEventMap {
    'lk-password-set': CustomEvent<undefined>;
  }
}
