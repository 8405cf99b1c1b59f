import { localized, msg } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { defaultTerms, issueProblem, type LicenseTerms } from '../../api/license-terms.ts';
import { createLicenseSchema, type License } from '../../api/licenses.ts';
import type { Policy } from '../../api/policies.ts';
import { type FieldProblem, parseFields } from '../../api/problem.ts';
import type { Product } from '../../api/products.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { type Amount, amountProblem, oneLicense, planOf } from '../bulk/amount.ts';
import type { LkAmountChoice } from '../bulk/lk-amount-choice.ts';
import type { ManyLicenses } from '../bulk/lk-issue-many.ts';
import { fieldProblemOf, fieldRefused } from '../fields/field-texts.ts';
import { formStyles } from '../fields/form-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { refusalView, taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import { focusTermsProblem } from '../terms/focus-terms-problem.ts';
import { isSameTerms, termsFrom, termsOfType } from '../terms/terms-model.ts';
import type { PickedUser } from '../users/lk-user-picker.ts';
import '../bulk/lk-amount-choice.ts';
import '../bulk/lk-issue-many.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import '../terms/lk-feature-grants.ts';
import '../terms/lk-terms-form.ts';
import '../../ui/feedback/lk-notice.ts';
import '../users/lk-chosen-users.ts';
import './lk-issued.ts';
import './lk-policy-choice.ts';
import { firstKind, type LicenseKind } from './lk-kind-choice.ts';
import { allUnderKey, underKeyOf } from './under-key.ts';

/** Issues a license and shows its key. */
@customElement('lk-issue-page')
@localized()
export class LkIssuePage extends LitElement {
  static override styles = [
    baseStyles,
    formStyles,
    pageStyles,
    css`
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--lk-space-3);
      }
    `,
  ];

  /** Code of the product to begin with. */
  @property() product = '';
  /** Id of the user to begin with. */
  @property() user = '';
  /** Id of the license under whose key it is to be; empty: it gets a key of its own, or users. */
  @property({ attribute: 'bundled-with' }) bundledWith = '';
  /** Id of the policy to begin with. */
  @property() policy = '';
  @state() private policyId: string | null = null;
  @state() private kind: LicenseKind = firstKind;
  @state() private users: readonly PickedUser[] = [];
  @state() private terms: LicenseTerms = defaultTerms();
  @state() private error: unknown = null;
  @state() private isBusy = false;
  @state() private issued: License | null = null;
  @state() private amount: Amount = oneLicense;
  @state() private many: ManyLicenses | null = null;
  @state() private keyHolder: License | null = null;

  /** The terms that the form began with. */
  #start = defaultTerms();
  readonly #console = new UseConsole(this, () => this.#isTyped);
  readonly #products = new Task(this, {
    task: async () => {
      const { items } = await this.#console.api.products.list();
      if (this.user) await this.#beginWithUser();
      return this.#beginWithProduct(this.bundledWith ? await this.#beginUnderKey(items) : items);
    },
    args: () => [],
  });

  override render() {
    return html`
      <div class="page narrow">
        <lk-page-head
          heading=${this.issued ? msg('License issued') : msg('Issue license')}
          back=${addresses.licenses}
          back-label=${msg('Licenses')}
        >
          ${this.#headText()}
        </lk-page-head>
        ${this.issued ? this.#issued(this.issued) : this.many ? this.#many(this.many) : taskView(this.#products, products => this.#content(products))}
      </div>
    `;
  }

  #headText(): string {
    if (!this.issued)
      return msg('Product, type and to what it is issued stay; all else can be changed later.');
    return this.issued.users ? msg('Its users can activate it now.') : msg('Give the key to the customer.');
  }

  #issued(license: License) {
    return html`<lk-issued .license=${license} @lk-another=${() => this.#startOver()}></lk-issued>`;
  }

  #many(many: ManyLicenses) {
    return html`<lk-issue-many .many=${many} @lk-another=${() => this.#startOver()}></lk-issue-many>`;
  }

  #content(products: readonly Product[]) {
    if (products.length === 0) return this.keyHolder ? allUnderKey(this.keyHolder) : this.#noProduct();
    const problem = fieldProblemOf(this.error);
    const features = products.find(({ code }) => code === this.kind.product)?.features ?? [];
    return html`
      ${this.keyHolder ? underKeyOf(this.keyHolder) : nothing}
      <form novalidate @submit=${this.#submit} @lk-terms-change=${this.#changeTerms}>
        <lk-policy-choice
          .products=${products}
          .chosen=${this.policyId}
          first=${this.policy}
          .problem=${problem}
          @lk-policy-choose=${({ detail }: CustomEvent<Policy | null>) => this.#begin(detail)}
        ></lk-policy-choice>
        <lk-kind-choice
          .products=${products}
          .kind=${this.kind}
          .problem=${problem}
          ?under-key=${this.keyHolder !== null}
          @lk-kind-change=${(event: CustomEvent<LicenseKind>) => this.#changeKind(event.detail)}
        ></lk-kind-choice>
        ${this.kind.isForUsers ? this.#chosenUsers(problem) : nothing}
        <lk-terms-form
          .type=${this.kind.type}
          .terms=${this.terms}
          .problem=${problem}
          ?for-users=${this.kind.isForUsers}
        ></lk-terms-form>
        <lk-feature-grants .features=${features} .terms=${this.terms} .problem=${problem}></lk-feature-grants>
        ${this.kind.isForUsers || this.keyHolder ? nothing : this.#amount(problem)}
        ${this.#isNameless ? this.#namelessHint() : nothing}
        ${this.error ? refusalView(this.error) : nothing}
        <div class="actions">
          <button class="primary" ?disabled=${this.isBusy}>${this.isBusy ? msg('Issuing…') : msg('Issue license')}</button>
          <a class="button" href=${addresses.licenses}>${msg('Cancel')}</a>
        </div>
      </form>
    `;
  }

  #amount(problem: FieldProblem | null) {
    return html`
      <lk-amount-choice
        .amount=${this.amount}
        .seats=${this.terms.maxActivations}
        .problem=${problem}
        @lk-amount-change=${({ detail }: CustomEvent<Amount>) => {
          this.amount = detail;
        }}
      ></lk-amount-choice>
    `;
  }

  #chosenUsers(problem: FieldProblem | null) {
    return html`
      <lk-chosen-users
        .users=${this.users}
        .problem=${problem}
        @lk-users-chosen=${({ detail }: CustomEvent<readonly PickedUser[]>) => {
          this.users = detail;
        }}
      ></lk-chosen-users>
    `;
  }

  get #isNameless(): boolean {
    return this.terms.customer.trim() === '' && this.terms.holder.trim() === '';
  }

  #namelessHint() {
    return html`
      <lk-notice>
        ${msg('Neither customer nor holder is filled in: lists will show this license by its number, and the device will not say whom it is for.')}
      </lk-notice>
    `;
  }

  #noProduct() {
    return html`
      <lk-empty icon="package" heading=${msg('First create a product')}>
        ${msg('A license belongs to a product.')}
        <a slot="actions" class="button primary" href=${addresses.newProduct}>${msg('Create product')}</a>
      </lk-empty>
    `;
  }

  get #isTyped(): boolean {
    if (this.issued !== null || this.many !== null) return false;
    const isAnyoneAdded = this.users.some(({ id }) => id !== this.user);
    return isAnyoneAdded || !isSameTerms(this.terms, termsOfType(this.kind.type, this.#start));
  }

  #beginWithProduct(products: Product[]): Product[] {
    const wanted = this.kind.product || this.product;
    const found = products.find(({ code }) => code === wanted) ?? products[0];
    this.kind = { ...this.kind, product: found?.code ?? '' };
    return products;
  }

  async #beginWithUser(): Promise<void> {
    const { id, name } = await this.#console.api.users.read(this.user);
    this.users = [{ id, name }];
    this.kind = { ...this.kind, isForUsers: true };
  }

  /** Those that are not under the key yet. */
  async #beginUnderKey(products: Product[]): Promise<Product[]> {
    const holder = await this.#console.api.licenses.read(this.bundledWith);
    this.keyHolder = holder;
    const taken = new Set([holder, ...holder.bundled].map(({ product }) => product));
    return products.filter(({ code }) => !taken.has(code));
  }

  #startOver(): void {
    this.issued = null;
    this.many = null;
    this.amount = oneLicense;
    if (this.keyHolder) void this.#products.run();
    this.users = [];
    this.terms = termsOfType(this.kind.type, this.#start);
  }

  /** Fills in what a policy says, beside what belongs to the customer. */
  #begin(policy: Policy | null): void {
    this.policyId = policy?.id ?? null;
    if (policy) this.kind = { ...this.kind, product: policy.product, type: policy.type, trial: policy.trial };
    this.terms = this.#fitting(termsFrom(policy?.terms ?? null, this.terms));
    this.#start = this.#fitting(termsFrom(policy?.terms ?? null, defaultTerms()));
  }

  #changeKind(kind: LicenseKind): void {
    const isOtherProduct = kind.product !== this.kind.product;
    this.kind = kind;
    if (isOtherProduct) this.policyId = null;
    this.terms = this.#fitting(isOtherProduct ? { ...this.terms, features: [] } : this.terms);
  }

  /** The terms with what goes with type and key or users. */
  #fitting(terms: LicenseTerms): LicenseTerms {
    const limits = this.kind.isForUsers ? {} : { maxUsers: null, devicesPerUser: null };
    return { ...termsOfType(this.kind.type, terms), ...limits };
  }

  #changeTerms(event: CustomEvent<Partial<LicenseTerms>>): void {
    this.terms = { ...this.terms, ...event.detail };
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    this.isBusy = true;
    this.error = null;
    try {
      await this.#issue();
    } catch (error) {
      this.error = error;
      const problem = fieldProblemOf(error);
      await focusTermsProblem(this, error);
      if (problem) this.renderRoot.querySelector<LkAmountChoice>('lk-amount-choice')?.focusProblem(problem);
    }
    this.isBusy = false;
  }

  /** Issues one license, or shows how many are issued. */
  async #issue(): Promise<void> {
    const { isForUsers, ...kind } = this.kind;
    const users = isForUsers ? this.users.map(({ id }) => id) : null;
    const amount = isForUsers || this.keyHolder ? oneLicense : this.amount;
    const wrong = amountProblem(amount, this.terms);
    if (wrong) throw fieldRefused(wrong);
    const { count, maxActivations } = planOf(amount, this.terms);
    const checked = parseFields(createLicenseSchema, {
      ...kind,
      users,
      bundledWith: this.keyHolder?.id ?? null,
      policyId: this.policyId,
      terms: { ...this.terms, maxActivations },
    });
    if ('problem' in checked) throw fieldRefused(checked.problem);
    const { type, terms } = checked.fields;
    const problem = issueProblem(type, terms, Math.floor(Date.now() / 1000));
    if (problem) throw fieldRefused(problem);
    if (count > 1) {
      const { users: _, bundledWith: __, ...license } = checked.fields;
      this.many = { license, count, order: amount.order };
      return;
    }
    this.issued = await this.#console.api.licenses.issue(checked.fields);
    this.#console.announce(msg('The license is issued.'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-issue-page': LkIssuePage;
  }
}
