import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AuditLogEntry } from '../../api/audit.ts';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { addresses } from '../services/routes.ts';
import { actionText, changedText } from './audit-texts.ts';

/** Digits of a link that are shown: enough to tell two apart, the whole one stands in the export. */
const SHORT_LINK = 8;

/** Entries of the audit log, each with its number and the beginning of its link. */
@customElement('lk-audit-table')
@localized()
export class LkAuditTable extends LitElement {
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
      th, small {
        font-size: var(--lk-text-xs);
      }
      .line {
        display: block;
      }
      .what {
        overflow-wrap: anywhere;
      }
      .when, .link {
        white-space: nowrap;
      }
      .link {
        font-family: var(--lk-font-mono);
      }
    `,
  ];

  @property({ attribute: false }) entries: readonly AuditLogEntry[] = [];

  override render() {
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Entries')}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="end">${msg('No.')}</th>
              <th scope="col" class="wide">${msg('When')}</th>
              <th scope="col">${msg('What')}</th>
              <th scope="col" class="wide">${msg('Who')}</th>
              <th scope="col" class="wide">${msg('Link')}</th>
            </tr>
          </thead>
          <tbody>${this.entries.map(row)}</tbody>
        </table>
      </div>
    `;
  }
}

function row(entry: AuditLogEntry) {
  const when = formatDateTime(entry.at * 1000);
  const who = entry.actor === 'system' ? msg('The portal') : entry.actor;
  const link = entry.hash.slice(0, SHORT_LINK);
  return html`
    <tr>
      <td class="end">${entry.sequence}</td>
      <td class="wide when">${when}</td>
      <td class="what">
        ${actionText(entry.action)}
        <small class="line">${subjects(entry)}</small>
        ${entry.changed.length > 0 ? html`<small class="line">${changedText(entry.changed)}</small>` : nothing}
        <small class="folded">${when}</small>
        <small class="folded">${who}</small>
        <small class="folded link">${link}</small>
      </td>
      <td class="wide">${who}</td>
      <td class="wide link">${link}</td>
    </tr>
  `;
}

/** What it was done to, with links where there is a page. */
function subjects({ action, licenseId, deviceId, deviceNumber, user, product, subjectId }: AuditLogEntry) {
  const [kind] = action.split('.');
  const parts = [
    licenseId
      ? html`<a href=${addresses.license(licenseId)}>${msg('License')} ${licenseId.slice(0, 8)}</a>`
      : nothing,
    deviceId ? html`<a href=${addresses.device(deviceId)}>${deviceNumber}</a>` : nothing,
    subjectId && kind === 'order' ? html`<a href=${addresses.order(subjectId)}>${msg('Order')}</a>` : nothing,
    subjectId && kind === 'customer'
      ? html`<a href=${addresses.customer(subjectId)}>${msg('Customer')}</a>`
      : nothing,
    user ? html`<span>${user}</span>` : nothing,
    product && !licenseId ? html`<a href=${addresses.product(product)}>${product}</a>` : nothing,
  ].filter(part => part !== nothing);
  return parts.map((part, index) => (index === 0 ? part : html` · ${part}`));
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-audit-table': LkAuditTable;
  }
}
