import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PeriodUsage } from '../../api/licenses.ts';
import type { ProductFeature } from '../../api/products.ts';
import { formatDayUtc, formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { resetPeriodText } from '../layout/state-texts.ts';
import { counterName } from './usage.ts';

/** What all devices used in each period; nothing when no counter begins anew. */
@customElement('lk-period-table')
@localized()
export class LkPeriodTable extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    css`
      summary {
        min-block-size: var(--lk-target);
        align-content: center;
        font-size: var(--lk-text-s);
        font-weight: 600;
      }
      th, td {
        padding-block: var(--lk-space-2);
        font-size: var(--lk-text-s);
      }
      .number {
        text-align: end;
      }
      td:first-child, .number {
        white-space: nowrap;
      }
    `,
  ];

  @property({ attribute: false }) periods: readonly PeriodUsage[] = [];
  /** The product's features, for their names. */
  @property({ attribute: false }) features: readonly ProductFeature[] = [];

  override render() {
    if (this.periods.length === 0) return nothing;
    return html`
      <details>
        <summary>${msg('Use by period')}</summary>
        <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Use by period')}>
          <table>
            <thead>
              <tr>
                <th scope="col">${msg('From')}</th>
                <th scope="col">${msg('Counter')}</th>
                <th scope="col" class="number">${msg('Used')}</th>
                <th scope="col" class="number">${msg('Given back')}</th>
              </tr>
            </thead>
            <tbody>${this.periods.map(period => this.#row(period))}</tbody>
          </table>
        </div>
      </details>
    `;
  }

  #row({ counter, resetPeriod, firstDay, used, givenBack }: PeriodUsage) {
    return html`
      <tr>
        <td>${formatDayUtc(firstDay * 1000)}</td>
        <td>${counterName(counter, this.features)} <small>${resetPeriodText(resetPeriod)}</small></td>
        <td class="number">${formatNumber(used)}</td>
        <td class="number">${formatNumber(givenBack)}</td>
      </tr>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-period-table': LkPeriodTable;
  }
}
