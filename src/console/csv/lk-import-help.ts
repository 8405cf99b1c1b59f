import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { csvColumns, statedColumns } from '../../api/csv/columns.ts';
import { writeCsv } from '../../api/csv/csv.ts';
import { saveFile } from '../../ui/files/save-file.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { columnText } from './column-texts.ts';
import '../../ui/layout/lk-icon.ts';

/** Which columns a file of licenses has, and a file to begin from. */
@customElement('lk-import-help')
@localized()
export class LkImportHelp extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    css`
      summary {
        min-block-size: var(--lk-target);
        align-content: center;
        font-weight: 600;
        cursor: pointer;
      }
      .help {
        display: grid;
        gap: var(--lk-space-3);
        padding-block-start: var(--lk-space-3);
      }
      th[scope='row'] {
        white-space: nowrap;
        font-family: var(--lk-font-mono);
      }
      td {
        font-size: var(--lk-text-s);
      }
    `,
  ];

  /** Code of a product, for the row of the template. */
  @property() product = '';

  override render() {
    return html`
      <div><button type="button" @click=${this.#save}><lk-icon name="download"></lk-icon>${msg('Save a template')}</button></div>
      <details>
        <summary>${msg('Which columns there are')}</summary>
        <div class="help">
          <p>${msg('The first row names the columns, in any order; only the product is always needed. Commas, semicolons or tabs separate them; save the file as CSV UTF-8.')}</p>
          <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Columns')}>
            <table>
              <thead><tr><th scope="col">${msg('Column')}</th><th scope="col">${msg('What it says')}</th></tr></thead>
              <tbody>
                ${csvColumns.map(column => html`<tr><th scope="row">${column}</th><td>${columnText(column)}</td></tr>`)}
              </tbody>
            </table>
          </div>
          <p>${msg('Of a file that was exported these are left out:')} ${statedColumns.join(', ')}.</p>
        </div>
      </details>
    `;
  }

  #save(): void {
    const example: Partial<Record<(typeof csvColumns)[number], string>> = {
      product: this.product || 'press-studio',
      type: 'perpetual',
      customer: 'Acme Bottling',
      holder: 'Acme Bottling, line 7',
      seats: '1',
    };
    const file = writeCsv([csvColumns, csvColumns.map(column => example[column] ?? '')]);
    saveFile('licenses-template.csv', new TextEncoder().encode(file));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-import-help': LkImportHelp;
  }
}
