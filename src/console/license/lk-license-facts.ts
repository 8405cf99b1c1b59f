import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { License } from '../../api/licenses.ts';
import { formatDateTime, formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { licenseTypeText } from '../layout/state-texts.ts';
import { addresses } from '../services/routes.ts';
import '../layout/lk-copy.ts';

/** What of a license never changes, and what its devices made of it. */
@customElement('lk-license-facts')
@localized()
export class LkLicenseFacts extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      :host {
        container-type: inline-size;
      }
      .key {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--lk-space-3);
      }
      .key span {
        font-family: var(--lk-font-mono);
        font-size: clamp(0.9375rem, 4.4cqi, 1.1875rem);
        font-weight: 600;
        user-select: all;
        direction: ltr;
      }
      small {
        display: block;
        font-size: var(--lk-text-xs);
        font-weight: 600;
      }
      .key + .facts {
        padding-block-start: var(--lk-space-4);
        border-block-start: var(--lk-line-width) solid var(--lk-line);
      }
      .facts {
        font-size: var(--lk-text-s);
      }
    `,
  ];

  @property({ attribute: false }) license: License | null = null;

  override render() {
    const { license } = this;
    if (!license) return nothing;
    return html`
      <div class="panel">
        ${license.users === null ? keyOf(license) : nothing}
        <dl class="facts">
          ${fact(msg('Product'), license.productName)}
          ${fact(msg('Type'), licenseTypeText(license.type))}
          ${license.policy ? fact(msg('Policy'), policyOf(license.policy)) : nothing}
          ${license.users === null ? nothing : fact(msg('Issued to'), msg('Users, by name and password'))}
          ${license.order ? fact(msg('Order'), orderOf(license.order)) : nothing}
          ${fact(msg('Devices'), seats(license))}
          ${fact(msg('Transfers'), transfers(license))}
          ${fact(msg('Rebinds without a person'), rebinds(license))}
          ${fact(msg('Issued'), formatDateTime(license.createdAt * 1000))}
          ${fact(msg('Last change'), formatDateTime(license.updatedAt * 1000))}
        </dl>
      </div>
    `;
  }
}

function keyOf({ key }: License) {
  return html`
    <div class="key">
      <div><small>${msg('License key')}</small><span>${key}</span></div>
      <lk-copy .text=${key} label=${msg('license key')}></lk-copy>
    </div>
  `;
}

function orderOf({ id, number, reference }: NonNullable<License['order']>) {
  return html`<a href=${addresses.order(id)}>${number}</a>, ${reference}`;
}

function policyOf({ id, name }: NonNullable<License['policy']>) {
  return name === null ? msg('One that is deleted') : html`<a href=${addresses.policy(id)}>${name}</a>`;
}

function fact(name: string, value: unknown) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function seats({ activeActivations, terms }: License): string {
  const active = formatNumber(activeActivations);
  if (terms.maxActivations === null) return msg(str`${active} active, no limit`);
  return msg(str`${active} of ${formatNumber(terms.maxActivations)} active`);
}

function transfers({ transfersUsed, terms }: License): string {
  const used = formatNumber(transfersUsed);
  if (terms.maxTransfers === null) return msg(str`${used} used, no limit`);
  return msg(str`${used} of ${formatNumber(terms.maxTransfers)} used`);
}

function rebinds({ rebindsUsed, terms: { maxRebinds } }: License): string {
  if (maxRebinds === 0 && rebindsUsed === 0) return msg('None: a person decides');
  const used = formatNumber(rebindsUsed);
  if (maxRebinds === null) return msg(str`${used} used, no limit`);
  return msg(str`${used} of ${formatNumber(maxRebinds)} used`);
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-license-facts': LkLicenseFacts;
  }
}
