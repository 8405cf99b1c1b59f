import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { UseConsole } from '../services/console-context.ts';
import '../../ui/layout/lk-icon.ts';

/**
 * The heading of a page; it names the browser's tab and takes the focus when the person came here by a link.
 *
 * @slot - One sentence below the heading.
 * @slot badge - Beside the heading.
 * @slot actions - Buttons of the page; the primary one last.
 */
@customElement('lk-page-head')
export class LkPageHead extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--lk-space-3) var(--lk-space-5);
      }
      .title {
        display: grid;
        flex: 1 1 16rem;
        gap: var(--lk-space-1);
        min-inline-size: 0;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--lk-space-2) var(--lk-space-3);
      }
      h1 {
        font-size: clamp(1.375rem, 1.2rem + 0.9vw, 1.75rem);
        overflow-wrap: anywhere;
      }
      h1:focus-visible {
        border-radius: var(--lk-radius-s);
      }
      h1:focus:not(:focus-visible) {
        outline: none;
      }
      .back {
        display: inline-flex;
        align-items: center;
        gap: var(--lk-space-1);
        justify-self: start;
        min-block-size: 1.75rem;
        color: var(--lk-text-quiet);
        font-size: var(--lk-text-s);
        text-decoration: none;
      }
      .back:hover {
        color: var(--lk-accent-text);
        text-decoration: underline;
      }
      .back lk-icon {
        transform: scaleX(-1);
      }
      .text {
        color: var(--lk-text-quiet);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--lk-space-3);
      }
    `,
  ];

  @property() heading = '';
  /** Address of the page above this one. */
  @property() back = '';
  /** Name of the page above this one. */
  @property({ attribute: 'back-label' }) backLabel = '';

  readonly #console = new UseConsole(this);

  override render() {
    return html`
      <div class="head">
        <div class="title">
          ${this.back ? this.#back() : nothing}
          <div class="line"><h1 tabindex="-1">${this.heading}</h1><slot name="badge"></slot></div>
          <div class="text"><slot></slot></div>
        </div>
        <div class="actions"><slot name="actions"></slot></div>
      </div>
    `;
  }

  protected override updated(): void {
    document.title = `${this.heading} · Latchkey`;
  }

  protected override firstUpdated(): void {
    const { router } = this.#console;
    if (!router.wantsFocus) return;
    router.wantsFocus = false;
    this.renderRoot.querySelector('h1')?.focus({ preventScroll: true });
  }

  #back() {
    return html`<a class="back" href=${this.back}><lk-icon name="arrow-right"></lk-icon>${this.backLabel}</a>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-page-head': LkPageHead;
  }
}
