import { msg } from '@lit/localize';
import { html, noChange, nothing } from 'lit';
import type { FieldProblem } from '../../api/problem.ts';
import { ruleText } from './field-texts.ts';

/** What every field of a form has. */
export interface Field<Value> {
  /** Path in what is sent, by which a refusal finds the field. */
  name: string;
  label: string;
  value: Value;
  onValue: (value: Value) => void;
  hint?: string | undefined;
  problem?: FieldProblem | null | undefined;
  disabled?: boolean;
}

/** A field for one line of text. */
export function textField(
  field: Field<string> & {
    autocomplete?: AutoFill;
    type?: string;
    mono?: boolean;
    /** Texts to choose from while typing; others are taken as well. */
    suggestions?: readonly string[];
  },
) {
  const { suggestions } = field;
  return frame(field, (id, isWrong, describedBy) => {
    return html`<input
      id=${id}
      name=${field.name}
      class=${field.mono ? 'mono' : ''}
      type=${field.type ?? 'text'}
      autocomplete=${field.autocomplete ?? 'off'}
      spellcheck="false"
      aria-invalid=${isWrong}
      aria-describedby=${describedBy}
      list=${suggestions ? `${id}-suggestions` : nothing}
      ?disabled=${field.disabled ?? false}
      .value=${field.value}
      @input=${(event: Event) => field.onValue(textOf(event))}
    >${suggestions ? suggestionList(`${id}-suggestions`, suggestions) : nothing}`;
  });
}

function suggestionList(id: string, suggestions: readonly string[]) {
  return html`<datalist id=${id}>${suggestions.map(text => html`<option value=${text}></option>`)}</datalist>`;
}

/** A field for text of several lines. */
export function noteField(field: Field<string>) {
  return frame(field, (id, isWrong, describedBy) => {
    return html`<textarea
      id=${id}
      name=${field.name}
      rows="3"
      aria-invalid=${isWrong}
      aria-describedby=${describedBy}
      .value=${field.value}
      @input=${(event: Event) => field.onValue(textOf(event))}
    ></textarea>`;
  });
}

/** A field for a whole number; NaN while it is empty or no number, which the schemas refuse. */
export function countField(field: Field<number> & { min?: number }) {
  return frame(field, (id, isWrong, describedBy) => {
    return html`<input
      id=${id}
      name=${field.name}
      type="number"
      step="1"
      min=${field.min ?? 0}
      inputmode="numeric"
      aria-invalid=${isWrong}
      aria-describedby=${describedBy}
      ?disabled=${field.disabled ?? false}
      .value=${shownNumber(field.value, field.disabled)}
      @input=${(event: Event) => field.onValue(numberOf(textOf(event)))}
    >`;
  });
}

/** A field for a day in UTC, as "2027-06-30"; empty when none is set. */
export function dayField(field: Field<string>) {
  return frame(field, (id, isWrong, describedBy) => {
    return html`<input
      id=${id}
      name=${field.name}
      type="date"
      max="9999-12-31"
      aria-invalid=${isWrong}
      aria-describedby=${describedBy}
      ?disabled=${field.disabled ?? false}
      .value=${field.value}
      @change=${(event: Event) => field.onValue(textOf(event))}
    >`;
  });
}

/** A field with a fixed set of values and their texts. */
export function selectField(field: Field<string> & { options: readonly (readonly [string, string])[] }) {
  return frame(field, (id, isWrong, describedBy) => {
    return html`<select
      id=${id}
      name=${field.name}
      aria-invalid=${isWrong}
      aria-describedby=${describedBy}
      ?disabled=${field.disabled ?? false}
      @change=${(event: Event) => field.onValue(textOf(event))}
    >
      ${field.options.map(([value, text]) => html`<option value=${value} .selected=${value === field.value}>${text}</option>`)}
    </select>`;
  });
}

/** A box to tick. */
export function tickField(field: Field<boolean>) {
  const id = idOf(field.name);
  return html`
    <div class="tick">
      <label class="choice">
        <input
          type="checkbox"
          name=${field.name}
          aria-describedby=${field.hint ? `${id}-hint` : nothing}
          ?disabled=${field.disabled ?? false}
          .checked=${field.value}
          @change=${(event: Event) => field.onValue(isTicked(event))}
        >
        <span>${field.label}</span>
      </label>
      ${field.hint ? html`<small id="${id}-hint">${field.hint}</small>` : nothing}
    </div>
  `;
}

/** A whole number, or no limit at all: null. */
export function limitField(
  field: Field<number | null> & { min?: number; unlimited?: string; start: number },
) {
  const isUnlimited = field.value === null;
  return html`
    <div class="limit">
      ${countField({
        ...field,
        value: field.value ?? Number.NaN,
        disabled: isUnlimited,
        onValue: value => field.onValue(value),
      })}
      ${tickField({
        name: `${field.name}.unlimited`,
        label: field.unlimited ?? msg('Unlimited'),
        value: isUnlimited,
        onValue: isTickedNow => field.onValue(isTickedNow ? null : field.start),
      })}
    </div>
  `;
}

type AutoFill = 'off' | 'username' | 'current-password' | 'new-password';
type Control = (id: string, isWrong: 'true' | 'false', describedBy: string | typeof nothing) => unknown;

function frame(field: AnyField, control: Control) {
  const { name, label, hint, problem } = field;
  const id = idOf(name);
  const isWrong = problem?.field === name;
  const describedBy = [isWrong ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      ${control(id, isWrong ? 'true' : 'false', describedBy || nothing)}
      ${isWrong ? html`<span class="error" id="${id}-error">${ruleText(problem.rule)}</span>` : nothing}
      ${hint ? html`<small id="${id}-hint">${hint}</small>` : nothing}
    </div>
  `;
}

type AnyField = Pick<Field<unknown>, 'name' | 'label' | 'hint' | 'problem'>;

function idOf(name: string): string {
  return name.replaceAll('.', '-');
}

/** What cannot be read as a number stays in the field as it was typed. */
function shownNumber(value: number, isDisabled = false): string | typeof noChange {
  if (Number.isNaN(value)) return isDisabled ? '' : noChange;
  return String(value);
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

function textOf({ target }: Event): string {
  const isField =
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement;
  return isField ? target.value : '';
}

function isTicked({ target }: Event): boolean {
  return target instanceof HTMLInputElement && target.checked;
}
