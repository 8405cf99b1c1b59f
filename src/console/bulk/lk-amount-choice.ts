import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { FieldProblem } from '../../api/problem.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { cardStyles } from '../fields/card-styles.ts';
import { ruleText } from '../fields/field-texts.ts';
import { countField, textField } from '../fields/fields.ts';
import { focusProblem } from '../fields/focus-problem.ts';
import { formStyles } from '../fields/form-styles.ts';
import { type Amount, choiceOf, oneLicense, type Question, questionOf } from './amount.ts';

/**
 * How many licenses to issue; and whether these are licenses of their own or the seats of one.
 *
 * @fires lk-amount-change - Something was typed or chosen; detail: the new {@link Amount}.
 */
@customElement('lk-amount-choice')
@localized()
export class LkAmountChoice extends LitElement {
  static override styles = [
    baseStyles,
    formStyles,
    cardStyles,
    css`
      :host {
        container-type: inline-size;
      }
      .cards {
        --lk-card-size: 16rem;
      }
    `,
  ];

  @property({ attribute: false }) amount: Amount = oneLicense;
  /** Max activations of the license; null: unlimited. */
  @property({ attribute: false }) seats: number | null = 1;
  @property({ attribute: false }) problem: FieldProblem | null = null;

  /** Puts the focus on the refused field; false when it is not here. */
  focusProblem(problem: FieldProblem): boolean {
    return focusProblem(this.renderRoot, problem);
  }

  override render() {
    const question = questionOf(this.amount, { maxActivations: this.seats });
    return html`
      <fieldset>
        <legend>${msg('How many')}</legend>
        <div class="columns">
          ${countField({
            name: 'amount.count',
            label: msg('Licenses'),
            hint: msg('Up to 5,000 at once.'),
            min: 1,
            value: this.amount.count,
            problem: this.problem,
            onValue: count => this.#tell({ count }),
          })}
          ${question && choiceOf(this.amount) === 'each' ? this.#order() : nothing}
        </div>
        ${question ? this.#ways(question) : nothing}
      </fieldset>
    `;
  }

  #order() {
    return textField({
      name: 'amount.order',
      label: msg('Order number'),
      hint: msg('Empty: one is made. An order that is there already gets these licenses too.'),
      value: this.amount.order,
      problem: this.problem,
      onValue: order => this.#tell({ order }),
    });
  }

  #ways({ licenses, seatsEach, seatsOfOne }: Question) {
    const isWrong = this.problem?.field === 'amount.choice';
    const count = formatNumber(licenses);
    const seats = seatsOfOne === null ? msg('unlimited') : formatNumber(seatsOfOne);
    return html`
      <fieldset class="cards" aria-describedby=${isWrong ? 'choice-error' : nothing}>
        <legend>${msg(str`${count} licenses with a key each, or one license with ${seats} seats?`)}</legend>
        ${this.#way('each', msg(str`${count} licenses`), eachHint(seatsEach))}
        ${this.#way('one', msg(str`One license, ${seats} seats`), msg('One key for all devices; it ends, changes and is disabled as a whole.'))}
        ${isWrong && this.problem ? html`<span class="error" id="choice-error">${ruleText(this.problem.rule)}</span>` : nothing}
      </fieldset>
    `;
  }

  #way(choice: 'each' | 'one', text: string, hint: string) {
    return html`
      <label class="card">
        <input
          type="radio"
          name="amount.choice"
          value=${choice}
          .checked=${choice === choiceOf(this.amount)}
          @change=${() => this.#tell({ choice })}
        >
        <span><strong>${text}</strong><small>${hint}</small></span>
      </label>
    `;
  }

  #tell(changed: Partial<Amount>): void {
    const detail = { ...this.amount, ...changed };
    this.amount = detail;
    this.dispatchEvent(
      new CustomEvent<Amount>('lk-amount-change', { detail, bubbles: true, composed: true }),
    );
  }
}

function eachHint(seats: number | null): string {
  if (seats === 1) return msg('A key for each device; each is moved, changed and disabled by itself.');
  const devices = seats === null ? msg('unlimited') : formatNumber(seats);
  return msg(
    str`A key each, for so many devices: ${devices}; each is moved, changed and disabled by itself.`,
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-amount-choice': LkAmountChoice;
  }
  interface HTMLElementEventMap {
    'lk-amount-change': CustomEvent<Amount>;
  }
}
