import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { baseStyles } from '../theme/base-styles.ts';

/**
 * A field for a password, which can be shown while it is typed: on a touch screen nobody sees what they hit.
 *
 * @fires lk-password-change - The text changed; detail: the password.
 * @fires lk-password-enter - Enter was pressed.
 */
@customElement('lk-password-field')
@localized()
export class LkPasswordField extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    baseStyles,
    css`
      .line {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--lk-space-2);
      }
    `,
  ];

  /** Name of the field. */
  @property() label = '';
  @property() hint = '';
  /** What is wrong with it; empty: nothing. */
  @property() problem = '';
  @property() value = '';
  @property() autocomplete: 'current-password' | 'new-password' = 'current-password';
  @property({ type: Boolean }) disabled = false;

  @state() private isShown = false;

  override render() {
    const described = [this.problem ? 'error' : '', this.hint ? 'hint' : ''].filter(Boolean).join(' ');
    return html`
      <div class="field">
        <label for="password">${this.label || msg('Password')}</label>
        <div class="line">
          <input
            id="password"
            name="password"
            type=${this.isShown ? 'text' : 'password'}
            autocomplete=${this.autocomplete}
            autocapitalize="none"
            autocorrect="off"
            spellcheck="false"
            enterkeyhint="go"
            aria-invalid=${this.problem ? 'true' : 'false'}
            aria-describedby=${ifDefined(described || undefined)}
            .value=${this.value}
            ?disabled=${this.disabled}
            @input=${this.#typed}
            @keydown=${this.#keyDown}
          >
          <button
            type="button"
            aria-label=${this.isShown ? msg('Hide password') : msg('Show password')}
            ?disabled=${this.disabled}
            @click=${this.#toggle}
          >${this.isShown ? msg('Hide') : msg('Show')}</button>
        </div>
        ${this.problem ? html`<span class="error" id="error">${this.problem}</span>` : ''}
        ${this.hint ? html`<small id="hint">${this.hint}</small>` : ''}
      </div>
    `;
  }

  #toggle(): void {
    this.isShown = !this.isShown;
  }

  #typed({ target }: Event): void {
    if (!(target instanceof HTMLInputElement)) return;
    this.value = target.value;
    this.dispatchEvent(
      new CustomEvent<string>('lk-password-change', { detail: this.value, bubbles: true, composed: true }),
    );
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.isComposing) return;
    this.dispatchEvent(new CustomEvent('lk-password-enter', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-password-field': LkPasswordField;
  }
  interface HTMLElementEventMap {
    'lk-password-change': CustomEvent<string>;
    'lk-password-enter': CustomEvent<undefined>;
  }
}
