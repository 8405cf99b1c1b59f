import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Issued, OrderedLicense } from '../../api/orders.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { madeOf } from '../bulk/issued-keys.ts';
import { addresses } from '../services/routes.ts';
import type { CheckedRows } from './import-file.ts';
import '../../ui/feedback/lk-notice.ts';
import '../bulk/lk-issued-keys.ts';
import './lk-import-problems.ts';

/** Orders that are linked; the others are found on the page of orders. */
const mostOrders = 5;

/**
 * What an import came to.
 *
 * @fires lk-import - What was stopped is to go on.
 * @fires lk-import-nothing - Another file is to be imported.
 */
@customElement('lk-import-result')
@localized()
export class LkImportResult extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--lk-space-5);
      }
      h2 {
        margin-block-end: var(--lk-space-3);
        font-size: var(--lk-text-l);
      }
    `,
  ];

  @property({ attribute: false }) rows: CheckedRows = { good: [], bad: [], present: 0 };
  @property({ attribute: false }) licenses: readonly OrderedLicense[] = [];
  @property({ attribute: false }) outcomes: readonly Issued[] = [];

  override render() {
    const refused = this.outcomes.filter(({ outcome }) => outcome === 'refused').length;
    return html`
      ${this.outcomes.length < this.licenses.length ? this.#stopped() : nothing}
      <lk-issued-keys .made=${madeOf(this.licenses, this.outcomes)} .refused=${refused}></lk-issued-keys>
      ${this.rows.bad.length > 0 ? this.#leftOut() : nothing}
      <div class="row">
        ${this.#orders().map(order => html`<a class="button" href="${addresses.orders}?${new URLSearchParams({ q: order })}">${msg(str`Order ${order}`)}</a>`)}
        <button type="button" @click=${() => this.#tell('lk-import-nothing')}>${msg('Import another file')}</button>
      </div>
    `;
  }

  #stopped() {
    const made = formatNumber(this.outcomes.length);
    const all = formatNumber(this.licenses.length);
    return html`
      <lk-notice tone="warn" action=${msg('Import the rest')} @lk-action=${() => this.#tell('lk-import')}>
        ${msg(str`Stopped: ${made} of ${all} licenses are issued. The same file goes on from here, today or later.`)}
      </lk-notice>
    `;
  }

  #leftOut() {
    return html`
      <section>
        <h2>${msg('Rows that were left out')}</h2>
        <lk-import-problems .rows=${this.rows.bad}></lk-import-problems>
      </section>
    `;
  }

  #orders(): string[] {
    return [...new Set(this.licenses.map(({ order }) => order))].slice(0, mostOrders);
  }

  #tell(name: 'lk-import' | 'lk-import-nothing'): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-import-result': LkImportResult;
  }
}
