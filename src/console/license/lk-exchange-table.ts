import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Exchange } from '../../api/devices.ts';
import { errorText } from '../../ui/texts/error-texts.ts';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { decisionText, exchangeKindText } from '../layout/state-texts.ts';
import '../layout/lk-badge.ts';

/** Files that came in and went out, and what was decided about each. */
@customElement('lk-exchange-table')
@localized()
export class LkExchangeTable extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      th, td {
        padding-block: var(--lk-space-2);
        font-size: var(--lk-text-s);
      }
      th {
        font-size: var(--lk-text-xs);
      }
      .when {
        white-space: nowrap;
      }
      small {
        font-size: var(--lk-text-xs);
      }
      .reason {
        display: block;
        min-inline-size: min(14rem, 36cqi);
      }
      p {
        color: var(--lk-text-quiet);
        font-size: var(--lk-text-s);
      }
    `,
  ];

  @property({ attribute: false }) exchanges: readonly Exchange[] = [];
  /** Leaves the device out, where all files are of one. */
  @property({ type: Boolean }) compact = false;

  override render() {
    if (this.exchanges.length === 0) return html`<p>${msg('No file yet.')}</p>`;
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Files')}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="wide">${msg('When')}</th>
              <th scope="col">${msg('File')}</th>
              ${this.compact ? nothing : html`<th scope="col" class="wide">${msg('Device')}</th>`}
              <th scope="col">${msg('Decision')}</th>
            </tr>
          </thead>
          <tbody>${this.exchanges.map(exchange => this.#row(exchange))}</tbody>
        </table>
      </div>
    `;
  }

  #row({ at, kind, decision, code, deviceName, deviceNumber }: Exchange) {
    const { text, tone } = decisionText(decision);
    const when = formatDateTime(at * 1000);
    const device = deviceName || deviceNumber;
    return html`
      <tr>
        <td class="wide when">${when}</td>
        <td>
          ${exchangeKindText(kind)}
          ${this.compact ? nothing : html`<small class="folded">${device}</small>`}
          <small class="folded">${when}</small>
        </td>
        ${this.compact ? nothing : html`<td class="wide">${device}</td>`}
        <td>
          <lk-badge .tone=${tone}>${text}</lk-badge>
          ${code ? html`<small class="reason">${errorText(code).text}</small>` : nothing}
        </td>
      </tr>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-exchange-table': LkExchangeTable;
  }
}
