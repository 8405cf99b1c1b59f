import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type Customer, createCustomerSchema, editCustomerSchema } from '../../api/customers.ts';
import { type FieldProblem, parseFields } from '../../api/problem.ts';
import { refusalOf } from '../../ui/texts/refusal-of.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { fieldProblemOf, fieldRefused } from '../fields/field-texts.ts';
import { type Field, noteField, textField } from '../fields/fields.ts';
import { focusProblem } from '../fields/focus-problem.ts';
import { formStyles } from '../fields/form-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { refusalView, taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import { isSameTerms } from '../terms/terms-model.ts';
import '../layout/lk-page-head.ts';
import '../layout/lk-save-bar.ts';
import '../licenses/lk-licenses-of.ts';
import '../orders/lk-orders-of.ts';

/** What of a customer is typed. */
interface Draft {
  name: string;
  email: string;
  note: string;
}

const emptyDraft: Draft = { name: '', email: '', note: '' };

/** Creates a customer, or edits one and shows their orders and licenses. */
@customElement('lk-customer-page')
@localized()
export class LkCustomerPage extends LitElement {
  static override styles = [
    baseStyles,
    formStyles,
    pageStyles,
    css`
      form {
        max-inline-size: 52rem;
      }
    `,
  ];

  /** Id of the customer, 32 hexadecimal digits; empty to create one. */
  @property({ attribute: false }) customerId = '';
  /** The query of the page's address: how its licenses are sorted. */
  @property({ attribute: false }) params = new URLSearchParams();
  @state() private customer: Customer | null = null;
  @state() private draft: Draft = emptyDraft;
  @state() private error: unknown = null;
  @state() private isBusy = false;

  readonly #console = new UseConsole(this, () => this.#isChanged);
  readonly #loading = new Task(this, {
    task: async ([id]) => {
      this.#take(id ? await this.#console.api.customers.read(id) : null);
      return true;
    },
    args: () => [this.customerId] as const,
  });

  override render() {
    const heading = this.customerId ? (this.customer?.name ?? msg('Customer')) : msg('Create customer');
    return html`
      <div class="page">
        <lk-page-head .heading=${heading} back=${addresses.customers} back-label=${msg('Customers')}>
          ${this.customer ? this.#sold(this.customer) : nothing}
        </lk-page-head>
        ${taskView(this.#loading, () => this.#content())}
      </div>
    `;
  }

  #sold({ licenses, orders }: Customer): string {
    return msg(str`Licenses: ${licenses}. Orders: ${orders}.`);
  }

  #content() {
    const { customer } = this;
    return html`
      ${this.error && !this.#problem ? this.#refusal() : nothing}
      <form novalidate @submit=${this.#submit}>
        <fieldset>
          <legend>${msg('Customer')}</legend>
          <div class="columns">
            ${textField(this.#field('name', msg('Name'), this.#nameHint()))}
            ${textField({ ...this.#field('email', msg('E-mail of the contact'), msg('May be empty.')), type: 'email' })}
          </div>
          ${noteField(this.#field('note', msg('Note'), msg('Seen in this console only.')))}
        </fieldset>
        ${customer ? this.#saveBar() : this.#createButton()}
      </form>
      ${customer ? this.#belongings(customer) : nothing}
    `;
  }

  #nameHint(): string {
    return this.customer
      ? msg('Another name is written on all licenses and orders of the customer. Devices never see it.')
      : msg('As licenses will name the customer.');
  }

  #belongings({ name }: Customer) {
    return html`
      <lk-orders-of .customer=${name}></lk-orders-of>
      <lk-licenses-of .of=${{ customer: name }} .params=${this.params}></lk-licenses-of>
    `;
  }

  #createButton() {
    return html`
      <div class="row">
        <button class="primary" ?disabled=${this.isBusy}>${this.isBusy ? msg('Creating…') : msg('Create customer')}</button>
        <a class="button" href=${addresses.customers}>${msg('Cancel')}</a>
      </div>
    `;
  }

  #saveBar() {
    if (!this.#isChanged) return nothing;
    return html`<lk-save-bar
      ?busy=${this.isBusy}
      @lk-save=${this.#save}
      @lk-discard=${() => this.#take(this.customer)}
    ></lk-save-bar>`;
  }

  #refusal() {
    if (refusalOf(this.error).code !== 'EDIT_CONFLICT') return refusalView(this.error);
    return html`
      <lk-refusal code="EDIT_CONFLICT" tone="warn">
        <button slot="actions" type="button" @click=${() => void this.#loading.run()}>${msg('Show theirs')}</button>
      </lk-refusal>
    `;
  }

  #field(name: keyof Draft, label: string, hint: string): Field<string> {
    const onValue = (value: string) => {
      this.draft = { ...this.draft, [name]: value };
    };
    return { name, label, hint, value: this.draft[name], problem: this.#problem, onValue };
  }

  get #isChanged(): boolean {
    return !isSameTerms(this.draft, this.customer ? draftOf(this.customer) : emptyDraft);
  }

  get #problem(): FieldProblem | null {
    const isTaken = this.error !== null && refusalOf(this.error).code === 'ALREADY_EXISTS';
    return isTaken ? { field: 'name', rule: 'repeated' } : fieldProblemOf(this.error);
  }

  #take(customer: Customer | null): void {
    this.customer = customer;
    this.draft = customer ? draftOf(customer) : emptyDraft;
    this.error = null;
  }

  #submit(event: Event): void {
    event.preventDefault();
    void this.#save();
  }

  async #save(): Promise<void> {
    if (this.isBusy || (this.customer && !this.#isChanged)) return;
    this.isBusy = true;
    this.error = null;
    try {
      if (this.customer) await this.#edit(this.customer);
      else await this.#create();
    } catch (error) {
      this.error = error;
      await this.updateComplete;
      if (this.#problem) focusProblem(this.renderRoot, this.#problem);
    }
    this.isBusy = false;
  }

  async #create(): Promise<void> {
    const checked = parseFields(createCustomerSchema, this.draft);
    if ('problem' in checked) throw fieldRefused(checked.problem);
    const customer = await this.#console.api.customers.create(checked.fields);
    this.draft = emptyDraft;
    this.#console.announce(msg(str`${customer.name} is created.`));
    await this.#console.router.go(addresses.customer(customer.id));
  }

  async #edit({ id, version }: Customer): Promise<void> {
    const checked = parseFields(editCustomerSchema, { version, ...this.draft });
    if ('problem' in checked) throw fieldRefused(checked.problem);
    this.#take(await this.#console.api.customers.edit(id, checked.fields));
    this.#console.announce(msg('Saved.'));
  }
}

function draftOf({ name, email, note }: Customer): Draft {
  return { name, email, note };
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-customer-page': LkCustomerPage;
  }
}
