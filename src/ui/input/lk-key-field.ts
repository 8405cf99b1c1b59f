import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../theme/base-styles.ts';
import { caretAfter, groupKeyText, type KeyShape, keyCharacters, keyGroups } from './key-text.ts';
import { isKeypadChosen } from './keypad-choice.ts';
import type { KeypadPress } from './lk-keypad.ts';
import './lk-keypad.ts';

/** What stands in the field. */
export interface KeyDetail {
  /** In groups, as shown. */
  value: string;
  /** Whether every group is filled. */
  isComplete: boolean;
  /** Indexes, from 0, of the groups in which the checker saw a typing error. */
  mistyped: readonly number[];
}

const noCheck = (): readonly number[] => [];

/**
 * A field for a license key: sets it in groups while it is typed or pasted, and tells which group is mistyped.
 * What makes a group right is the checker's matter.
 *
 * @fires lk-key-change - The text changed; detail: {@link KeyDetail}.
 * @fires lk-key-enter - Enter was pressed; detail: {@link KeyDetail}.
 */
@customElement('lk-key-field')
@localized()
export class LkKeyField extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    baseStyles,
    css`
      input.key {
        min-block-size: 3.5rem;
        padding-inline: var(--lk-space-3);
        font-family: var(--lk-font-mono);
        font-size: clamp(0.9375rem, 3.6vw, 1.375rem);
        letter-spacing: 0.03em;
        text-transform: uppercase;
        direction: ltr;
      }
      .groups {
        display: flex;
        gap: var(--lk-space-1);
        direction: ltr;
      }
      .groups span {
        flex: 1;
        block-size: 0.375rem;
        border-radius: var(--lk-radius-round);
        background: var(--lk-line);
        transition: background-color var(--lk-motion);
      }
      .groups .right {
        background: var(--lk-ok);
      }
      .groups .wrong {
        background: var(--lk-bad);
      }
      .message {
        min-block-size: 1.5em;
        font-size: var(--lk-text-s);
      }
    `,
  ];

  /** Name of the field. */
  @property() label = '';
  /** The key as shown; set it to fill the field. */
  @property() value = '';
  /** Gives the indexes, from 0, of the filled groups that are mistyped. */
  @property({ attribute: false }) checker: (text: string) => readonly number[] = noCheck;
  @property({ type: Number }) groups = 5;
  @property({ type: Number, attribute: 'group-length' }) groupLength = 5;
  /** Characters for keys on the screen; empty: none are offered. */
  @property() keypad = '';
  @property({ type: Boolean }) disabled = false;

  @state() private hasKeys = isKeypadChosen();

  /** What stands in the field now. */
  get detail(): KeyDetail {
    const isComplete = keyCharacters(this.value, this.#shape).length === this.groups * this.groupLength;
    return { value: this.value, isComplete, mistyped: this.checker(this.value) };
  }

  /** Fills the field and tells it, as when somebody types. */
  set(text: string): void {
    this.value = groupKeyText(text, this.#shape);
    this.#tell('lk-key-change');
  }

  override render() {
    const { mistyped, isComplete } = this.detail;
    return html`
      <div class="stack">
        <label class="field">
          <span>${this.label || msg('License key')}</span>
          <input
            class="key"
            type="text"
            autocomplete="off"
            autocapitalize="characters"
            autocorrect="off"
            spellcheck="false"
            enterkeyhint="go"
            inputmode=${this.keypad && this.hasKeys ? 'none' : 'text'}
            aria-invalid=${mistyped.length > 0}
            aria-describedby="message"
            .value=${groupKeyText(this.value, this.#shape)}
            ?disabled=${this.disabled}
            @input=${this.#typed}
            @keydown=${this.#keyDown}
          >
        </label>
        <div class="groups" aria-hidden="true">
          ${Array.from({ length: this.groups }, (_, index) => html`<span class=${this.#groupState(index, mistyped)}></span>`)}
        </div>
        <div id="message" class="message ${mistyped.length > 0 ? 'error' : 'quiet-text'}" aria-live="polite">
          ${this.#message(mistyped, isComplete)}
        </div>
        ${this.keypad ? this.#keypad() : nothing}
      </div>
    `;
  }

  #keypad() {
    return html`
      <lk-keypad
        characters=${this.keypad}
        ?disabled=${this.disabled}
        @lk-keypad-press=${this.#pressed}
        @lk-keypad-toggle=${this.#toggled}
      ></lk-keypad>
    `;
  }

  #toggled({ detail }: CustomEvent<boolean>): void {
    this.hasKeys = detail;
  }

  #pressed({ detail }: CustomEvent<KeypadPress>): void {
    const characters = keyCharacters(this.value, this.#shape);
    this.set(detail === 'back' ? characters.slice(0, -1) : characters + detail.character);
  }

  get #shape(): KeyShape {
    return { groups: this.groups, groupLength: this.groupLength };
  }

  #groupState(index: number, mistyped: readonly number[]): string {
    if (mistyped.includes(index)) return 'wrong';
    return keyGroups(this.value, this.#shape)[index]?.length === this.groupLength ? 'right' : '';
  }

  #message(mistyped: readonly number[], isComplete: boolean): string {
    const [first] = mistyped;
    if (first !== undefined && mistyped.length === 1) {
      return msg(str`There is a typing error in group ${first + 1}. Compare it with your key.`);
    }
    if (mistyped.length > 1) {
      const numbers = mistyped.map(index => index + 1).join(', ');
      return msg(str`There are typing errors in the groups ${numbers}. Compare them with your key.`);
    }
    if (isComplete) return msg('All groups are typed right.');
    return msg(str`${this.groups} groups of ${this.groupLength} letters and digits.`);
  }

  #typed(event: Event): void {
    const input = event.target;
    if (!(input instanceof HTMLInputElement)) return;
    const before = keyCharacters(
      input.value.slice(0, input.selectionStart ?? input.value.length),
      this.#shape,
    );
    this.value = groupKeyText(input.value, this.#shape);
    input.value = this.value;
    const caret = caretAfter(before.length, this.#shape);
    input.setSelectionRange(caret, caret);
    this.#tell('lk-key-change');
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.isComposing) this.#tell('lk-key-enter');
  }

  #tell(type: 'lk-key-change' | 'lk-key-enter'): void {
    this.dispatchEvent(
      new CustomEvent<KeyDetail>(type, { detail: this.detail, bubbles: true, composed: true }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-key-field': LkKeyField;
  }
  interface HTMLElementEventMap {
    'lk-key-change': CustomEvent<KeyDetail>;
    'lk-key-enter': CustomEvent<KeyDetail>;
  }
}
