import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Tone, toneStyles } from '../../ui/layout/tone.ts';

/** A state in one or two words; the words say it, the color repeats it. */
@customElement('lk-badge')
export class LkBadge extends LitElement {
  static override styles = [
    toneStyles,
    css`
      :host {
        display: inline-flex;
        align-items: center;
        gap: 0.4em;
        padding: 0.15em 0.65em;
        border-radius: var(--lk-radius-round);
        background: var(--tone-soft);
        color: var(--tone);
        font-size: var(--lk-text-xs);
        font-weight: 600;
        line-height: 1.5;
        white-space: nowrap;
      }
      :host(:not([tone='neutral']))::before {
        content: '';
        inline-size: 0.5em;
        block-size: 0.5em;
        border-radius: 50%;
        background: currentColor;
      }
    `,
  ];

  @property({ reflect: true }) tone: Tone = 'neutral';

  override render() {
    return html`<slot></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-badge': LkBadge;
  }
}
