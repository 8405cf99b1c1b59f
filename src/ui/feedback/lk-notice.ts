import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { IconName } from '../layout/icons.ts';
import { type Tone, toneIcons, toneStyles } from '../layout/tone.ts';
import { baseStyles } from '../theme/base-styles.ts';
import '../layout/lk-icon.ts';

/**
 * A quiet notice with at most one button.
 *
 * @slot - The text, one sentence.
 * @fires lk-action - The button was pressed.
 */
@customElement('lk-notice')
export class LkNotice extends LitElement {
  static override styles = [
    baseStyles,
    toneStyles,
    css`
      .notice {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--lk-space-2) var(--lk-space-3);
        padding-block: var(--lk-space-2);
        padding-inline: var(--lk-space-4) var(--lk-space-2);
        border-radius: var(--lk-radius-m);
        background: var(--tone-soft);
      }
      lk-icon {
        color: var(--tone);
      }
      .text {
        flex: 1 1 14rem;
        padding-block: var(--lk-space-2);
        font-size: var(--lk-text-s);
      }
      button {
        min-block-size: var(--lk-target);
      }
    `,
  ];

  @property({ reflect: true }) tone: Tone = 'neutral';
  /** An icon other than the tone's. */
  @property() icon: IconName | '' = '';
  /** Text of the button; without it there is none. */
  @property() action = '';

  override render() {
    return html`
      <div class="notice" role="status">
        <lk-icon .name=${this.icon || toneIcons[this.tone]}></lk-icon>
        <div class="text"><slot></slot></div>
        ${this.action ? html`<button type="button" @click=${this.#act}>${this.action}</button>` : nothing}
      </div>
    `;
  }

  #act(): void {
    this.dispatchEvent(new CustomEvent('lk-action', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-notice': LkNotice;
  }
}
