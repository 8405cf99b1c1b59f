import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles } from '../../ui/theme/base-styles.ts';

const lifeMs = 6000;

/** A live region that shows a sentence for some seconds. */
@customElement('lk-toast')
export class LkToast extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        position: fixed;
        inset-inline: 0;
        inset-block-end: var(--lk-space-5);
        z-index: 5;
        display: grid;
        justify-items: center;
        padding-inline: var(--lk-space-4);
        pointer-events: none;
      }
      .toast:not(:empty) {
        padding: var(--lk-space-3) var(--lk-space-5);
        border-radius: var(--lk-radius-round);
        background: var(--lk-text);
        color: var(--lk-page);
        font-size: var(--lk-text-s);
        font-weight: 500;
        box-shadow: var(--lk-shadow-2);
      }
    `,
  ];

  @state() private text = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows a sentence; the one before it gives way. */
  show(text: string): void {
    clearTimeout(this.#timer);
    this.text = text;
    this.#timer = setTimeout(() => {
      this.text = '';
    }, lifeMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override render() {
    return html`<div class="toast" role="status">${this.text}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-toast': LkToast;
  }
}
