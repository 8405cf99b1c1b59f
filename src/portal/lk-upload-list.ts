import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { baseStyles } from '../ui/theme/base-styles.ts';
import type { AnswerFile } from './round/answer-files.ts';
import type { Upload } from './round/upload.ts';
import './lk-upload-row.ts';

/** More rows than this that need nobody are folded. */
const maxOpenRows = 8;

/** Rows that are drawn at first, and with each press of the button below them. */
const rowsAtATime = 50;

/**
 * Files of a round that stand alike, a row for each. Of many only the first are drawn, so that a thousand stay quick.
 *
 * @fires lk-ask-again - Of a row.
 * @fires lk-name - Of a row.
 */
@customElement('lk-upload-list')
@localized()
export class LkUploadList extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .rows {
        overflow: hidden;
        border: var(--lk-line-width) solid var(--lk-line);
        border-radius: var(--lk-radius-l);
        background: var(--lk-surface);
        box-shadow: var(--lk-shadow-1);
      }
      .rows li + li {
        border-block-start: var(--lk-line-width) solid var(--lk-line);
      }
      section {
        display: grid;
        gap: var(--lk-space-3);
      }
      h2 {
        font-size: var(--lk-text-l);
      }
      summary {
        display: list-item;
        min-block-size: var(--lk-target);
        padding-block: var(--lk-space-2);
        border-radius: var(--lk-radius-m);
        font-size: var(--lk-text-l);
        font-weight: 650;
        cursor: pointer;
      }
      details[open] summary {
        margin-block-end: var(--lk-space-3);
      }
      .more {
        margin-block-start: var(--lk-space-3);
      }
    `,
  ];

  @property() heading = '';
  @property({ attribute: false }) uploads: readonly Upload[] = [];
  /** By the id of the upload. */
  @property({ attribute: false }) answers: ReadonlyMap<number, AnswerFile> = new Map();
  /** Whether many of them are folded: where nobody has to do anything. */
  @property({ type: Boolean }) folds = false;

  @state() private drawn = rowsAtATime;
  @state() private isOpen = false;

  override render() {
    const { length } = this.uploads;
    if (length === 0) return nothing;
    const count = length > maxOpenRows ? ` (${length})` : '';
    if (!this.folds || length <= maxOpenRows) {
      return html`<section><h2>${this.heading}${count}</h2>${this.#rows()}</section>`;
    }
    return html`
      <details @toggle=${this.#toggled}>
        <summary>${this.heading}${count}</summary>
        ${this.isOpen ? this.#rows() : nothing}
      </details>
    `;
  }

  #rows() {
    const more = Math.min(rowsAtATime, this.uploads.length - this.drawn);
    return html`
      <ul class="rows">
        ${repeat(
          this.uploads.slice(0, this.drawn),
          ({ id }) => id,
          upload => html`<li>
            <lk-upload-row .upload=${upload} .answer=${this.answers.get(upload.id) ?? null}></lk-upload-row>
          </li>`,
        )}
      </ul>
      ${
        more > 0
          ? html`<div class="more">
              <button type="button" @click=${this.#drawMore}>${msg(str`Show ${more} more`)}</button>
            </div>`
          : nothing
      }
    `;
  }

  #drawMore(): void {
    this.drawn += rowsAtATime;
  }

  #toggled({ target }: Event): void {
    if (target instanceof HTMLDetailsElement) this.isOpen = target.open;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-upload-list': LkUploadList;
  }
}
