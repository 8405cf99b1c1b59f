import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Exchange } from '../../api/exchanges.ts';
import { errorText } from '../../ui/texts/error-texts.ts';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { decisionText, exchangeKindText } from '../layout/state-texts.ts';
import { nameOf } from '../licenses/lk-license-table.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/layout/lk-icon.ts';
import '../layout/lk-badge.ts';
import './lk-exchange-files.ts';

/** Files that came in and went out, and what was decided about each. What was refused, or shows a copy, stands out. */
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
      .number {
        white-space: nowrap;
      }
      .device {
        min-inline-size: 8rem;
        overflow-wrap: anywhere;
      }
      .reason, .line {
        display: block;
      }
      .reason {
        min-inline-size: min(11rem, 30cqi);
      }
      tr.trouble {
        background: var(--lk-bad-soft);
      }
      .badges {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--lk-space-1);
      }
      .badges lk-icon {
        color: var(--lk-bad);
      }
      .bytes {
        inline-size: 1%;
      }
      @container (max-width: 34rem) {
        th, td {
          padding-inline: var(--lk-space-2);
        }
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
  /** Name of the table where a page has several; else it is just of files. */
  @property() label = '';
  /** Leaves the license out, where all files are of one. */
  @property({ type: Boolean, attribute: 'of-license' }) ofLicense = false;

  override render() {
    if (this.exchanges.length === 0) return html`<p>${msg('No file yet.')}</p>`;
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${this.label || msg('Files')}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="wide">${msg('When')}</th>
              <th scope="col">${msg('File')}</th>
              ${this.compact ? nothing : html`<th scope="col" class="wide">${msg('Device')}</th>`}
              ${this.ofLicense ? nothing : html`<th scope="col" class="wide">${msg('License')}</th>`}
              <th scope="col">${msg('Decision')}</th>
              <th scope="col" class="bytes">${msg('Bytes')}</th>
            </tr>
          </thead>
          <tbody>${this.exchanges.map(exchange => this.#row(exchange))}</tbody>
        </table>
      </div>
    `;
  }

  #row(exchange: Exchange) {
    const { at, kind, decision, code, showsCopy } = exchange;
    const when = formatDateTime(at * 1000);
    return html`
      <tr class=${decision === 'refusal' || showsCopy ? 'trouble' : ''}>
        <td class="wide when">${when}</td>
        <td>
          ${exchangeKindText(kind)}
          ${this.compact ? nothing : html`<small class="folded">${deviceLink(exchange)}</small>`}
          ${this.ofLicense ? nothing : html`<small class="folded">${licenseLink(exchange)}</small>`}
          <small class="folded">${when}</small>
        </td>
        ${this.compact ? nothing : html`<td class="wide device">${deviceLink(exchange)}<small class="line number">${numberOf(exchange)}</small></td>`}
        ${this.ofLicense ? nothing : html`<td class="wide">${licenseLink(exchange)}</td>`}
        <td>
          ${decisionBadges(exchange)}
          ${code ? html`<small class="reason">${errorText(code).text}</small>` : nothing}
        </td>
        <td class="bytes"><lk-exchange-files .exchange=${exchange}></lk-exchange-files></td>
      </tr>
    `;
  }
}

function decisionBadges({ decision, showsCopy }: Exchange) {
  const { text, tone } = decisionText(decision);
  return html`
    <span class="badges">
      ${decision === 'refusal' || showsCopy ? html`<lk-icon name="circle-alert"></lk-icon>` : nothing}
      <lk-badge .tone=${tone}>${text}</lk-badge>
      ${showsCopy ? html`<lk-badge tone="bad">${msg('Copy noticed')}</lk-badge>` : nothing}
    </span>
  `;
}

function deviceLink({ deviceId, deviceName, deviceNumber }: Exchange) {
  return html`<a href=${addresses.device(deviceId)}>${deviceName || deviceNumber}</a>`;
}

/** Where the name is told, the number too. */
function numberOf({ deviceName, deviceNumber }: Exchange): string {
  return deviceName ? deviceNumber : '';
}

function licenseLink({ license }: Exchange) {
  return html`<a href=${addresses.license(license.id)}>${nameOf(license)}</a>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-exchange-table': LkExchangeTable;
  }
}
