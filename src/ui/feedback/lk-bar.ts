import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatNumber } from '../texts/format-values.ts';
import { baseStyles } from '../theme/base-styles.ts';

/** How much is used of a maximum, and of the overage past it. Shows the numbers; decides nothing. */
@customElement('lk-bar')
@localized()
export class LkBar extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 var(--lk-space-4);
        margin-block-end: var(--lk-space-2);
      }
      .label {
        font-weight: 600;
      }
      .track {
        block-size: 0.75rem;
        overflow: hidden;
        border-radius: var(--lk-radius-round);
        background: var(--lk-sunken);
        box-shadow: inset 0 0 0 1px var(--lk-line-strong);
      }
      svg {
        display: block;
        inline-size: 100%;
        block-size: 100%;
      }
      svg:dir(rtl) {
        transform: scaleX(-1);
      }
      rect {
        transition: width var(--lk-motion);
      }
      .used {
        fill: var(--lk-accent);
      }
      .past {
        fill: var(--lk-warn);
      }
      .full .used, .full .past {
        fill: var(--lk-bad);
      }
      .mark {
        stroke: var(--lk-text);
        stroke-width: 2;
      }
      .note {
        margin-block-start: var(--lk-space-1);
      }
    `,
  ];

  /** What is counted. */
  @property() label = '';
  /** How much is used; may be past the maximum. */
  @property({ type: Number }) used = 0;
  /** The most that is included; null when there is no limit. */
  @property({ type: Number }) maximum: number | null = null;
  /** What is allowed past the maximum; 0 when nothing is. */
  @property({ type: Number }) overage = 0;

  override render() {
    return html`
      <div class="head">
        <span class="label">${this.label}</span>
        <span class="number">${this.#amount()}</span>
      </div>
      ${this.maximum === null ? nothing : this.#bar(this.maximum)}
      ${this.overage > 0 ? html`<div class="note"><small>${this.#overageNote()}</small></div>` : nothing}
    `;
  }

  #bar(maximum: number) {
    const whole = Math.max(maximum + this.overage, 1);
    const share = (amount: number) => `${(Math.min(Math.max(amount, 0), whole) / whole) * 100}%`;
    const isFull = this.used >= maximum + this.overage;
    return html`
      <div
        class="track ${isFull ? 'full' : ''}"
        role="meter"
        aria-label=${this.label || msg('Used')}
        aria-valuemin="0"
        aria-valuemax=${whole}
        aria-valuenow=${Math.min(Math.max(this.used, 0), whole)}
        aria-valuetext=${this.#amount()}
      >
        <svg aria-hidden="true">
          <rect class="past" height="100%" width=${share(this.used)}></rect>
          <rect class="used" height="100%" width=${share(Math.min(this.used, maximum))}></rect>
          ${this.overage > 0 ? this.#mark(share(maximum)) : nothing}
        </svg>
      </div>
    `;
  }

  #mark(at: string) {
    return svg`<line class="mark" x1=${at} x2=${at} y1="0" y2="100%"></line>`;
  }

  #amount(): string {
    return amountText(this.used, this.maximum);
  }

  #overageNote(): string {
    const overage = formatNumber(this.overage);
    const past = this.used - (this.maximum ?? Number.POSITIVE_INFINITY);
    if (past <= 0) return msg(str`${overage} more are allowed past that`);
    return msg(str`${formatNumber(past)} of ${overage} allowed past the maximum`);
  }
}

/** How much is used of a maximum; null: of no limit. */
export function amountText(used: number, maximum: number | null): string {
  if (maximum === null) return msg(str`${formatNumber(used)} used, no limit`);
  return msg(str`${formatNumber(used)} of ${formatNumber(maximum)} used`);
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-bar': LkBar;
  }
}
