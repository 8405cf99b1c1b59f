import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { reasonText } from './column-texts.ts';
import type { BadRow } from './import-file.ts';

/** Rows that are shown; a file with more of them is wrong as a whole. */
const most = 200;

/** The rows of a file that cannot be imported: where, and why. */
@customElement('lk-import-problems')
@localized()
export class LkImportProblems extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    css`
      td {
        font-size: var(--lk-text-s);
        overflow-wrap: anywhere;
      }
      .nowrap {
        white-space: nowrap;
      }
      p {
        margin-block-start: var(--lk-space-3);
      }
    `,
  ];

  @property({ attribute: false }) rows: readonly BadRow[] = [];

  override render() {
    if (this.rows.length === 0) return nothing;
    const left = this.rows.length - most;
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Rows that cannot be imported')}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="end">${msg('Row')}</th>
              <th scope="col">${msg('Column')}</th>
              <th scope="col">${msg('It says')}</th>
              <th scope="col">${msg('What is wrong')}</th>
            </tr>
          </thead>
          <tbody>${this.rows.slice(0, most).map(row => this.#row(row))}</tbody>
        </table>
      </div>
      ${left > 0 ? html`<p class="quiet-text">${msg(str`And ${formatNumber(left)} more.`)}</p>` : nothing}
    `;
  }

  #row(bad: BadRow) {
    const { row, column, text } = bad;
    return html`
      <tr>
        <td class="end">${formatNumber(row)}</td>
        <td class="mono nowrap">${column}</td>
        <td>${text || html`<span class="quiet-text">${msg('nothing')}</span>`}</td>
        <td>${reasonText(bad)}</td>
      </tr>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-import-problems': LkImportProblems;
  }
}
