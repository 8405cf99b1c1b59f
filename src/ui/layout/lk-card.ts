import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../theme/base-styles.ts';
import type { IconName } from './icons.ts';
import { type Tone, toneStyles } from './tone.ts';
import './lk-icon.ts';

/**
 * A raised surface for one subject.
 *
 * @slot - The content.
 * @slot heading-end - Beside the heading, for a state or a small button.
 * @slot actions - Buttons below the content; the primary one first.
 */
@customElement('lk-card')
export class LkCard extends LitElement {
  static override styles = [
    baseStyles,
    toneStyles,
    css`
      :host {
        border: var(--lk-line-width) solid var(--lk-line);
        border-radius: var(--lk-radius-l);
        background: var(--lk-surface);
        box-shadow: var(--lk-shadow-1);
      }
      .card {
        display: grid;
        gap: var(--lk-space-4);
        padding: clamp(var(--lk-space-4), 4vw, var(--lk-space-5));
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--lk-space-3);
      }
      h2 {
        flex: 1 1 12rem;
      }
      .badge {
        display: grid;
        place-items: center;
        inline-size: 2.75rem;
        block-size: 2.75rem;
        border-radius: var(--lk-radius-round);
        background: var(--tone-soft);
        color: var(--tone);
        font-size: var(--lk-text-l);
      }
      .actions {
        display: none;
        flex-wrap: wrap;
        gap: var(--lk-space-3);
      }
      .actions.filled {
        display: flex;
      }
    `,
  ];

  @property() heading = '';
  @property() icon: IconName | '' = '';
  @property({ reflect: true }) tone: Tone = 'neutral';

  override render() {
    return html`
      <div class="card">
        ${this.heading || this.icon ? this.#head() : nothing}
        <slot></slot>
        <div class="actions"><slot name="actions" @slotchange=${this.#showActions}></slot></div>
      </div>
    `;
  }

  #head() {
    return html`
      <div class="head">
        ${this.icon ? html`<span class="badge"><lk-icon .name=${this.icon}></lk-icon></span>` : nothing}
        ${this.heading ? html`<h2>${this.heading}</h2>` : nothing}
        <slot name="heading-end"></slot>
      </div>
    `;
  }

  #showActions(event: Event): void {
    if (!(event.target instanceof HTMLSlotElement)) return;
    const isFilled = event.target.assignedElements().length > 0;
    event.target.parentElement?.classList.toggle('filled', isFilled);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-card': LkCard;
  }
}
