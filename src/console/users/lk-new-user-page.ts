import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { parseFields } from '../../api/problem.ts';
import { createUserSchema, type UserPassword } from '../../api/users.ts';
import { refusalOf } from '../../ui/texts/refusal-of.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { fieldProblemOf, fieldRefused } from '../fields/field-texts.ts';
import { textField } from '../fields/fields.ts';
import { focusProblem } from '../fields/focus-problem.ts';
import { formStyles } from '../fields/form-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { refusalView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import { passwordProblem } from './password-problem.ts';
import '../layout/lk-page-head.ts';
import './lk-password-choice.ts';
import './lk-shown-password.ts';

/** Creates a user and shows the password once. */
@customElement('lk-new-user-page')
@localized()
export class LkNewUserPage extends LitElement {
  static override styles = [baseStyles, formStyles, pageStyles];

  @state() private name = '';
  @state() private password: string | null = null;
  @state() private error: unknown = null;
  @state() private isBusy = false;
  @state() private created: UserPassword | null = null;

  readonly #console = new UseConsole(this, () => this.created === null && this.name !== '');

  override render() {
    return html`
      <div class="page narrow">
        <lk-page-head
          heading=${this.created ? msg('User created') : msg('Create user')}
          back=${addresses.users}
          back-label=${msg('Users')}
        >${this.created ? msg('Next, issue a license to them.') : msg('A name stays; a password can be replaced.')}</lk-page-head>
        ${this.created ? this.#done(this.created) : this.#form()}
      </div>
    `;
  }

  #form() {
    return html`
      <form novalidate @submit=${this.#submit}>
        <fieldset>
          <legend>${msg('Who')}</legend>
          ${textField({
            name: 'name',
            label: msg('User name'),
            hint: msg(
              'Typed at the device; capitals and spaces around it do not matter. Often an e-mail address.',
            ),
            value: this.name,
            problem: this.#nameProblem,
            onValue: name => {
              this.name = name;
            },
          })}
        </fieldset>
        <lk-password-choice
          .password=${this.password}
          .problem=${passwordProblem(this.error)}
          @lk-password-chosen=${({ detail }: CustomEvent<string | null>) => {
            this.password = detail;
          }}
        ></lk-password-choice>
        ${this.error && !this.#nameProblem && !passwordProblem(this.error) ? refusalView(this.error) : nothing}
        <div class="row">
          <button class="primary" ?disabled=${this.isBusy}>${this.isBusy ? msg('Creating…') : msg('Create user')}</button>
          <a class="button" href=${addresses.users}>${msg('Cancel')}</a>
        </div>
      </form>
    `;
  }

  #done(created: UserPassword) {
    return html`
      <lk-shown-password .set=${created}></lk-shown-password>
      <div class="row">
        <a class="button primary" href="${addresses.issue}?user=${created.id}">${msg('Issue license to this user')}</a>
        <a class="button" href=${addresses.user(created.id)}>${msg('Open the user')}</a>
        <button type="button" @click=${this.#startOver}>${msg('Create another')}</button>
      </div>
    `;
  }

  get #nameProblem() {
    const problem = fieldProblemOf(this.error);
    if (problem?.field === 'name') return problem;
    const isTaken = this.error !== null && refusalOf(this.error).code === 'ALREADY_EXISTS';
    return isTaken ? ({ field: 'name', rule: 'repeated' } as const) : null;
  }

  #startOver(): void {
    this.created = null;
    this.name = '';
    this.password = null;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    this.isBusy = true;
    this.error = null;
    try {
      const checked = parseFields(createUserSchema, { name: this.name, password: this.password });
      if ('problem' in checked) throw fieldRefused(checked.problem);
      this.created = await this.#console.api.users.create(checked.fields);
      this.#console.announce(msg('The user is created.'));
    } catch (error) {
      this.error = error;
      await this.updateComplete;
      if (this.#nameProblem) focusProblem(this.renderRoot, this.#nameProblem);
    }
    this.isBusy = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-new-user-page': LkNewUserPage;
  }
}
