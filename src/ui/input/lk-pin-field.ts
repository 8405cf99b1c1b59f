import { localized } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../theme/base-styles.ts';
import { isKeypadChosen } from './keypad-choice.ts';
import type { KeypadPress } from './lk-keypad.ts';
import './lk-keypad.ts';

/** The most digits of a PIN. */
const MAX_DIGITS = 12;

/**
 * A field for a PIN, with keys on the screen for whoever has no keyboard.
 *
 * @fires lk-pin-change - The digits changed; detail: all of them.
 * @fires lk-pin-enter - Enter was pressed.
 */
@customElement('lk-pin-field')
@localized()
export class LkPinField extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--lk-space-2);
      }
      input {
        max-inline-size: 16rem;
        font-size: var(--lk-text-xl);
        letter-spacing: 0.2em;
      }
    `,
  ];

  /** Name of the field. */
  @property() label = '';
  @property() value = '';
  /** Whether it offers keys on the screen. */
  @property({ type: Boolean }) keypad = true;
  @property({ type: Boolean }) disabled = false;

  @state() private hasKeys = isKeypadChosen();

  override render() {
    return html`
      <label class="field">
        <span>${this.label}</span>
        <input
          type="password"
          inputmode=${this.keypad && this.hasKeys ? 'none' : 'numeric'}
          maxlength=${MAX_DIGITS}
          autocomplete="off"
          enterkeyhint="go"
          .value=${this.value}
          ?disabled=${this.disabled}
          @input=${this.#typed}
          @keydown=${this.#keyDown}
        >
      </label>
      ${
        this.keypad
          ? html`<lk-keypad ?disabled=${this.disabled} @lk-keypad-press=${this.#pressed} @lk-keypad-toggle=${this.#toggled}></lk-keypad>`
          : ''
      }
    `;
  }

  #typed({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.#set(target.value);
  }

  #pressed({ detail }: CustomEvent<KeypadPress>): void {
    this.#set(detail === 'back' ? this.value.slice(0, -1) : this.value + detail.character);
  }

  #toggled({ detail }: CustomEvent<boolean>): void {
    this.hasKeys = detail;
  }

  #set(value: string): void {
    this.value = value.slice(0, MAX_DIGITS);
    this.dispatchEvent(
      new CustomEvent<string>('lk-pin-change', { detail: this.value, bubbles: true, composed: true }),
    );
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.isComposing) return;
    this.dispatchEvent(new CustomEvent('lk-pin-enter', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-pin-field': LkPinField;
  }
  interface HTMLElementEventMap {
    'lk-pin-change': CustomEvent<string>;
    'lk-pin-enter': CustomEvent<undefined>;
  }
}
