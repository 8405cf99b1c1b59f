import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { FieldProblem } from '../../api/problem.ts';
import {
  type FeatureType,
  type ForkPolicy,
  featureTypes,
  forkPolicies,
  type ProductFeature,
} from '../../api/products.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { selectField, textField } from '../fields/fields.ts';
import { focusProblem } from '../fields/focus-problem.ts';
import { formStyles } from '../fields/form-styles.ts';
import { featureTypeText, forkPolicyText } from '../layout/state-texts.ts';
import '../../ui/layout/lk-icon.ts';

/** A product as it is typed. */
export interface ProductDraft {
  code: string;
  name: string;
  features: ProductFeature[];
  forkPolicy: ForkPolicy;
}

/**
 * Code, name and features of a product, and what is done about copies. Checks nothing; shows what was refused.
 *
 * @fires lk-product-change - Something was typed; detail: the new {@link ProductDraft}.
 */
@customElement('lk-product-form')
@localized()
export class LkProductForm extends LitElement {
  static override styles = [
    baseStyles,
    formStyles,
    css`
      :host {
        container-type: inline-size;
      }
      .feature {
        display: grid;
        grid-template-columns: 2fr 2fr 1.4fr auto;
        gap: var(--lk-space-3);
        align-items: start;
        padding-block-end: var(--lk-space-4);
        border-block-end: var(--lk-line-width) solid var(--lk-line);
      }
      .feature button {
        margin-block-start: 1.5rem;
        color: var(--lk-text-quiet);
      }
      @container (max-width: 38rem) {
        .feature {
          grid-template-columns: 1fr;
        }
        .feature button {
          justify-self: start;
          margin: 0;
        }
      }
      .add {
        justify-self: start;
      }
    `,
  ];

  @property({ attribute: false }) draft: ProductDraft = {
    code: '',
    name: '',
    features: [],
    forkPolicy: 'refuse-copy',
  };
  @property({ attribute: false }) problem: FieldProblem | null = null;
  /** Codes of the features that are saved; a code and a type that are saved never change. */
  @property({ attribute: false }) saved: readonly string[] = [];
  /** Whether the product is new, so that its code can be chosen. */
  @property({ type: Boolean }) fresh = false;

  /** Puts the focus on the refused field; false when it is not in this form. */
  focusProblem(problem: FieldProblem): boolean {
    return focusProblem(this.renderRoot, problem);
  }

  override render() {
    const { problem, draft } = this;
    return html`
      <div class="form">
        <fieldset>
          <legend>${msg('Product')}</legend>
          <div class="columns">
            ${textField({
              name: 'name',
              label: msg('Name'),
              hint: msg('What people read.'),
              value: draft.name,
              problem,
              onValue: name => this.#tell({ name }),
            })}
            ${textField({
              name: 'code',
              label: msg('Code'),
              hint: msg('Lower-case letters, digits, hyphens. Never changes.'),
              value: draft.code,
              problem,
              mono: true,
              disabled: !this.fresh,
              onValue: code => this.#tell({ code }),
            })}
          </div>
        </fieldset>
        <fieldset>
          <legend>${msg('Features')}</legend>
          <p class="quiet-text">
            ${msg('What a license can grant: switched on or off, or counted up to a maximum.')}
          </p>
          ${draft.features.map((feature, index) => this.#feature(feature, index))}
          <button type="button" class="add" @click=${this.#add}>
            <lk-icon name="plus"></lk-icon>${msg('Add feature')}
          </button>
        </fieldset>
        <fieldset>
          <legend>${msg('Copied devices')}</legend>
          ${selectField({
            name: 'forkPolicy',
            label: msg('When a second copy of a device is noticed'),
            hint: msg('It is shown to you in any case. Nothing is counted twice.'),
            value: draft.forkPolicy,
            problem,
            options: forkPolicies.map(policy => [policy, forkPolicyText(policy)] as const),
            onValue: policy => this.#tell({ forkPolicy: forkPolicyOf(policy) }),
          })}
        </fieldset>
      </div>
    `;
  }

  #feature(feature: ProductFeature, index: number) {
    const { problem } = this;
    const isSaved = this.saved.includes(feature.code);
    const name = feature.name || feature.code;
    return html`
      <div class="feature" role="group" aria-label=${msg(str`Feature ${index + 1}`)}>
        ${textField({
          name: `features.${index}.name`,
          label: msg('Name'),
          value: feature.name,
          problem,
          onValue: text => this.#edit(index, { name: text }),
        })}
        ${textField({
          name: `features.${index}.code`,
          label: msg('Code'),
          value: feature.code,
          problem,
          mono: true,
          disabled: isSaved,
          onValue: code => this.#edit(index, { code }),
        })}
        ${selectField({
          name: `features.${index}.type`,
          label: msg('Type'),
          value: feature.type,
          problem,
          disabled: isSaved,
          options: featureTypes.map(type => [type, featureTypeText(type)] as const),
          onValue: type => this.#edit(index, { type: featureTypeOf(type) }),
        })}
        <button type="button" class="icon-only quiet" @click=${() => this.#remove(index)}>
          <lk-icon name="trash-2" label=${msg(str`Remove ${name}`)}></lk-icon>
        </button>
      </div>
    `;
  }

  #add(): void {
    const { features } = this.draft;
    this.#tell({ features: [...features, { code: '', name: '', type: 'activation' }] });
    void this.#focusLast(features.length);
  }

  async #focusLast(index: number): Promise<void> {
    await this.updateComplete;
    this.focusProblem({ field: `features.${index}.name`, rule: 'required' });
  }

  #edit(index: number, changed: Partial<ProductFeature>): void {
    this.#tell({
      features: this.draft.features.map((each, at) => (at === index ? { ...each, ...changed } : each)),
    });
  }

  #remove(index: number): void {
    this.#tell({ features: this.draft.features.filter((_, at) => at !== index) });
  }

  #tell(changed: Partial<ProductDraft>): void {
    const detail = { ...this.draft, ...changed };
    this.draft = detail;
    this.dispatchEvent(
      new CustomEvent<ProductDraft>('lk-product-change', { detail, bubbles: true, composed: true }),
    );
  }
}

function featureTypeOf(text: string): FeatureType {
  return featureTypes.find(type => type === text) ?? 'activation';
}

function forkPolicyOf(text: string): ForkPolicy {
  return forkPolicies.find(policy => policy === text) ?? 'refuse-copy';
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-product-form': LkProductForm;
  }
  interface HTMLElementEventMap {
    'lk-product-change': CustomEvent<ProductDraft>;
  }
}
