import { localized, msg, str } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { policyProblem } from '../../api/license-terms.ts';
import { type CreatePolicy, createPolicySchema, type Policy } from '../../api/policies.ts';
import { parseFields } from '../../api/problem.ts';
import type { Product } from '../../api/products.ts';
import type { LkConfirm } from '../../ui/feedback/lk-confirm.ts';
import { refusalOf } from '../../ui/texts/refusal-of.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { fieldProblemOf, fieldRefused } from '../fields/field-texts.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { refusalView, taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import { commonTerms, isSameTerms, termsFrom } from '../terms/terms-model.ts';
import { emptyPolicy, type LkPolicyForm, type PolicyDraft } from './lk-policy-form.ts';
import '../../ui/feedback/lk-confirm.ts';
import '../layout/lk-page-head.ts';
import '../layout/lk-save-bar.ts';

/** Creates a policy of a product, or edits or deletes one. */
@customElement('lk-policy-page')
@localized()
export class LkPolicyPage extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      .foot {
        justify-content: end;
      }
    `,
  ];

  /** Id of the policy; empty to create one. */
  @property({ attribute: false }) policyId = '';
  /** Code of the product of a policy to create. */
  @property() product = '';
  @state() private draft: PolicyDraft = emptyPolicy;
  @state() private error: unknown = null;
  @state() private isBusy = false;

  #policy: Policy | null = null;
  readonly #console = new UseConsole(this, () => this.#isChanged);
  readonly #loading = new Task(this, {
    task: async ([id, code]) => {
      const policy = id ? await this.#console.api.policies.read(id) : null;
      const product = await this.#console.api.products.read(policy?.product ?? code);
      this.#take(policy);
      return product;
    },
    args: () => [this.policyId, this.product] as const,
  });

  get #form(): LkPolicyForm | null {
    return this.renderRoot.querySelector<LkPolicyForm>('lk-policy-form');
  }

  get #question(): LkConfirm | null {
    return this.renderRoot.querySelector<LkConfirm>('lk-confirm');
  }

  override render() {
    return html`
      <div class="page narrow">
        ${this.#loading.status === TaskStatus.ERROR ? this.#head(undefined) : nothing}
        ${taskView(this.#loading, product => html`${this.#head(product)} ${this.#content(product)}`)}
      </div>
    `;
  }

  #head(product: Product | undefined) {
    return html`
      <lk-page-head
        .heading=${this.#policy?.name ?? msg('Create policy')}
        back=${product ? addresses.product(product.code) : addresses.products}
        back-label=${product?.name ?? msg('Products')}
      >
        ${
          this.#policy
            ? msg('What new licenses start from. Licenses that were issued from it stay as they are.')
            : msg('What new licenses start from; each can be changed before it is issued, and after.')
        }
        ${this.#policy ? useLink(this.#policy) : nothing}
      </lk-page-head>
    `;
  }

  #content(product: Product) {
    return html`
      ${this.error && !fieldProblemOf(this.error) ? this.#refusal() : nothing}
      <lk-policy-form
        .draft=${this.draft}
        .features=${product.features}
        .problem=${fieldProblemOf(this.error)}
        @lk-policy-change=${({ detail }: CustomEvent<PolicyDraft>) => {
          this.draft = detail;
        }}
      ></lk-policy-form>
      ${this.#policy ? this.#editing(this.#policy) : this.#creating(product)}
    `;
  }

  #refusal() {
    if (refusalOf(this.error).code !== 'EDIT_CONFLICT') return refusalView(this.error);
    return html`
      <lk-refusal code="EDIT_CONFLICT" tone="warn">
        <button slot="actions" type="button" @click=${() => void this.#loading.run()}>${msg('Show theirs')}</button>
      </lk-refusal>
    `;
  }

  #creating({ code }: Product) {
    return html`
      <div class="row">
        <button type="button" class="primary" ?disabled=${this.isBusy} @click=${() => this.#run(() => this.#create(code))}>
          ${msg('Create policy')}
        </button>
        <a class="button" href=${addresses.product(code)}>${msg('Cancel')}</a>
      </div>
    `;
  }

  #editing(policy: Policy) {
    return html`
      <div class="row foot">
        <button type="button" class="danger" ?disabled=${this.isBusy} @click=${() => this.#delete(policy)}>
          ${msg('Delete policy…')}
        </button>
      </div>
      ${
        this.#isChanged
          ? html`<lk-save-bar
              ?busy=${this.isBusy}
              @lk-save=${() => this.#run(() => this.#edit(policy))}
              @lk-discard=${() => this.#take(policy)}
            ></lk-save-bar>`
          : nothing
      }
      <lk-confirm heading=${msg('Delete this policy?')} confirm=${msg('Delete policy')} danger>
        <p>${msg('Nothing can be issued from it any more. Licenses that were issued from it, and their devices, go on as they are. It cannot be undone.')}</p>
      </lk-confirm>
    `;
  }

  get #isChanged(): boolean {
    return !isSameTerms(this.draft, draftOf(this.#policy));
  }

  #take(policy: Policy | null): void {
    this.#policy = policy;
    this.draft = draftOf(policy);
    this.error = null;
  }

  async #run(work: () => Promise<void>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.error = null;
    try {
      await work();
    } catch (error) {
      this.error = error;
      await this.updateComplete;
      await this.#form?.focusRefused(error);
    }
    this.isBusy = false;
  }

  async #create(product: string): Promise<void> {
    const { name } = await this.#console.api.policies.create(product, this.#checked());
    this.draft = emptyPolicy;
    this.#console.announce(msg(str`${name} is created.`));
    await this.#console.router.go(addresses.product(product));
  }

  async #edit({ id, version }: Policy): Promise<void> {
    this.#take(await this.#console.api.policies.edit(id, { version, ...this.#checked() }));
    this.#console.announce(msg('Saved. Licenses that were issued before stay as they are.'));
  }

  async #delete({ id, name, product }: Policy): Promise<void> {
    if (!(await this.#question?.ask())) return;
    await this.#run(async () => {
      await this.#console.api.policies.delete(id);
      this.#take(this.#policy);
      this.#console.announce(msg(str`${name} is deleted.`));
      await this.#console.router.go(addresses.product(product));
    });
  }

  /** @throws LatchkeyError FIELD_REFUSED */
  #checked(): CreatePolicy {
    const checked = parseFields(createPolicySchema, { ...this.draft, terms: commonTerms(this.draft.terms) });
    if ('problem' in checked) throw fieldRefused(checked.problem);
    const problem = policyProblem(checked.fields.type, checked.fields.terms);
    if (problem) throw fieldRefused(problem);
    return checked.fields;
  }
}

function draftOf(policy: Policy | null): PolicyDraft {
  if (!policy) return emptyPolicy;
  const { name, type, trial, terms } = policy;
  return { name, type, trial, terms: termsFrom(terms, emptyPolicy.terms) };
}

function useLink({ id }: Policy) {
  return html`
    <a slot="actions" class="button primary" href=${`${addresses.issue}?policy=${id}`}>${msg('Use for a new license')}</a>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-policy-page': LkPolicyPage;
  }
}
