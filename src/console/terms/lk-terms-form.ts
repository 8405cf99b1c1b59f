import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  defaultTerms,
  type LicenseTerms,
  type LicenseType,
  type Limits,
  type ReportWithin,
} from '../../api/license-terms.ts';
import type { FieldProblem } from '../../api/problem.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { CustomerNames } from '../customers/customer-names.ts';
import { dayOf, momentOf } from '../fields/dates.ts';
import {
  countField,
  dayField,
  type Field,
  limitField,
  noteField,
  textField,
  tickField,
} from '../fields/fields.ts';
import { focusProblem } from '../fields/focus-problem.ts';
import { formStyles } from '../fields/form-styles.ts';
import { customFields } from './custom-fields.ts';
import { limitFields } from './limit-fields.ts';
import { hasPeriods, periodFields } from './period-fields.ts';
import { rebindFields } from './rebind-fields.ts';

/**
 * The terms of a license besides its features. Checks nothing; shows what was refused.
 *
 * @fires lk-terms-change - Something was typed; detail: what changed of the terms; a number that is missing is NaN.
 */
@customElement('lk-terms-form')
@localized()
export class LkTermsForm extends LitElement {
  static override styles = [
    baseStyles,
    formStyles,
    css`
      :host {
        container-type: inline-size;
      }
      .custom li {
        padding-block: var(--lk-space-3);
        border-block-end: var(--lk-line-width) solid var(--lk-line);
      }
      .custom .end {
        display: grid;
        gap: var(--lk-space-2);
        justify-items: start;
      }
      .add {
        justify-self: start;
      }
    `,
  ];

  @property({ attribute: false }) type: LicenseType = 'perpetual';
  @property({ attribute: false }) terms: LicenseTerms = defaultTerms();
  @property({ attribute: false }) problem: FieldProblem | null = null;
  /** Whether the license is for users, not for a key. */
  @property({ type: Boolean, attribute: 'for-users' }) isForUsers = false;
  /** Whether they are the terms of a policy: nothing that belongs to one customer, and no day of its end. */
  @property({ type: Boolean, attribute: 'of-policy' }) isOfPolicy = false;

  readonly #customers = new CustomerNames(this);

  /** Puts the focus on the refused field; false when it is not in this form. */
  focusProblem(problem: FieldProblem): boolean {
    return focusProblem(this.renderRoot, problem);
  }

  override render() {
    return html`
      <div class="form">
        ${this.isOfPolicy ? nothing : this.#people()} ${this.#validity()} ${this.type === 'consumption' ? this.#consumption() : nothing}
        ${hasPeriods(this.terms) ? periodFields(this.terms, this.problem, changed => this.#change(changed)) : nothing}
        ${this.#devices()}
        ${customFields(this.terms.fields, this.problem, edit => this.#change({ fields: edit(this.terms.fields) }))}
      </div>
    `;
  }

  #people() {
    return html`
      <fieldset>
        <legend>${msg('For whom')}</legend>
        <div class="columns">
          ${textField(this.#customer())}
          ${textField(this.#field('holder', msg('Holder'), msg('Shown on the device as “licensed to”; up to 64 letters.')))}
        </div>
        ${noteField(this.#field('note', msg('Note'), msg('Seen in this console only.')))}
      </fieldset>
    `;
  }

  #customer() {
    const field = this.#field('customer', msg('Customer'), msg('Seen in this console only.'));
    const onValue = (name: string) => {
      this.#customers.typed(name);
      field.onValue(name);
    };
    return { ...field, suggestions: this.#customers.names, onValue };
  }

  #validity() {
    const { startsAt, expiresAt, maintenanceUntil } = this.terms;
    const days = {
      start: {
        ...this.#field('startsAt', msg('Start'), msg('First day, in UTC. Empty: at once.')),
        value: dayOf(startsAt),
        onValue: (day: string) => this.#change({ startsAt: momentOf(day, 'start', startsAt) }),
      },
      end: {
        ...this.#field('expiresAt', msg('End'), this.#endHint()),
        value: dayOf(expiresAt),
        onValue: (day: string) => this.#change({ expiresAt: momentOf(day, 'end', expiresAt) }),
      },
      maintenance: {
        ...this.#field(
          'maintenanceUntil',
          msg('Updates until'),
          msg('Versions of the app released after this day, in UTC, do not work. Empty: all work.'),
        ),
        value: dayOf(maintenanceUntil),
        onValue: (day: string) => this.#change({ maintenanceUntil: momentOf(day, 'end', maintenanceUntil) }),
      },
    };
    const grace = this.#field(
      'graceHours',
      msg('Grace, in hours'),
      msg('How long it still works after the end.'),
    );
    const validity = {
      ...this.#field('validityDays', this.#daysLabel(), msg('The end is written then.')),
      min: 1,
      start: 30,
      unlimited: this.isOfPolicy ? msg('No end') : msg('By the day alone'),
    };
    return html`
      <fieldset>
        <legend>${msg('Validity')}</legend>
        <div class="columns">
          ${this.isOfPolicy ? nothing : dayField(days.start)}
          ${this.type === 'perpetual' || this.isOfPolicy ? nothing : dayField(days.end)}
          ${this.type === 'perpetual' ? nothing : html`${limitField(validity)} ${countField(grace)}`}
          ${dayField(days.maintenance)}
        </div>
      </fieldset>
    `;
  }

  #daysLabel(): string {
    return this.isOfPolicy ? msg('Days from the first activation') : msg('Or days from the first activation');
  }

  #endHint(): string {
    if (this.type === 'subscription') return msg('Last day that is paid for, in UTC.');
    return this.type === 'consumption' ? msg('Last day, in UTC. Empty: no end.') : msg('Last day, in UTC.');
  }

  #consumption() {
    const { limits } = this.terms;
    if (!limits) return nothing;
    return html`
      <fieldset>
        <legend>${msg('Consumption')}</legend>
        <div class="columns">
          ${limitFields({
            path: 'terms.limits',
            limits,
            problem: this.problem,
            hasHints: true,
            onLimits: changed => this.#changeLimits(changed),
          })}
        </div>
      </fieldset>
    `;
  }

  #devices() {
    const transfers = msg('Moves to another device; 0 is none.');
    return html`
      <fieldset>
        <legend>${msg('Devices')}</legend>
        <div class="columns">
          ${limitField({
            ...this.#field('maxActivations', msg('Max activations'), msg('Devices at one time.')),
            min: 1,
            start: 1,
          })}
          ${limitField({ ...this.#field('maxTransfers', msg('Max transfers'), transfers), start: 0 })}
        </div>
        ${this.isForUsers ? this.#perUser() : nothing}
        ${rebindFields(this.terms, this.problem, changed => this.#change(changed))}
        ${this.#reports()}
        <div class="columns">
          ${tickField(
            this.#field('allowOffline', msg('Allow offline activation'), msg('By files carried by hand.')),
          )}
          ${tickField(
            this.#field('preventVm', msg('Prevent virtual machines'), msg('A hint: it can be evaded.')),
          )}
        </div>
      </fieldset>
    `;
  }

  #perUser() {
    const most = msg('How many users the license may have.');
    return html`
      <div class="columns">
        ${limitField({ ...this.#field('maxUsers', msg('Max users'), most), min: 1, start: 1 })}
        ${limitField({
          ...this.#field('devicesPerUser', msg('Devices per user'), msg('Of each user at one time.')),
          min: 1,
          start: 1,
        })}
      </div>
    `;
  }

  #reports() {
    const { reportWithin } = this.terms;
    const late = msg('How long it still works without the report.');
    return html`
      <div class="columns">
        ${limitField({
          ...this.#labels(
            'reportWithin.days',
            msg('Report every so many days'),
            msg('Else the license locks.'),
          ),
          value: reportWithin?.days ?? null,
          min: 1,
          start: 90,
          unlimited: msg('No reports needed'),
          onValue: days => this.#changeReports(days === null ? null : { days }),
        })}
        ${
          reportWithin
            ? countField({
                ...this.#labels('reportWithin.graceDays', msg('Days it may be late'), late),
                value: reportWithin.graceDays,
                onValue: graceDays => this.#changeReports({ graceDays }),
              })
            : nothing
        }
      </div>
    `;
  }

  #labels(name: string, label: string, hint: string) {
    return { name: `terms.${name}`, label, hint, problem: this.problem };
  }

  #field<Name extends keyof LicenseTerms>(
    name: Name,
    label: string,
    hint: string,
  ): Field<LicenseTerms[Name]> {
    const onValue = (value: LicenseTerms[Name]) => this.#change({ [name]: value });
    return { ...this.#labels(name, label, hint), value: this.terms[name], onValue };
  }

  #changeReports(changed: Partial<ReportWithin> | null): void {
    const { reportWithin } = this.terms;
    const start = { days: 90, graceDays: 14 };
    this.#change({ reportWithin: changed && { ...start, ...reportWithin, ...changed } });
  }

  #changeLimits(changed: Partial<Limits>): void {
    const { limits } = this.terms;
    if (limits) this.#change({ limits: { ...limits, ...changed } });
  }

  #change(changed: Partial<LicenseTerms>): void {
    this.terms = { ...this.terms, ...changed };
    tellTerms(this, changed);
  }
}

/** Tells the page what changed of the terms. */
export function tellTerms(from: Element, detail: Partial<LicenseTerms>): void {
  from.dispatchEvent(
    new CustomEvent<Partial<LicenseTerms>>('lk-terms-change', { detail, bubbles: true, composed: true }),
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-terms-form': LkTermsForm;
  }
  interface HTMLElementEventMap {
    'lk-terms-change': CustomEvent<Partial<LicenseTerms>>;
  }
}
