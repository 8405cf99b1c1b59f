import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { formStyles } from '../fields/form-styles.ts';
import '../../ui/input/lk-password-field.ts';

/**
 * A password for a user: made by the server, or chosen here.
 *
 * @fires lk-password-chosen - Detail: the password, or null to have one made.
 */
@customElement('lk-password-choice')
@localized()
export class LkPasswordChoice extends LitElement {
  static override styles = [
    baseStyles,
    formStyles,
    css`
      .choices {
        display: grid;
        gap: var(--lk-space-1);
      }
    `,
  ];

  /** null: the server makes one. */
  @property({ attribute: false }) password: string | null = null;
  /** What is wrong with the password; empty: nothing. */
  @property() problem = '';

  override render() {
    return html`
      <fieldset>
        <legend>${msg('Password')}</legend>
        <div class="choices">
          ${this.#choice(null, msg('Make one that nobody guesses'))} ${this.#choice('', msg('Choose one'))}
        </div>
        ${this.password === null ? nothing : this.#field(this.password)}
      </fieldset>
    `;
  }

  #choice(start: string | null, text: string) {
    const isChosen = (this.password === null) === (start === null);
    return html`
      <label class="choice">
        <input type="radio" name="made" .checked=${isChosen} @change=${() => this.#tell(start)}>
        <span>${text}</span>
      </label>
    `;
  }

  #field(password: string) {
    return html`
      <lk-password-field
        autocomplete="new-password"
        hint=${msg('At least 12 characters; a sentence works well.')}
        .value=${password}
        .problem=${this.problem}
        @lk-password-change=${({ detail }: CustomEvent<string>) => this.#tell(detail)}
      ></lk-password-field>
    `;
  }

  #tell(password: string | null): void {
    this.password = password;
    this.dispatchEvent(
      new CustomEvent<string | null>('lk-password-chosen', {
        detail: password,
        bubbles: true,
        composed: true,
      }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-password-choice': LkPasswordChoice;
  }
  interface HTMLElementEventMap {
    'lk-password-chosen': CustomEvent<string | null>;
  }
}
