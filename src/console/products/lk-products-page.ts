import { localized, msg } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Product } from '../../api/products.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';

/** The products and how many licenses each has. */
@customElement('lk-products-page')
@localized()
export class LkProductsPage extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    pageStyles,
    css`
      td a {
        font-weight: 600;
      }
      td:first-child small {
        display: block;
      }
    `,
  ];

  readonly #console = new UseConsole(this);
  readonly #products = new Task(this, { task: () => this.#console.api.products.list(), args: () => [] });

  override render() {
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Products')}>
          ${msg('What you license, and the features that a license can grant.')}
          <a slot="actions" class="button primary" href=${addresses.newProduct}>${msg('Create product')}</a>
        </lk-page-head>
        ${taskView(this.#products, ({ items }) => (items.length === 0 ? this.#empty() : this.#table(items)))}
      </div>
    `;
  }

  #empty() {
    return html`
      <lk-empty icon="package" heading=${msg('No product yet')}>
        ${msg('Create the product that you license. Its code goes into every license file and never changes.')}
        <a slot="actions" class="button" href=${addresses.newProduct}>${msg('Create product')}</a>
      </lk-empty>
    `;
  }

  #table(products: readonly Product[]) {
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Products')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${msg('Product')}</th>
              <th scope="col" class="end">${msg('Features')}</th>
              <th scope="col" class="end">${msg('Licenses')}</th>
            </tr>
          </thead>
          <tbody>${products.map(product => this.#row(product))}</tbody>
        </table>
      </div>
    `;
  }

  #row({ code, name, features, licenseCount }: Product) {
    const licenses = `${addresses.licenses}?product=${code}`;
    return html`
      <tr>
        <td><a href=${addresses.product(code)}>${name}</a><small class="mono">${code}</small></td>
        <td class="end">${formatNumber(features.length)}</td>
        <td class="end">
          <a href=${licenses}>${formatNumber(licenseCount)}<span class="visually-hidden"> ${msg('licenses')}</span></a>
        </td>
      </tr>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-products-page': LkProductsPage;
  }
}
