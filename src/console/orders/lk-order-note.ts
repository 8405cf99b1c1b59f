import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { editOrderSchema, type Order } from '../../api/orders.ts';
import { parseFields } from '../../api/problem.ts';
import { refusalOf } from '../../ui/texts/refusal-of.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { fieldProblemOf, fieldRefused } from '../fields/field-texts.ts';
import { noteField } from '../fields/fields.ts';
import { formStyles } from '../fields/form-styles.ts';
import { refusalView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import '../layout/lk-save-bar.ts';

/**
 * The note of an order.
 *
 * @fires lk-order-edited - It was saved, or is shown as somebody else wrote it; detail: the order.
 */
@customElement('lk-order-note')
@localized()
export class LkOrderNote extends LitElement {
  static override styles = [baseStyles, formStyles];

  @property({ attribute: false }) order: Order | null = null;
  /** What was typed; null: nothing. */
  @state() private typed: string | null = null;
  @state() private error: unknown = null;
  @state() private isBusy = false;

  readonly #console = new UseConsole(this, () => this.#isChanged);

  override render() {
    const { order } = this;
    if (!order) return nothing;
    const problem = fieldProblemOf(this.error);
    return html`
      <div class="form">
        <fieldset>
          <legend>${msg('Note')}</legend>
          ${noteField({
            name: 'note',
            label: msg('Note on this order'),
            hint: msg('Seen in this console only.'),
            value: this.typed ?? order.note,
            problem,
            onValue: note => {
              this.typed = note;
            },
          })}
        </fieldset>
        ${this.error && !problem ? this.#refusal(order) : nothing}
        ${
          this.#isChanged
            ? html`<lk-save-bar ?busy=${this.isBusy} @lk-save=${() => this.#save(order)} @lk-discard=${this.#discard}></lk-save-bar>`
            : nothing
        }
      </div>
    `;
  }

  #refusal({ id }: Order) {
    if (refusalOf(this.error).code !== 'EDIT_CONFLICT') return refusalView(this.error);
    return html`
      <lk-refusal code="EDIT_CONFLICT" tone="warn">
        <button slot="actions" type="button" @click=${() => this.#showTheirs(id)}>${msg('Show theirs')}</button>
      </lk-refusal>
    `;
  }

  get #isChanged(): boolean {
    return this.typed !== null && this.typed !== this.order?.note;
  }

  #discard(): void {
    this.typed = null;
    this.error = null;
  }

  #save({ id, version }: Order): Promise<void> {
    return this.#act(async () => {
      const checked = parseFields(editOrderSchema, { version, note: this.typed });
      if ('problem' in checked) throw fieldRefused(checked.problem);
      const order = await this.#console.api.orders.edit(id, checked.fields);
      this.#console.announce(msg('Saved.'));
      return order;
    });
  }

  #showTheirs(id: string): Promise<void> {
    return this.#act(() => this.#console.api.orders.read(id));
  }

  async #act(action: () => Promise<Order>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      const detail = await action();
      this.#discard();
      this.dispatchEvent(
        new CustomEvent<Order>('lk-order-edited', { detail, bubbles: true, composed: true }),
      );
    } catch (error) {
      this.error = error;
    }
    this.isBusy = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-order-note': LkOrderNote;
  }
  interface HTMLElementEventMap {
    'lk-order-edited': CustomEvent<Order>;
  }
}
