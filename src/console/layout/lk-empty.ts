import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { IconName } from '../../ui/layout/icons.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import '../../ui/layout/lk-icon.ts';

/**
 * Says that there is nothing yet, and what to do.
 *
 * @slot - What to do, one sentence.
 * @slot actions - The button that does it.
 */
@customElement('lk-empty')
export class LkEmpty extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .empty {
        display: grid;
        justify-items: center;
        gap: var(--lk-space-3);
        padding: var(--lk-space-7) var(--lk-space-4);
        border: var(--lk-line-width) dashed var(--lk-line-strong);
        border-radius: var(--lk-radius-l);
        text-align: center;
      }
      .mark {
        display: grid;
        place-items: center;
        inline-size: 3.5rem;
        block-size: 3.5rem;
        border-radius: var(--lk-radius-round);
        background: var(--lk-accent-soft);
        color: var(--lk-accent-text);
        font-size: 1.375rem;
      }
      .text {
        max-inline-size: 34rem;
        color: var(--lk-text-quiet);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--lk-space-3);
      }
    `,
  ];

  @property() heading = '';
  @property() icon: IconName = 'search';

  override render() {
    return html`
      <div class="empty">
        <span class="mark"><lk-icon .name=${this.icon}></lk-icon></span>
        <h2>${this.heading}</h2>
        <div class="text"><slot></slot></div>
        <div class="actions"><slot name="actions"></slot></div>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-empty': LkEmpty;
  }
}
