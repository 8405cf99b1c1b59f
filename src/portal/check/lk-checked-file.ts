import { localized } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Tone, toneIcons, toneStyles } from '../../ui/layout/tone.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import type { CheckedFile } from '../../verify/check.ts';
import { checkFacts } from './check-facts.ts';
import { checkWords } from './check-words.ts';
import '../../ui/layout/lk-icon.ts';

/** One file that was checked: what it is, whether it can be believed, what it proves and says. Prints on one page. */
@customElement('lk-checked-file')
@localized()
export class LkCheckedFile extends LitElement {
  static override styles = [
    baseStyles,
    toneStyles,
    css`
      article {
        display: grid;
        gap: var(--lk-space-4);
        padding: var(--lk-space-5);
        border: var(--lk-line-width) solid var(--lk-line);
        border-radius: var(--lk-radius-l);
        background: var(--lk-surface);
        box-shadow: var(--lk-shadow-1);
        break-inside: avoid;
      }
      .head {
        display: flex;
        gap: var(--lk-space-4);
        align-items: start;
      }
      .head lk-icon {
        flex: none;
        color: var(--tone);
        font-size: 1.75rem;
      }
      .words {
        display: grid;
        gap: var(--lk-space-2);
        min-inline-size: 0;
      }
      h2 {
        font-size: var(--lk-text-l);
      }
      .verdict {
        color: var(--tone);
        font-weight: 600;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(8rem, 14rem) minmax(0, 1fr);
        gap: var(--lk-space-2) var(--lk-space-4);
        margin: 0;
        padding-block-start: var(--lk-space-4);
        border-block-start: var(--lk-line-width) solid var(--lk-line);
      }
      dt {
        color: var(--lk-text-quiet);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      small {
        color: var(--lk-text-quiet);
        overflow-wrap: anywhere;
      }
      @media (max-width: 30rem) {
        dl {
          grid-template-columns: minmax(0, 1fr);
          gap: 0;
        }
        dd {
          margin-block-end: var(--lk-space-3);
        }
      }
      @media print {
        article {
          padding: 0;
          border: 0;
          box-shadow: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) file: CheckedFile | null = null;
  /** How bad it is, for its colors. */
  @property({ reflect: true }) tone: Tone = 'neutral';
  /** Name of the file, or where it came from. */
  @property() name = '';

  protected override willUpdate(): void {
    this.tone = this.file ? checkWords(this.file).tone : 'neutral';
  }

  override render() {
    if (!this.file) return nothing;
    const { tone, heading, verdict, proves } = checkWords(this.file);
    const facts = checkFacts(this.file);
    return html`
      <article>
        <div class="head">
          <lk-icon .name=${toneIcons[tone]}></lk-icon>
          <div class="words">
            <h2>${heading}</h2>
            <p class="verdict">${verdict}</p>
            ${proves.map(sentence => html`<p>${sentence}</p>`)}
          </div>
        </div>
        ${facts.length > 0 ? html`<dl class="number">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>` : nothing}
        ${this.name ? html`<small>${this.name}</small>` : nothing}
      </article>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-checked-file': LkCheckedFile;
  }
}
