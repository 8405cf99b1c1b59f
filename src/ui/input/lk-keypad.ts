import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../theme/base-styles.ts';
import { chooseKeypad, isKeypadChosen } from './keypad-choice.ts';
import '../layout/lk-icon.ts';

/** What was pressed: a character, or take the last one back. */
export type KeypadPress = { readonly character: string } | 'back';

/**
 * Keys on the screen for a field that is short and knows its characters, for machines without a keyboard. Whether they
 * are shown is remembered for all such fields.
 *
 * @fires lk-keypad-press - A key was pressed; detail: {@link KeypadPress}.
 * @fires lk-keypad-toggle - The keys were shown or hidden; detail: whether they are shown.
 */
@customElement('lk-keypad')
@localized()
export class LkKeypad extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--lk-space-2);
        justify-items: start;
      }
      .keys {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(3rem, 1fr));
        gap: var(--lk-space-2);
        inline-size: 100%;
        direction: ltr;
      }
      .few {
        grid-template-columns: repeat(3, minmax(3rem, 6rem));
        inline-size: auto;
      }
      .keys button {
        min-block-size: 3.25rem;
        padding: 0;
        font-family: var(--lk-font-mono);
        font-size: var(--lk-text-xl);
        touch-action: manipulation;
      }
      .keys .back {
        grid-column: span 2;
        font-family: inherit;
        font-size: var(--lk-text-m);
      }
    `,
  ];

  /** The characters, in the order of the keys. */
  @property() characters = '1234567890';
  @property({ type: Boolean }) disabled = false;

  @state() private isShown = isKeypadChosen();

  override render() {
    return html`
      <button class="quiet" type="button" aria-expanded=${this.isShown} @click=${this.#toggle}>
        ${this.isShown ? msg('Hide the keypad') : msg('Keypad on the screen')}
      </button>
      ${this.isShown ? this.#keys() : nothing}
    `;
  }

  #keys() {
    const few = this.characters.length <= 10 ? 'few' : '';
    return html`
      <div class="keys ${few}" role="group" aria-label=${msg('Keypad')}>
        ${[...this.characters].map(
          character => html`
            <button type="button" ?disabled=${this.disabled} @click=${() => this.#press({ character })}>${character}</button>
          `,
        )}
        <button class="back" type="button" ?disabled=${this.disabled} @click=${() => this.#press('back')}>${msg('Delete')}</button>
      </div>
    `;
  }

  #toggle(): void {
    this.isShown = !this.isShown;
    chooseKeypad(this.isShown);
    this.dispatchEvent(new CustomEvent<boolean>('lk-keypad-toggle', { detail: this.isShown }));
  }

  #press(detail: KeypadPress): void {
    this.dispatchEvent(new CustomEvent<KeypadPress>('lk-keypad-press', { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-keypad': LkKeypad;
  }
  interface HTMLElementEventMap {
    'lk-keypad-press': CustomEvent<KeypadPress>;
    'lk-keypad-toggle': CustomEvent<boolean>;
  }
}
