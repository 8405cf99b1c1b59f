import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { FieldProblem } from '../../api/problem.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { ruleText } from '../fields/field-texts.ts';
import { formStyles } from '../fields/form-styles.ts';
import './lk-user-picker.ts';
import type { PickedUser } from './lk-user-picker.ts';

/**
 * The users of a license that is about to be issued.
 *
 * @fires lk-users-chosen - Detail: all who are chosen now.
 */
@customElement('lk-chosen-users')
@localized()
export class LkChosenUsers extends LitElement {
  static override styles = [
    baseStyles,
    formStyles,
    css`
      ul {
        display: grid;
        gap: var(--lk-space-2);
      }
      li {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--lk-space-3);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) users: readonly PickedUser[] = [];
  @property({ attribute: false }) problem: FieldProblem | null = null;

  override render() {
    const isWrong = this.problem?.field.startsWith('users') ?? false;
    return html`
      <fieldset aria-describedby=${isWrong ? 'problem' : nothing}>
        <legend>${msg('Users')}</legend>
        ${
          this.users.length === 0
            ? html`<p class="quiet-text">${msg('Nobody yet. Add at least one; more can follow at any time.')}</p>`
            : html`<ul>${this.users.map(user => this.#row(user))}</ul>`
        }
        ${isWrong && this.problem ? html`<span class="error" id="problem" role="alert">${ruleText(this.problem.rule)}</span>` : nothing}
        <lk-user-picker
          .chosen=${this.users.map(({ id }) => id)}
          @lk-user-picked=${({ detail }: CustomEvent<PickedUser>) => this.#tell([...this.users, detail])}
        ></lk-user-picker>
      </fieldset>
    `;
  }

  #row({ id, name }: PickedUser) {
    return html`
      <li>
        ${name}
        <button
          type="button"
          class="quiet"
          aria-label=${msg(str`Leave out ${name}`)}
          @click=${() => this.#tell(this.users.filter(user => user.id !== id))}
        >${msg('Leave out')}</button>
      </li>
    `;
  }

  #tell(users: readonly PickedUser[]): void {
    this.users = users;
    this.dispatchEvent(
      new CustomEvent<readonly PickedUser[]>('lk-users-chosen', {
        detail: users,
        bubbles: true,
        composed: true,
      }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-chosen-users': LkChosenUsers;
  }
  interface HTMLElementEventMap {
    'lk-users-chosen': CustomEvent<readonly PickedUser[]>;
  }
}
