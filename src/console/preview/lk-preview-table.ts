import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import type { SightRow } from './sight-rows.ts';

/** What a device shows as it is and afterwards; what stays the same stands once. */
@customElement('lk-preview-table')
@localized()
export class LkPreviewTable extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    css`
      th[scope='row'] {
        font-weight: 600;
        text-align: start;
      }
      td {
        white-space: normal;
      }
      .now {
        color: var(--lk-text-quiet);
      }
      .then {
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) rows: readonly SightRow[] = [];

  override render() {
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('What the device shows')}>
        <table>
          <thead>
            <tr>
              <th scope="col"><span class="visually-hidden">${msg('What')}</span></th>
              <th scope="col">${msg('As it is')}</th>
              <th scope="col">${msg('With the refresh file')}</th>
            </tr>
          </thead>
          <tbody>${this.rows.map(row)}</tbody>
        </table>
      </div>
    `;
  }
}

function row({ name, before, after }: SightRow) {
  if (before === after) return html`<tr><th scope="row">${name}</th><td colspan="2">${after}</td></tr>`;
  return html`
    <tr class="changed">
      <th scope="row">${name}</th>
      <td class="now">${before || msg('Not shown')}</td>
      <td class="then">${after || msg('Not shown')}</td>
    </tr>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-preview-table': LkPreviewTable;
  }
}
