import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { until } from 'lit/directives/until.js';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { LicenseController } from '../license-context.ts';
import { productText } from '../texts/product-text.ts';
import { explain } from '../texts/reason-text.ts';
import { statusText } from '../texts/status-texts.ts';
import type { LicenseView } from '../views.ts';
import '../../ui/files/lk-file-row.ts';
import '../../ui/layout/lk-card.ts';

/** How each license stands, by its product, where there are several. Nothing for a single one: the status says it. */
@customElement('lk-license-list')
@localized()
export class LkLicenseList extends LitElement {
  static override styles = [
    baseStyles,
    css`
      li + li {
        border-block-start: var(--lk-line-width) solid var(--lk-line);
      }
    `,
  ];

  readonly #license = new LicenseController(this);

  override render() {
    const licenses = this.#license.manager?.licenses ?? [];
    if (licenses.length < 2) return nothing;
    return html`
      <lk-card heading=${msg('Licenses on this device')}>
        <ul>${licenses.map(license => html`<li>${row(license)}</li>`)}</ul>
      </lk-card>
    `;
  }
}

function row(license: LicenseView) {
  const { heading, tone, icon, text, reason } = statusText(license, []);
  const said = reason
    ? until(
        explain(reason).then(words => words.text),
        nothing,
      )
    : text;
  return html`
    <lk-file-row .heading=${productText(license)} .tone=${tone} .icon=${icon}>
      <span>${heading}. ${said}</span>
    </lk-file-row>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-license-list': LkLicenseList;
  }
}
