import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatNumber } from '../texts/format-values.ts';
import { baseStyles } from '../theme/base-styles.ts';

/** How far some work has come; without a total it only shows that it goes on. */
@customElement('lk-progress')
@localized()
export class LkProgress extends LitElement {
  static override styles = [
    baseStyles,
    css`
      label {
        display: flex;
        justify-content: space-between;
        gap: var(--lk-space-3);
        margin-block-end: var(--lk-space-2);
      }
      progress {
        appearance: none;
        display: block;
        inline-size: 100%;
        block-size: 0.5rem;
        overflow: hidden;
        border: 0;
        border-radius: var(--lk-radius-round);
        background: var(--lk-sunken);
        color: var(--lk-accent);
        box-shadow: inset 0 0 0 1px var(--lk-line);
      }
      progress::-webkit-progress-bar {
        background: transparent;
      }
      progress::-webkit-progress-value {
        border-radius: var(--lk-radius-round);
        background: var(--lk-accent);
        transition: inline-size var(--lk-motion);
      }
      progress::-moz-progress-bar {
        border-radius: var(--lk-radius-round);
        background: var(--lk-accent);
      }
      progress:indeterminate {
        background: linear-gradient(90deg, var(--lk-accent-soft), var(--lk-accent), var(--lk-accent-soft)) 0 0 / 200% 100%;
        animation: pass 1.6s linear infinite;
      }
      @keyframes pass {
        to {
          background-position: -200% 0;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        progress:indeterminate {
          animation: none;
        }
      }
    `,
  ];

  /** What goes on. */
  @property() label = '';
  @property({ type: Number }) value = 0;
  /** The whole; null while it is not known. */
  @property({ type: Number }) total: number | null = null;

  override render() {
    return html`
      <label for="bar">
        <span>${this.label || msg('Working')}</span>
        <span class="number quiet-text">${this.#count()}</span>
      </label>
      ${
        this.total === null
          ? html`<progress id="bar"></progress>`
          : html`<progress id="bar" .max=${Math.max(this.total, 1)} .value=${this.value}></progress>`
      }
    `;
  }

  #count(): string {
    if (this.total === null) return '';
    return msg(str`${formatNumber(this.value)} of ${formatNumber(this.total)}`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-progress': LkProgress;
  }
}
