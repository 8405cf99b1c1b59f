import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type LicenseType, licenseTypes } from '../../api/license-terms.ts';
import type { FieldProblem } from '../../api/problem.ts';
import type { Product } from '../../api/products.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { cardStyles } from '../fields/card-styles.ts';
import { selectField, tickField } from '../fields/fields.ts';
import { formStyles } from '../fields/form-styles.ts';
import { licenseTypeText } from '../layout/state-texts.ts';

/** What of a license never changes after issue. */
export interface LicenseKind {
  product: string;
  type: LicenseType;
  trial: boolean;
  /** For users, by name and password, in the place of a license key. */
  isForUsers: boolean;
}

export const firstKind: LicenseKind = { product: '', type: 'perpetual', trial: false, isForUsers: false };

/**
 * Product and type of a new license, the trial flag, and whether it is for a key or for users.
 *
 * @fires lk-kind-change - Something was chosen; detail: the new {@link LicenseKind}.
 */
@customElement('lk-kind-choice')
@localized()
export class LkKindChoice extends LitElement {
  static override styles = [
    baseStyles,
    formStyles,
    cardStyles,
    css`
      :host {
        container-type: inline-size;
      }
      .two {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
      @container (max-width: 34rem) {
        .cards {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];

  @property({ attribute: false }) products: readonly Product[] = [];
  @property({ attribute: false }) kind: LicenseKind = firstKind;
  @property({ attribute: false }) problem: FieldProblem | null = null;
  /** The license is to be under a key that there is: neither a new one nor for users. */
  @property({ type: Boolean, attribute: 'under-key' }) underKey = false;

  override render() {
    const { product, trial } = this.kind;
    return html`
      <fieldset>
        <legend>${msg('What')}</legend>
        ${selectField({
          name: 'product',
          label: msg('Product'),
          value: product,
          problem: this.problem,
          options: this.products.map(({ code, name }) => [code, name] as const),
          onValue: code => this.#tell({ product: code }),
        })}
        <fieldset class="cards">
          <legend>${msg('Type')}</legend>
          ${licenseTypes.map(type => this.#type(type))}
        </fieldset>
        ${this.underKey ? nothing : this.#owners()}
        ${tickField({
          name: 'trial',
          label: msg('Trial'),
          hint: msg('Marked as a trial on the device.'),
          value: trial,
          onValue: isTrial => this.#tell({ trial: isTrial }),
        })}
      </fieldset>
    `;
  }

  #type(type: LicenseType) {
    return html`
      <label class="card">
        <input
          type="radio"
          name="type"
          value=${type}
          .checked=${type === this.kind.type}
          @change=${() => this.#tell({ type })}
        >
        <span><strong>${licenseTypeText(type)}</strong><small>${hintOf(type)}</small></span>
      </label>
    `;
  }

  #owners() {
    return html`
      <fieldset class="cards two">
        <legend>${msg('Issued to')}</legend>
        ${this.#owner(false, msg('License key'), msg('Whoever has the key.'))}
        ${this.#owner(true, msg('Users'), msg('People, by name and password.'))}
      </fieldset>
    `;
  }

  #owner(isForUsers: boolean, text: string, hint: string) {
    return html`
      <label class="card">
        <input
          type="radio"
          name="owner"
          value=${isForUsers ? 'users' : 'key'}
          .checked=${isForUsers === this.kind.isForUsers}
          @change=${() => this.#tell({ isForUsers })}
        >
        <span><strong>${text}</strong><small>${hint}</small></span>
      </label>
    `;
  }

  #tell(changed: Partial<LicenseKind>): void {
    const detail = { ...this.kind, ...changed };
    this.kind = detail;
    this.dispatchEvent(
      new CustomEvent<LicenseKind>('lk-kind-change', { detail, bubbles: true, composed: true }),
    );
  }
}

function hintOf(type: LicenseType): string {
  const hints: Record<LicenseType, string> = {
    perpetual: msg('Has no end.'),
    'time-limited': msg('Ends on a day, then grace.'),
    subscription: msg('Paid until a day, then renewed.'),
    consumption: msg('Counts up to a maximum.'),
  };
  return hints[type];
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-kind-choice': LkKindChoice;
  }
  interface HTMLElementEventMap {
    'lk-kind-change': CustomEvent<LicenseKind>;
  }
}
