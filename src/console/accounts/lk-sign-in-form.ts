import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { signInSchema } from '../../api/accounts.ts';
import { parseFields } from '../../api/problem.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { fieldProblemOf, fieldRefused } from '../fields/field-texts.ts';
import { textField } from '../fields/fields.ts';
import { focusProblem } from '../fields/focus-problem.ts';
import { refusalView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';

/**
 * E-mail address and password.
 *
 * @fires lk-signed-in - The session has begun; detail: the password, for a change of it that may be asked next.
 */
@customElement('lk-sign-in-form')
@localized()
export class LkSignInForm extends LitElement {
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

  @property() email = '';
  @state() private password = '';
  @state() private isBusy = false;
  @state() private error: unknown = null;

  readonly #console = new UseConsole(this);

  override render() {
    const problem = fieldProblemOf(this.error);
    return html`
      <form novalidate @submit=${this.#submit}>
        ${this.error && !problem ? refusalView(this.error) : nothing}
        ${textField({
          name: 'email',
          type: 'email',
          label: msg('E-mail address'),
          autocomplete: 'username',
          value: this.email,
          problem,
          onValue: email => {
            this.email = email;
          },
        })}
        ${textField({
          name: 'password',
          type: 'password',
          label: msg('Password'),
          autocomplete: 'current-password',
          value: this.password,
          problem,
          onValue: password => {
            this.password = password;
          },
        })}
        <button class="primary wide" ?disabled=${this.isBusy}>
          ${this.isBusy ? msg('Signing in…') : msg('Sign in')}
        </button>
      </form>
    `;
  }

  /** Puts the focus on the first field that is empty. */
  override focus(): void {
    focusProblem(this.renderRoot, { field: this.email ? 'password' : 'email', rule: 'required' });
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      await this.#signIn();
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    this.isBusy = false;
    if (this.error) await this.#focusRefused();
  }

  async #signIn(): Promise<void> {
    const { email, password } = this;
    const checked = parseFields(signInSchema, { email, password });
    if ('problem' in checked) throw fieldRefused(checked.problem);
    await this.#console.api.account.signIn(checked.fields);
    this.password = '';
    this.dispatchEvent(
      new CustomEvent<string>('lk-signed-in', { detail: password, bubbles: true, composed: true }),
    );
  }

  async #focusRefused(): Promise<void> {
    await this.updateComplete;
    const problem = fieldProblemOf(this.error);
    focusProblem(this.renderRoot, problem ?? { field: 'password', rule: 'required' });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-sign-in-form': LkSignInForm;
  }
  interface HTMLElementEventMap {
    'lk-signed-in': CustomEvent<string>;
  }
}
