import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../theme/base-styles.ts';
import './lk-icon.ts';

/** The steps of a way, with those that are done and the one that is next. */
@customElement('lk-stepper')
@localized()
export class LkStepper extends LitElement {
  static override styles = [
    baseStyles,
    css`
      ol {
        display: flex;
        gap: var(--lk-space-2);
      }
      li {
        display: grid;
        flex: 1 1 0;
        gap: var(--lk-space-2);
        align-content: start;
        min-inline-size: 0;
        color: var(--lk-text-quiet);
        font-size: var(--lk-text-s);
        line-height: 1.3;
      }
      .line {
        display: flex;
        align-items: center;
        gap: var(--lk-space-2);
      }
      .line::after {
        content: '';
        flex: 1;
        block-size: 2px;
        border-radius: 1px;
        background: var(--lk-line);
      }
      li:last-child .line::after {
        visibility: hidden;
      }
      .mark {
        display: grid;
        place-items: center;
        flex: none;
        inline-size: 2rem;
        block-size: 2rem;
        border: 2px solid var(--lk-line-strong);
        border-radius: var(--lk-radius-round);
        font-weight: 650;
      }
      .label {
        padding-inline-end: var(--lk-space-2);
        hyphens: auto;
      }
      .done .mark {
        border-color: transparent;
        background: var(--lk-ok-soft);
        color: var(--lk-ok);
      }
      .done .line::after {
        background: var(--lk-ok);
      }
      .current {
        color: var(--lk-text);
        font-weight: 600;
      }
      .current .mark {
        border-color: transparent;
        background: var(--lk-accent);
        color: var(--lk-on-accent);
      }
    `,
  ];

  /** Names of the steps, in order. */
  @property({ attribute: false }) steps: readonly string[] = [];
  /** Index of the step that is next; the number of steps when all are done. */
  @property({ type: Number }) current = 0;

  override render() {
    return html`<ol>${this.steps.map((label, index) => this.#step(label, index))}</ol>`;
  }

  #step(label: string, index: number) {
    const isDone = index < this.current;
    const isCurrent = index === this.current;
    return html`
      <li class=${isDone ? 'done' : isCurrent ? 'current' : ''} aria-current=${isCurrent ? 'step' : 'false'}>
        <span class="line">
          <span class="mark number">
            ${isDone ? html`<lk-icon name="check" label=${msg('Done')}></lk-icon>` : index + 1}
          </span>
        </span>
        <span class="label">${label}</span>
      </li>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-stepper': LkStepper;
  }
}
