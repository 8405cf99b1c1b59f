import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Policy } from '../../api/policies.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { licenseTypeText } from '../layout/state-texts.ts';
import { taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import '../layout/lk-badge.ts';

/** The policies of a product, each with the licenses that were issued from it. */
@customElement('lk-product-policies')
@localized()
export class LkProductPolicies extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    pageStyles,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--lk-space-3);
      }
      h2 {
        font-size: var(--lk-text-l);
      }
      /* Holds what only screen readers read: else that widens the page of a phone. */
      .table-frame {
        position: relative;
      }
      td:first-child a {
        font-weight: 600;
      }
    `,
  ];

  /** Code of the product. */
  @property() product = '';

  readonly #console = new UseConsole(this);
  readonly #policies = new Task(this, {
    task: ([product]) => this.#console.api.policies.list(product),
    args: () => [this.product] as const,
  });

  override render() {
    return html`
      <div class="panel">
        <div class="head">
          <h2>${msg('Policies')}</h2>
          <a class="button" href=${addresses.newPolicy(this.product)}>${msg('Create policy')}</a>
        </div>
        <p class="quiet-text">
          ${msg('What new licenses start from. When a policy is edited, licenses that were issued from it stay as they are.')}
        </p>
        ${taskView(this.#policies, ({ items }) => (items.length === 0 ? nothing : table(items)))}
      </div>
    `;
  }
}

function table(policies: readonly Policy[]) {
  return html`
    <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Policies')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${msg('Policy')}</th>
            <th scope="col">${msg('Type')}</th>
            <th scope="col">${msg('Valid')}</th>
            <th scope="col" class="end">${msg('Licenses')}</th>
            <th scope="col"><span class="visually-hidden">${msg('Actions')}</span></th>
          </tr>
        </thead>
        <tbody>${policies.map(row)}</tbody>
      </table>
    </div>
  `;
}

function row({ id, name, type, trial, terms, licenseCount }: Policy) {
  return html`
    <tr>
      <td><a href=${addresses.policy(id)}>${name}</a></td>
      <td>${licenseTypeText(type)} ${trial ? html`<lk-badge tone="accent">${msg('Trial')}</lk-badge>` : nothing}</td>
      <td>${validText(terms.validityDays)}</td>
      <td class="end">
        <a href=${`${addresses.licenses}?policy=${id}`}>${formatNumber(licenseCount)}<span class="visually-hidden"> ${msg('licenses')}</span></a>
      </td>
      <td class="end">
        <a href=${`${addresses.issue}?policy=${id}`}>${msg('Use for a new license')}<span class="visually-hidden">: ${name}</span></a>
      </td>
    </tr>
  `;
}

function validText(days: number | null): string {
  if (days === null) return msg('Without end');
  return days === 1 ? msg('One day') : msg(str`${formatNumber(days)} days`);
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-product-policies': LkProductPolicies;
  }
}
