import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../theme/base-styles.ts';
import './lk-icon.ts';

/**
 * The frame of a page: header with logo and name, the content, a footer.
 *
 * @slot - The content.
 * @slot header-end - At the end of the header.
 * @slot notices - Quiet notices above the content.
 * @slot footer - The line at the foot of the page.
 */
@customElement('lk-app-frame')
@localized()
export class LkAppFrame extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: auto 1fr auto;
        min-block-size: 100dvh;
        background: var(--lk-page);
      }
      .band {
        border-block-end: var(--lk-line-width) solid var(--lk-line);
        background: var(--lk-surface);
      }
      header,
      footer,
      main {
        inline-size: 100%;
        max-inline-size: var(--lk-frame-width, 52rem);
        margin-inline: auto;
        padding-inline: max(var(--lk-space-4), env(safe-area-inset-left))
          max(var(--lk-space-4), env(safe-area-inset-right));
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--lk-space-3);
        min-block-size: 4rem;
        padding-block: var(--lk-space-2);
      }
      .logo {
        display: grid;
        place-items: center;
        flex: none;
        inline-size: 2.5rem;
        block-size: 2.5rem;
        border-radius: var(--lk-radius-m);
        background: var(--lk-accent);
        color: var(--lk-on-accent);
        font-size: 1.125rem;
      }
      img {
        block-size: 2.5rem;
        inline-size: auto;
        max-inline-size: 10rem;
        object-fit: contain;
      }
      .name {
        flex: 1 1 0;
        min-inline-size: 0;
        font-size: var(--lk-text-l);
        font-weight: 650;
        line-height: 1.2;
      }
      .name small {
        display: block;
        font-weight: 400;
      }
      main {
        display: grid;
        gap: var(--lk-space-5);
        align-content: start;
        padding-block: var(--lk-space-6) var(--lk-space-7);
      }
      main:focus {
        outline: none;
      }
      footer {
        padding-block: var(--lk-space-4) var(--lk-space-5);
        color: var(--lk-text-quiet);
        font-size: var(--lk-text-s);
        text-wrap: pretty;
      }
      .skip {
        position: absolute;
        inset-block-start: var(--lk-space-2);
        inset-inline-start: var(--lk-space-2);
        z-index: 2;
      }
      .skip:not(:focus) {
        inline-size: 1px;
        block-size: 1px;
        min-block-size: 0;
        padding: 0;
        overflow: hidden;
        clip-path: inset(50%);
      }
    `,
  ];

  /** Name of the vendor, the product or the device; not a page heading, which the content brings. */
  @property() name = '';
  /** A second line below the name. */
  @property() subtitle = '';
  /** Address of the logo, of this origin or a data: URL; a plain mark stands in when empty. */
  @property() logo = '';

  /** Puts the focus where the content begins, as when another page is shown in the same frame. */
  focusContent(): void {
    this.renderRoot.querySelector('main')?.focus();
  }

  override render() {
    return html`
      <button class="skip primary" type="button" @click=${this.focusContent}>${msg('Skip to the content')}</button>
      <div class="band"><header>
        ${this.logo ? html`<img src=${this.logo} alt="">` : html`<span class="logo"><lk-icon name="key-round"></lk-icon></span>`}
        <span class="name">
          ${this.name}${this.subtitle ? html`<small>${this.subtitle}</small>` : nothing}
        </span>
        <slot name="header-end"></slot>
      </header></div>
      <main tabindex="-1">
        <slot name="notices"></slot>
        <slot></slot>
      </main>
      <footer><slot name="footer"></slot></footer>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-app-frame': LkAppFrame;
  }
}
