import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { defaultTerms, type LicenseTerms, licenseTypes } from '../../api/license-terms.ts';
import type { Policy } from '../../api/policies.ts';
import type { FieldProblem } from '../../api/problem.ts';
import type { ProductFeature } from '../../api/products.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { fieldProblemOf } from '../fields/field-texts.ts';
import { selectField, textField, tickField } from '../fields/fields.ts';
import { focusProblem } from '../fields/focus-problem.ts';
import { formStyles } from '../fields/form-styles.ts';
import { licenseTypeText } from '../layout/state-texts.ts';
import { focusTermsProblem } from '../terms/focus-terms-problem.ts';
import { termsOfType } from '../terms/terms-model.ts';
import '../terms/lk-feature-grants.ts';
import '../terms/lk-terms-form.ts';

/** A policy as it is typed; of the terms it keeps what many licenses have in common. */
export interface PolicyDraft extends Pick<Policy, 'name' | 'type' | 'trial'> {
  terms: LicenseTerms;
}

export const emptyPolicy: PolicyDraft = { name: '', type: 'perpetual', trial: false, terms: defaultTerms() };

/** How long a license is valid that ends, until something else is typed. */
const usualDays = 365;

/**
 * Name, type and terms of a policy. Checks nothing; shows what was refused.
 *
 * @fires lk-policy-change - Something was typed; detail: the new {@link PolicyDraft}.
 */
@customElement('lk-policy-form')
@localized()
export class LkPolicyForm extends LitElement {
  static override styles = [
    baseStyles,
    formStyles,
    css`
      :host {
        container-type: inline-size;
      }
    `,
  ];

  @property({ attribute: false }) draft: PolicyDraft = emptyPolicy;
  /** Of the product. */
  @property({ attribute: false }) features: readonly ProductFeature[] = [];
  @property({ attribute: false }) problem: FieldProblem | null = null;

  /** Puts the focus on the field that was refused; nothing when it is about something else. */
  async focusRefused(error: unknown): Promise<void> {
    await this.updateComplete;
    const problem = fieldProblemOf(error);
    if (problem && focusProblem(this.renderRoot, problem)) return;
    await focusTermsProblem(this, error);
  }

  override render() {
    const { problem } = this;
    const { name, type, trial, terms } = this.draft;
    return html`
      <div class="form" @lk-terms-change=${this.#changeTerms}>
        <fieldset>
          <legend>${msg('Policy')}</legend>
          <div class="columns">
            ${textField({
              name: 'name',
              label: msg('Name'),
              hint: msg('What your staff choose when they issue a license.'),
              value: name,
              problem,
              onValue: value => this.#tell({ name: value }),
            })}
            ${selectField({
              name: 'type',
              label: msg('Type'),
              value: type,
              problem,
              options: licenseTypes.map(each => [each, licenseTypeText(each)] as const),
              onValue: value => this.#changeType(value),
            })}
          </div>
          ${tickField({
            name: 'trial',
            label: msg('Trial'),
            hint: msg('Marked as a trial on the device.'),
            value: trial,
            onValue: isTrial => this.#tell({ trial: isTrial }),
          })}
        </fieldset>
        <lk-terms-form of-policy for-users .type=${type} .terms=${terms} .problem=${problem}></lk-terms-form>
        <lk-feature-grants .features=${this.features} .terms=${terms} .problem=${problem}></lk-feature-grants>
      </div>
    `;
  }

  #changeType(value: string): void {
    const type = licenseTypes.find(each => each === value) ?? 'perpetual';
    const terms = termsOfType(type, this.draft.terms);
    const ends = type === 'time-limited' || type === 'subscription';
    this.#tell({ type, terms: ends ? { ...terms, validityDays: terms.validityDays ?? usualDays } : terms });
  }

  #changeTerms(event: CustomEvent<Partial<LicenseTerms>>): void {
    this.#tell({ terms: { ...this.draft.terms, ...event.detail } });
  }

  #tell(changed: Partial<PolicyDraft>): void {
    const detail = { ...this.draft, ...changed };
    this.draft = detail;
    this.dispatchEvent(
      new CustomEvent<PolicyDraft>('lk-policy-change', { detail, bubbles: true, composed: true }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-policy-form': LkPolicyForm;
  }
  interface HTMLElementEventMap {
    'lk-policy-change': CustomEvent<PolicyDraft>;
  }
}
