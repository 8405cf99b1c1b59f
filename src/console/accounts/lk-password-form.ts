import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { changePasswordSchema } from '../../api/accounts.ts';
import { parseFields } from '../../api/problem.ts';
import { refusalOf } from '../../ui/texts/refusal-of.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { fieldProblemOf, fieldRefused } from '../fields/field-texts.ts';
import { textField, tickField } from '../fields/fields.ts';
import { focusProblem } from '../fields/focus-problem.ts';
import { refusalView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';

/**
 * Replaces the password.
 *
 * @fires lk-password-changed - It was replaced.
 */
@customElement('lk-password-form')
@localized()
export class LkPasswordForm extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    baseStyles,
    css`
      form {
        display: grid;
        gap: var(--lk-space-4);
      }
    `,
  ];

  /** The one-time password, when it was typed just before. */
  @property({ attribute: false }) currentPassword = '';
  @state() private newPassword = '';
  @state() private isShown = false;
  @state() private isBusy = false;
  @state() private error: unknown = null;

  readonly #console = new UseConsole(this);

  override render() {
    const problem = fieldProblemOf(this.error);
    return html`
      <form novalidate @submit=${this.#submit}>
        ${this.error && !problem ? refusalView(this.error) : nothing}
        ${textField({
          name: 'currentPassword',
          type: this.isShown ? 'text' : 'password',
          label: msg('One-time password'),
          autocomplete: 'current-password',
          value: this.currentPassword,
          problem,
          onValue: password => {
            this.currentPassword = password;
          },
        })}
        ${textField({
          name: 'newPassword',
          type: this.isShown ? 'text' : 'password',
          label: msg('New password'),
          hint: msg('At least 12 characters; a sentence works well.'),
          autocomplete: 'new-password',
          value: this.newPassword,
          problem,
          onValue: password => {
            this.newPassword = password;
          },
        })}
        ${tickField({
          name: 'shown',
          label: msg('Show what I type'),
          value: this.isShown,
          onValue: isShown => {
            this.isShown = isShown;
          },
        })}
        <button class="primary wide" ?disabled=${this.isBusy}>
          ${this.isBusy ? msg('Changing…') : msg('Change password')}
        </button>
      </form>
    `;
  }

  /** Puts the focus on the first field that is empty. */
  override focus(): void {
    const [current, next] = this.renderRoot.querySelectorAll('input');
    if (current?.value) next?.focus();
    else current?.focus();
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      await this.#change();
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    this.isBusy = false;
    if (this.error) await this.#focusRefused();
  }

  async #change(): Promise<void> {
    const { currentPassword, newPassword } = this;
    const checked = parseFields(changePasswordSchema, { currentPassword, newPassword });
    if ('problem' in checked) throw fieldRefused(checked.problem);
    await this.#console.api.account.changePassword(checked.fields);
    this.currentPassword = '';
    this.newPassword = '';
    this.dispatchEvent(new CustomEvent('lk-password-changed', { bubbles: true, composed: true }));
  }

  async #focusRefused(): Promise<void> {
    await this.updateComplete;
    const isCurrent = refusalOf(this.error).code === 'SIGN_IN_REFUSED';
    const field = isCurrent ? 'currentPassword' : 'newPassword';
    focusProblem(this.renderRoot, fieldProblemOf(this.error) ?? { field, rule: 'required' });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-password-form': LkPasswordForm;
  }
  interface HTMLElementEventMap {
    'lk-password-changed': CustomEvent<undefined>;
  }
}
