import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DueDevice } from '../../api/refresh.ts';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { actionText, changedText } from '../audit/audit-texts.ts';
import { nameOf } from '../licenses/lk-license-table.ts';
import { addresses } from '../services/routes.ts';
import '../layout/lk-badge.ts';

/**
 * Devices that are to get a refresh file, as rows to choose from.
 *
 * @fires lk-choose - Others are chosen; detail: the ids of all activations that are.
 */
@customElement('lk-due-table')
@localized()
export class LkDueTable extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      td {
        vertical-align: top;
        font-size: var(--lk-text-s);
        overflow-wrap: anywhere;
      }
      small {
        display: block;
        font-size: var(--lk-text-xs);
      }
      .folded {
        display: none;
      }
      @container (max-width: 34rem) {
        .folded {
          display: block;
        }
      }
      .box {
        inline-size: 1px;
        padding-block: 0;
      }
      .number {
        white-space: nowrap;
      }
    `,
  ];

  @property({ attribute: false }) devices: readonly DueDevice[] = [];
  /** Ids of activations. */
  @property({ attribute: false }) chosen: ReadonlySet<string> = new Set();

  override render() {
    const { size } = this.chosen;
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Devices')}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="box">
                <label class="choice">
                  <input
                    type="checkbox"
                    name="all"
                    aria-label=${msg('All devices on this page')}
                    .checked=${size > 0 && size === this.devices.length}
                    .indeterminate=${size > 0 && size < this.devices.length}
                    @change=${this.#chooseAll}
                  >
                </label>
              </th>
              <th scope="col">${msg('Device')}</th>
              <th scope="col" class="wide">${msg('License')}</th>
              <th scope="col">${msg('Changed')}</th>
              <th scope="col" class="wide">${msg('Newest file')}</th>
            </tr>
          </thead>
          <tbody>${this.devices.map(device => this.#row(device))}</tbody>
        </table>
      </div>
    `;
  }

  #row(device: DueDevice) {
    const { activationId, deviceName, deviceNumber, blocked, changedAt, fileAt } = device;
    const file = fileAt === null ? msg('Not known') : formatDateTime(fileAt * 1000);
    return html`
      <tr>
        <td class="box">
          <label class="choice">
            <input
              type="checkbox"
              name=${activationId}
              aria-label=${deviceName || deviceNumber}
              .checked=${this.chosen.has(activationId)}
              @change=${() => this.#choose(activationId)}
            >
          </label>
        </td>
        <td>
          ${deviceName || msg('Device without a name')}
          <small class="number mono">${deviceNumber}</small>
          ${blocked ? html`<lk-badge tone="bad">${msg('Blocked')}</lk-badge>` : nothing}
          <small class="folded">${licenseOf(device)}</small>
        </td>
        <td class="wide">${licenseOf(device)}<small>${device.productName}</small></td>
        <td>
          ${changesText(device)}
          <small>${msg(str`since ${formatDateTime(changedAt * 1000)}`)}</small>
          <small class="folded">${msg(str`Newest file: ${file}`)}</small>
        </td>
        <td class="wide">${file}</td>
      </tr>
    `;
  }

  #choose(activationId: string): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(activationId)) chosen.add(activationId);
    this.#tell(chosen);
  }

  #chooseAll({ target }: Event): void {
    if (!(target instanceof HTMLInputElement)) return;
    this.#tell(new Set(target.checked ? this.devices.map(({ activationId }) => activationId) : []));
  }

  #tell(detail: ReadonlySet<string>): void {
    this.dispatchEvent(new CustomEvent('lk-choose', { detail, bubbles: true, composed: true }));
  }
}

function licenseOf({ licenseId, customer, holder }: DueDevice) {
  const name = nameOf({ id: licenseId, customer, holder });
  return html`<a href=${addresses.license(licenseId, 'devices')}>${name}</a>`;
}

/** What was done since, each thing once: the fields of all edits, and what else happened. */
function changesText({ changes }: DueDevice): string {
  const fields = new Set(
    changes.flatMap(({ action, changed }) => (action === 'license.edit' ? changed : [])),
  );
  const others = changes.filter(({ action }) => action !== 'license.edit');
  const actions = new Set(others.map(({ action }) => actionText(action)));
  const edited = fields.size > 0 ? [msg(str`Edited: ${changedText([...fields])}`)] : [];
  return [...edited, ...actions].join('; ') || msg('See the history of the license');
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-due-table': LkDueTable;
  }
  interface HTMLElementEventMap {
    'lk-choose': CustomEvent<ReadonlySet<string>>;
  }
}
