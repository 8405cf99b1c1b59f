import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { BundledLicense, License } from '../../api/licenses.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { licenseStateText } from '../layout/state-texts.ts';
import { addresses } from '../services/routes.ts';
import '../layout/lk-badge.ts';

/** The other products under the key of a license, and the way to issue one more. */
@customElement('lk-license-bundle')
@localized()
export class LkLicenseBundle extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      h2 {
        font-size: var(--lk-text-l);
      }
      ul {
        display: grid;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--lk-space-1) var(--lk-space-3);
        min-block-size: var(--lk-target);
        padding-block: var(--lk-space-1);
      }
      li + li {
        border-block-start: var(--lk-line-width) solid var(--lk-line);
      }
      li a {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--lk-target);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) license: License | null = null;

  override render() {
    const { license } = this;
    if (!license || license.users !== null) return nothing;
    const { bundled } = license;
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('Products under this key')}</h2>
        <p class="quiet-text">${aboutText(license)}</p>
        ${bundled.length > 0 ? html`<ul>${bundled.map(each => row(each))}</ul>` : nothing}
        <div class="row">
          <a class="button" href="${addresses.issue}?with=${keyHolder(license)}">${msg('Issue another product under this key')}</a>
        </div>
      </section>
    `;
  }
}

function row({ id, productName, state, hasKey }: BundledLicense) {
  const { text, tone } = licenseStateText(state);
  return html`
    <li>
      <a href=${addresses.license(id)}>${productName}</a>
      <lk-badge .tone=${tone}>${text}</lk-badge>
      ${hasKey ? html`<small>${msg('Has the key')}</small>` : nothing}
    </li>
  `;
}

function aboutText({ bundled }: License): string {
  if (bundled.length === 0) {
    return msg(
      'One key can license several products, each with terms and seats of its own. A device that asks for no single product gets them all in one file.',
    );
  }
  const holder = bundled.find(({ hasKey }) => hasKey);
  if (holder === undefined)
    return msg('The key is of this license, and these are under it too. A device gets them in one file.');
  return msg(str`This license is under the key of ${holder.productName}. A device gets them in one file.`);
}

/** Id of the license that has the key. */
function keyHolder({ id, bundled }: License): string {
  return bundled.find(({ hasKey }) => hasKey)?.id ?? id;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-license-bundle': LkLicenseBundle;
  }
}
