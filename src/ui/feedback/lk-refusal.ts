import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ErrorData } from '../../errors.ts';
import { type Tone, toneIcons, toneStyles } from '../layout/tone.ts';
import { errorText } from '../texts/error-texts.ts';
import { baseStyles } from '../theme/base-styles.ts';
import '../layout/lk-icon.ts';

/**
 * Why something was refused, in words: what happened, and what to do next.
 *
 * @slot actions - Buttons that help.
 */
@customElement('lk-refusal')
@localized()
export class LkRefusal extends LitElement {
  static override styles = [
    baseStyles,
    toneStyles,
    css`
      .refusal {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--lk-space-1) var(--lk-space-3);
        padding: var(--lk-space-4);
        border-radius: var(--lk-radius-m);
        background: var(--tone-soft);
      }
      lk-icon {
        margin-block-start: 0.1em;
        color: var(--tone);
      }
      .text {
        font-weight: 600;
      }
      p, .foot {
        grid-column: 2;
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--lk-space-2);
      }
      small {
        font-size: var(--lk-text-xs);
      }
    `,
  ];

  /** The code; one that this version does not know is named as it is. */
  @property() code = '';
  /** Numbers and names that the text of the code speaks of. */
  @property({ attribute: false }) data: ErrorData = {};
  @property({ reflect: true }) tone: Tone = 'bad';

  override render() {
    const { text, hint } = errorText(this.code, this.data);
    return html`
      <div class="refusal" role="alert">
        <lk-icon .name=${toneIcons[this.tone]}></lk-icon>
        <p class="text">${text}</p>
        <p>${hint}</p>
        <div class="foot">
          <small>${msg(str`Reason: ${this.code}`)}</small>
          <slot name="actions"></slot>
        </div>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-refusal': LkRefusal;
  }
}
