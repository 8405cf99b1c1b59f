import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { IconName } from '../layout/icons.ts';
import { type Tone, toneIcons, toneStyles } from '../layout/tone.ts';
import { baseStyles } from '../theme/base-styles.ts';
import '../layout/lk-icon.ts';

/**
 * A row for one file: what it is, what became of it, what can be done with it.
 *
 * @slot - More words: why, and what to do next.
 * @slot actions - Buttons.
 */
@customElement('lk-file-row')
export class LkFileRow extends LitElement {
  static override styles = [
    baseStyles,
    toneStyles,
    css`
      .row {
        flex-wrap: nowrap;
        align-items: start;
        padding: var(--lk-space-4);
      }
      .body {
        display: flex;
        flex: 1;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--lk-space-2) var(--lk-space-3);
        min-inline-size: 0;
        min-block-size: 2.25rem;
      }
      .sign {
        display: grid;
        place-items: center;
        flex: none;
        inline-size: 2.25rem;
        block-size: 2.25rem;
        border-radius: var(--lk-radius-round);
        background: var(--tone-soft);
        color: var(--tone);
      }
      .words {
        display: grid;
        flex: 1 1 16rem;
        gap: 0.125rem;
        min-inline-size: 0;
      }
      .heading {
        font-weight: 600;
      }
      .detail {
        color: var(--lk-text-quiet);
        font-size: var(--lk-text-s);
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** What became of the file, first of all. */
  @property() heading = '';
  /** The file's name and other small print. */
  @property() detail = '';
  @property({ reflect: true }) tone: Tone = 'neutral';
  @property() icon: IconName | '' = '';

  override render() {
    return html`
      <div class="row">
        <span class="sign"><lk-icon .name=${this.icon || toneIcons[this.tone]}></lk-icon></span>
        <div class="body">
          <div class="words">
            <span class="heading">${this.heading}</span>
            <slot></slot>
            ${this.detail ? html`<span class="detail number">${this.detail}</span>` : nothing}
          </div>
          <slot name="actions"></slot>
        </div>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-file-row': LkFileRow;
  }
}
