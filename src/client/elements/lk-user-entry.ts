import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import '../../ui/input/lk-password-field.ts';

/** What stands in the fields. */
export interface TypedUser {
  readonly user: string;
  readonly password: string;
}

/**
 * Fields for user name and password. They keep nothing: the password is gone with the element.
 *
 * @fires lk-user-change - One of the texts changed; detail: {@link TypedUser}.
 */
@customElement('lk-user-entry')
@localized()
export class LkUserEntry extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--lk-space-4);
      }
    `,
  ];

  @property({ attribute: false }) typed: TypedUser = { user: '', password: '' };
  @property({ type: Boolean }) disabled = false;

  override render() {
    return html`
      <label class="field">
        <span>${msg('User name')}</span>
        <input
          name="username"
          type="text"
          autocomplete="username"
          autocapitalize="none"
          autocorrect="off"
          spellcheck="false"
          .value=${this.typed.user}
          ?disabled=${this.disabled}
          @input=${this.#typedUser}
        >
      </label>
      <lk-password-field
        autocomplete="current-password"
        hint=${msg('As the vendor sent it. It is not kept on this device, and does not travel.')}
        .value=${this.typed.password}
        ?disabled=${this.disabled}
        @lk-password-change=${({ detail: password }: CustomEvent<string>) => this.#tell({ password })}
      ></lk-password-field>
    `;
  }

  #typedUser({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.#tell({ user: target.value });
  }

  #tell(changed: Partial<TypedUser>): void {
    this.typed = { ...this.typed, ...changed };
    this.dispatchEvent(
      new CustomEvent<TypedUser>('lk-user-change', { detail: this.typed, bubbles: true, composed: true }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-user-entry': LkUserEntry;
  }
  interface HTMLElementEventMap {
    'lk-user-change': CustomEvent<TypedUser>;
  }
}
