import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { UserPassword } from '../../api/users.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import '../../ui/feedback/lk-notice.ts';
import '../layout/lk-copy.ts';

/** A password that was just set; one that the server made is shown this once. */
@customElement('lk-shown-password')
@localized()
export class LkShownPassword extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      .password {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--lk-space-3);
      }
      output {
        font-family: var(--lk-font-mono);
        font-size: clamp(1rem, 4.2vw, 1.375rem);
        font-weight: 600;
        overflow-wrap: anywhere;
        user-select: all;
        direction: ltr;
      }
    `,
  ];

  @property({ attribute: false }) set: UserPassword | null = null;

  override render() {
    if (!this.set) return nothing;
    const { name, password } = this.set;
    return html`
      <div class="panel">
        <h2>${name}</h2>
        ${password === null ? msg('The password is the one that you chose.') : this.#made(password)}
      </div>
    `;
  }

  #made(password: string) {
    return html`
      <div class="password">
        <output aria-label=${msg('Password')}>${password}</output>
        <lk-copy primary .text=${password} label=${msg('password')}></lk-copy>
      </div>
      <lk-notice tone="warn">
        ${msg('This is shown once. Give it to the user now; later it can only be replaced.')}
      </lk-notice>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-shown-password': LkShownPassword;
  }
}
