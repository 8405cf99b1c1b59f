import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import '../../ui/layout/lk-icon.ts';
import '../layout/lk-page-head.ts';
import './lk-password-form.ts';
import './lk-sign-in-form.ts';

/** The page before the console: signing in, or replacing the one-time password. */
@customElement('lk-account-page')
@localized()
export class LkAccountPage extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        place-items: center;
        min-block-size: 100dvh;
        padding: var(--lk-space-4);
      }
      main {
        display: grid;
        gap: var(--lk-space-5);
        inline-size: min(26rem, 100%);
        padding: clamp(var(--lk-space-5), 6vw, var(--lk-space-6));
        border: var(--lk-line-width) solid var(--lk-line);
        border-radius: var(--lk-radius-l);
        background: var(--lk-surface);
        box-shadow: var(--lk-shadow-2);
      }
      .logo {
        display: grid;
        place-items: center;
        inline-size: 3rem;
        block-size: 3rem;
        border-radius: var(--lk-radius-m);
        background: var(--lk-accent);
        color: var(--lk-on-accent);
        font-size: 1.375rem;
      }
    `,
  ];

  @property({ attribute: false }) asks: 'sign-in' | 'password' = 'sign-in';
  /** The password that was typed just before, which the change of it asks for again. */
  @property({ attribute: false }) password = '';

  override render() {
    return html`
      <main>
        <span class="logo"><lk-icon name="key-round"></lk-icon></span>
        ${this.asks === 'sign-in' ? this.#signIn() : this.#change()}
      </main>
    `;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('asks')) return;
    const form = this.renderRoot.querySelector('lk-sign-in-form, lk-password-form');
    if (form instanceof LitElement) void form.updateComplete.then(() => form.focus());
  }

  #signIn() {
    return html`
      <lk-page-head heading=${msg('Sign in')}>
        ${msg('The Latchkey console, for the staff of the vendor.')}
      </lk-page-head>
      <lk-sign-in-form></lk-sign-in-form>
    `;
  }

  #change() {
    return html`
      <lk-page-head heading=${msg('Choose your password')}>
        ${msg('The one-time password has done its work. From now on you sign in with your own.')}
      </lk-page-head>
      <lk-password-form .currentPassword=${this.password}></lk-password-form>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-account-page': LkAccountPage;
  }
}
