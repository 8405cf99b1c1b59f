import { msg, str } from '@lit/localize';
import { html } from 'lit';
import type { CustomField } from '../../api/license-terms.ts';
import type { FieldProblem } from '../../api/problem.ts';
import { textField, tickField } from '../fields/fields.ts';
import '../../ui/layout/lk-icon.ts';

/** Changes the fields as they are when it is applied: two may be typed before the form is drawn again. */
type Edit = (fields: readonly CustomField[]) => CustomField[];

/** Fields of the vendor's own, each with its name and value, and whether the device gets it. */
export function customFields(
  fields: readonly CustomField[],
  problem: FieldProblem | null,
  onEdit: (edit: Edit) => void,
) {
  const change = (index: number, changed: Partial<CustomField>) =>
    onEdit(now => now.map((field, each) => (each === index ? { ...field, ...changed } : field)));
  return html`
    <fieldset class="custom">
      <legend>${msg('Custom fields')}</legend>
      ${
        fields.length === 0
          ? html`<p class="quiet-text">${msg('Whatever else belongs to the license: an order number, a site, a contract.')}</p>`
          : html`<ul>${fields.map((field, index) => row(field, index))}</ul>`
      }
      <button type="button" class="add" @click=${add}>${msg('Add a field')}</button>
    </fieldset>
  `;

  function row({ name, value, onDevice }: CustomField, index: number) {
    const path = `terms.fields.${index}`;
    const title = name || msg(str`Field ${index + 1}`);
    return html`
      <li>
        <div class="columns" role="group" aria-label=${title}>
        ${textField({
          name: `${path}.name`,
          label: msg('Name'),
          problem,
          value: name,
          onValue: typed => change(index, { name: typed }),
        })}
        ${textField({
          name: `${path}.value`,
          label: msg('Value'),
          problem,
          value,
          onValue: typed => change(index, { value: typed }),
        })}
        <div class="end">
          ${tickField({
            name: `${path}.onDevice`,
            label: msg('In the license file'),
            hint: msg('Else in this console only.'),
            value: onDevice,
            onValue: isTicked => change(index, { onDevice: isTicked }),
          })}
          <button type="button" class="quiet" @click=${(event: Event) => remove(event, index)}>
            ${msg('Remove')}<span class="visually-hidden">${title}</span>
          </button>
        </div>
        </div>
      </li>
    `;
  }

  function add({ currentTarget }: Event): void {
    onEdit(now => [...now, { name: '', value: '', onDevice: false }]);
    focusSoon(currentTarget, `input[name="terms.fields.${fields.length}.name"]`);
  }

  function remove({ currentTarget }: Event, index: number): void {
    onEdit(now => now.filter((_, each) => each !== index));
    focusSoon(currentTarget, 'button.add');
  }
}

/** Whoever adds a field types it next; a button that is gone leaves nobody lost. */
function focusSoon(from: EventTarget | null, selector: string): void {
  const root = from instanceof Element ? from.getRootNode() : null;
  setTimeout(() => {
    if (root instanceof ShadowRoot) root.querySelector<HTMLElement>(selector)?.focus();
  });
}
