import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type DeviceQuery, type DeviceSummary, deviceQuerySchema } from '../../api/devices.ts';
import { formatDateTime, formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { deviceStateText } from '../layout/state-texts.ts';
import { nameOf } from '../licenses/lk-license-table.ts';
import { readQuery } from '../lists/list-query.ts';
import { sortHeads } from '../lists/list-views.ts';
import { sortStyles } from '../lists/sort-styles.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/layout/lk-icon.ts';
import '../layout/lk-badge.ts';

/**
 * Devices as rows.
 *
 * @fires lk-sort - The heading of a column was pressed; detail: the column.
 */
@customElement('lk-device-table')
@localized()
export class LkDeviceTable extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    sortStyles,
    css`
      td.who {
        overflow-wrap: anywhere;
      }
      .who .number, .badges {
        display: flex;
        flex-wrap: wrap;
        gap: var(--lk-space-1);
      }
      small {
        font-size: var(--lk-text-xs);
      }
      @container (max-width: 52rem) {
        .first, .platform {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) devices: readonly DeviceSummary[] = [];
  /** By which column the list is sorted. */
  @property({ attribute: false }) query: DeviceQuery = readQuery(deviceQuerySchema);

  override render() {
    const head = sortHeads(this.query);
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Devices')}>
        <table>
          <thead>
            <tr>
              ${head('name', msg('Device'), 'who')}
              <th scope="col">${msg('State')}</th>
              <th scope="col" class="wide">${msg('License')}</th>
              ${head('platform', msg('Platform'), 'platform')}
              ${head('seen', msg('Last seen'), 'wide')}
              ${head('first-seen', msg('First seen'), 'first')}
            </tr>
          </thead>
          <tbody>${this.devices.map(device => row(device))}</tbody>
        </table>
      </div>
    `;
  }
}

function row(device: DeviceSummary) {
  const seen = formatDateTime(device.lastSeenAt * 1000);
  return html`
    <tr>
      <td class="who">
        <a href=${addresses.device(device.id)}>${device.name || msg('Device without a name')}</a>
        <small class="number">${device.number}</small>
        <small class="folded">${licensesText(device)}</small>
        <small class="folded">${seen}</small>
      </td>
      <td><span class="badges">${badges(device)}</span></td>
      <td class="wide">${licensesText(device)}</td>
      <td class="platform">${device.platform}</td>
      <td class="wide nowrap">${seen}</td>
      <td class="first nowrap">${formatDateTime(device.firstSeenAt * 1000)}</td>
    </tr>
  `;
}

function badges({ state, blocked, copiedAt }: DeviceSummary) {
  const states = [
    state,
    ...(blocked ? ['blocked' as const] : []),
    ...(copiedAt === null ? [] : ['copied' as const]),
  ];
  return states.map(each => {
    const { text, tone } = deviceStateText(each);
    return html`<lk-badge .tone=${tone}>${text}</lk-badge>`;
  });
}

function licensesText({ licenses: [first, ...others] }: DeviceSummary): string {
  if (!first) return '';
  if (others.length === 0) return nameOf(first);
  return msg(str`${nameOf(first)} and ${formatNumber(others.length)} more`);
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-device-table': LkDeviceTable;
  }
}
