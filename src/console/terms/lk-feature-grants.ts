import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  defaultTerms,
  type LicenseFeature,
  type LicenseTerms,
  type Limits,
} from '../../api/license-terms.ts';
import type { FieldProblem } from '../../api/problem.ts';
import type { ProductFeature } from '../../api/products.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { dayOf, momentOf } from '../fields/dates.ts';
import { dayField, tickField } from '../fields/fields.ts';
import { focusProblem } from '../fields/focus-problem.ts';
import { formStyles } from '../fields/form-styles.ts';
import { featureTypeText } from '../layout/state-texts.ts';
import { limitFields } from './limit-fields.ts';
import { tellTerms } from './lk-terms-form.ts';
import { withFeature } from './terms-model.ts';
import '../layout/lk-badge.ts';

/**
 * Which features of the product a license grants, and how much of them.
 *
 * @fires lk-terms-change - Something was typed; detail: what changed of the terms; a number that is missing is NaN.
 */
@customElement('lk-feature-grants')
@localized()
export class LkFeatureGrants extends LitElement {
  static override styles = [
    baseStyles,
    formStyles,
    css`
      :host {
        container-type: inline-size;
      }
      fieldset {
        gap: 0;
      }
      li {
        padding-block: var(--lk-space-3);
        border-block-end: var(--lk-line-width) solid var(--lk-line);
      }
      li:last-child {
        border: 0;
        padding-block-end: 0;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--lk-space-3);
      }
      .head .tick {
        flex: 1 1 12rem;
      }
      .columns {
        grid-template-columns: repeat(auto-fill, minmax(min(12rem, 100%), 1fr));
        padding-block: var(--lk-space-2);
        padding-inline-start: calc(1.25rem + var(--lk-space-3));
      }
      code {
        font-family: var(--lk-font-mono);
        color: var(--lk-text-quiet);
        font-size: var(--lk-text-xs);
      }
    `,
  ];

  /** The product's features. */
  @property({ attribute: false }) features: readonly ProductFeature[] = [];
  @property({ attribute: false }) terms: LicenseTerms = defaultTerms();
  @property({ attribute: false }) problem: FieldProblem | null = null;

  /** Puts the focus on the refused field; false when it is not in this form. */
  focusProblem(problem: FieldProblem): boolean {
    return focusProblem(this.renderRoot, problem);
  }

  override render() {
    return html`
      <fieldset>
        <legend>${msg('Features')}</legend>
        ${
          this.features.length === 0
            ? html`<p class="quiet-text">${msg('The product has no features; the license unlocks all of it.')}</p>`
            : html`<ul>${this.features.map(feature => this.#row(feature))}</ul>`
        }
      </fieldset>
    `;
  }

  #row(feature: ProductFeature) {
    const index = this.terms.features.findIndex(each => each.code === feature.code);
    const granted = this.terms.features[index];
    return html`
      <li>
        <div class="head">
          ${tickField({
            name: `feature.${feature.code}`,
            label: feature.name,
            value: granted !== undefined,
            onValue: isGranted => this.#tell(withFeature(this.terms.features, feature, isGranted)),
          })}
          <code>${feature.code}</code>
          <lk-badge>${featureTypeText(feature.type)}</lk-badge>
        </div>
        ${granted ? this.#granted(granted, `terms.features.${index}`, feature.name) : nothing}
      </li>
    `;
  }

  #granted(granted: LicenseFeature, path: string, name: string) {
    const { code, limits, expiresAt } = granted;
    const { problem } = this;
    return html`
      <div class="columns" role="group" aria-label=${name}>
        ${dayField({
          name: `${path}.expiresAt`,
          label: msg('End of the feature'),
          hint: msg('Last day, in UTC. Empty: with the license.'),
          problem,
          value: dayOf(expiresAt),
          onValue: day => this.#change(code, () => ({ expiresAt: momentOf(day, 'end', expiresAt) })),
        })}
        ${
          limits
            ? limitFields({
                path: `${path}.limits`,
                limits,
                problem,
                hasHints: false,
                onLimits: changed => this.#changeLimits(code, changed),
              })
            : nothing
        }
      </div>
    `;
  }

  #changeLimits(code: string, changed: Partial<Limits>): void {
    this.#change(code, ({ limits }) => ({ limits: limits && { ...limits, ...changed } }));
  }

  #change(code: string, change: (feature: LicenseFeature) => Partial<LicenseFeature>): void {
    this.#tell(
      this.terms.features.map(feature =>
        feature.code === code ? { ...feature, ...change(feature) } : feature,
      ),
    );
  }

  #tell(features: LicenseFeature[]): void {
    this.terms = { ...this.terms, features };
    tellTerms(this, { features });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-feature-grants': LkFeatureGrants;
  }
}
