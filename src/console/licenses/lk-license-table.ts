import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type LicenseQuery, type LicenseSummary, licenseQuerySchema } from '../../api/licenses.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { formatDay } from '../fields/dates.ts';
import { licenseStateText, licenseTypeText } from '../layout/state-texts.ts';
import { readQuery } from '../lists/list-query.ts';
import { sortHeads } from '../lists/list-views.ts';
import { sortStyles } from '../lists/sort-styles.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/layout/lk-icon.ts';
import '../layout/lk-badge.ts';

/**
 * Licenses as rows.
 *
 * @fires lk-sort - The heading of a column was pressed; detail: the column.
 */
@customElement('lk-license-table')
@localized()
export class LkLicenseTable extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    sortStyles,
    css`
      .who small, .product small {
        display: block;
      }
      td.who {
        max-inline-size: 22rem;
        overflow-wrap: anywhere;
      }
      small {
        font-size: var(--lk-text-xs);
      }
      .who .folded {
        display: none;
      }
      @container (max-width: 52rem) {
        .created {
          display: none;
        }
      }
      @container (max-width: 42rem) {
        .product, .expires {
          display: none;
        }
        .who .folded:not(.seats) {
          display: block;
        }
        th, td {
          padding-inline: var(--lk-space-3);
        }
      }
      @container (max-width: 26rem) {
        .devices {
          display: none;
        }
        .who .folded.seats {
          display: block;
        }
      }
    `,
  ];

  @property({ attribute: false }) licenses: readonly LicenseSummary[] = [];
  /** By which column the list is sorted. */
  @property({ attribute: false }) query: LicenseQuery = readQuery(licenseQuerySchema);

  override render() {
    const head = sortHeads(this.query);
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Licenses')}>
        <table>
          <thead>
            <tr>
              ${head('customer', msg('Customer'), 'who')}
              ${head('product', msg('Product'), 'product')}
              <th scope="col">${msg('State')}</th>
              ${head('activations', msg('Devices'), 'devices end')}
              ${head('expires', msg('End'), 'expires')}
              ${head('created', msg('Issued'), 'created')}
            </tr>
          </thead>
          <tbody>${this.licenses.map(license => this.#row(license))}</tbody>
        </table>
      </div>
    `;
  }

  #row(license: LicenseSummary) {
    const { text, tone } = licenseStateText(license.state);
    const end = license.expiresAt === null ? msg('No end') : formatDay(license.expiresAt);
    return html`
      <tr>
        <td class="who">
          <a href=${addresses.license(license.id)}>${nameOf(license)}</a>
          ${license.holder && license.holder !== nameOf(license) ? html`<small>${license.holder}</small>` : nothing}
          <small class="folded">${license.productName} · ${kindOf(license)} · ${end}</small>
          <small class="folded seats">${msg(str`Devices: ${seatsOf(license)}`)}</small>
        </td>
        <td class="product nowrap">${license.productName}<small>${kindOf(license)}</small></td>
        <td><lk-badge .tone=${tone}>${text}</lk-badge></td>
        <td class="devices end nowrap">${seatsOf(license)}</td>
        <td class="expires nowrap">${end}</td>
        <td class="created nowrap">${formatDay(license.createdAt)}</td>
      </tr>
    `;
  }
}

/** What a license is called in lists: its customer, else its holder, else the start of its number. */
export function nameOf({ customer, holder, id }: { customer: string; holder: string; id: string }): string {
  return customer || holder || msg(str`License ${id.slice(0, 8)}`);
}

function kindOf({ type, trial }: LicenseSummary): string {
  return trial ? msg(str`${licenseTypeText(type)}, trial`) : licenseTypeText(type);
}

function seatsOf({ activeActivations, maxActivations }: LicenseSummary): string {
  const active = formatNumber(activeActivations);
  return maxActivations === null
    ? msg(str`${active}, no limit`)
    : msg(str`${active} of ${formatNumber(maxActivations)}`);
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-license-table': LkLicenseTable;
  }
}
