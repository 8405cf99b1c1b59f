import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { textField } from '../fields/fields.ts';
import { formStyles } from '../fields/form-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import type { CheckedRows } from './import-file.ts';
import './lk-import-problems.ts';

/**
 * What a look at a file came to, before anything is written; and the choice to import the good rows, or none.
 *
 * @fires lk-import - The good rows are to be imported.
 * @fires lk-import-order - Rows that name no order are to go into another one; detail: its number.
 * @fires lk-import-nothing - Nothing is to be imported.
 */
@customElement('lk-import-check')
@localized()
export class LkImportCheck extends LitElement {
  static override styles = [
    baseStyles,
    formStyles,
    pageStyles,
    css`
      .order {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--lk-space-3);
      }
      .order .field {
        flex: 1 1 16rem;
      }
    `,
  ];

  /** Name of the file. */
  @property() name = '';
  @property({ attribute: false }) checked: CheckedRows = { good: [], bad: [], present: 0 };
  /** Number of the order for rows that name none. */
  @property() order = '';
  @state() private typed: string | null = null;

  override render() {
    const { good, bad, present } = this.checked;
    const count = formatNumber(good.length);
    return html`
      <section class="panel">
        <h2>${this.name}</h2>
        <dl class="facts">
          ${fact(msg('Can be imported'), good.length)}
          ${fact(msg('Cannot be imported'), bad.length)}
          ${fact(msg('Already there'), present)}
        </dl>
        ${present > 0 ? html`<p>${msg('Rows that are already there were imported before under their order and reference; they stay as they are.')}</p>` : nothing}
        <lk-import-problems .rows=${bad}></lk-import-problems>
        ${this.#order()}
        <p class="quiet-text">${msg('Nothing has been written yet.')}</p>
        <div class="row">
          <button type="button" class="primary" ?disabled=${good.length === 0 || this.#isOrderTyped} @click=${() => this.#tell('lk-import')}>
            ${bad.length > 0 ? msg(str`Import the ${count} good rows`) : msg(str`Import ${count} licenses`)}
          </button>
          <button type="button" @click=${() => this.#tell('lk-import-nothing')}>${msg('Import nothing')}</button>
        </div>
      </section>
    `;
  }

  #order() {
    return html`
      <div class="order">
        ${textField({
          name: 'order',
          label: msg('Order number for rows that name none'),
          value: this.typed ?? this.order,
          onValue: order => {
            this.typed = order;
          },
        })}
        ${this.#isOrderTyped ? html`<button type="button" @click=${this.#checkAgain}>${msg('Check again')}</button>` : nothing}
      </div>
    `;
  }

  get #isOrderTyped(): boolean {
    return this.typed !== null && this.typed.trim() !== this.order;
  }

  #checkAgain(): void {
    const detail = this.typed?.trim() ?? '';
    this.typed = null;
    this.dispatchEvent(new CustomEvent<string>('lk-import-order', { detail, bubbles: true, composed: true }));
  }

  #tell(name: 'lk-import' | 'lk-import-nothing'): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
  }
}

function fact(name: string, count: number) {
  return html`<div><dt>${name}</dt><dd>${formatNumber(count)}</dd></div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-import-check': LkImportCheck;
  }
  interface HTMLElementEventMap {
    'lk-import-order': CustomEvent<string>;
  }
}
