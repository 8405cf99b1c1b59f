import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { consolePaths } from '../../api/paths.ts';
import { parseFields } from '../../api/problem.ts';
import { createProductSchema, editProductSchema, type Product } from '../../api/products.ts';
import { refusalOf } from '../../ui/texts/refusal-of.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { fieldProblemOf, fieldRefused } from '../fields/field-texts.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { refusalView, taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import { isSameTerms } from '../terms/terms-model.ts';
import type { LkProductForm, ProductDraft } from './lk-product-form.ts';
import '../layout/lk-page-head.ts';
import '../layout/lk-save-bar.ts';
import '../policies/lk-product-policies.ts';
import './lk-product-form.ts';

const emptyDraft: ProductDraft = { code: '', name: '', features: [], forkPolicy: 'refuse-copy' };

/** Creates a product, or edits its names and features. */
@customElement('lk-product-page')
@localized()
export class LkProductPage extends LitElement {
  static override styles = [baseStyles, pageStyles];

  /** Code of the product; empty to create one. */
  @property() code = '';
  @state() private draft: ProductDraft = emptyDraft;
  @state() private error: unknown = null;
  @state() private isBusy = false;

  #product: Product | null = null;
  readonly #console = new UseConsole(this, () => this.#isChanged);
  readonly #loading = new Task(this, {
    task: async ([code]) => {
      this.#take(code ? await this.#console.api.products.read(code) : null);
      return true;
    },
    args: () => [this.code] as const,
  });

  get #form(): LkProductForm | null {
    return this.renderRoot.querySelector<LkProductForm>('lk-product-form');
  }

  override render() {
    const heading = this.code ? (this.#product?.name ?? this.code) : msg('Create product');
    return html`
      <div class="page narrow">
        <lk-page-head .heading=${heading} back=${addresses.products} back-label=${msg('Products')}>
          ${this.code ? msg('Names can be changed at any time; codes and types stay.') : msg('It can be licensed at once.')}
          ${this.code ? this.#profileLink() : nothing}
        </lk-page-head>
        ${taskView(this.#loading, () => this.#content())}
      </div>
    `;
  }

  /** What the vendor's own web app needs at its origin to be a device of this product. */
  #profileLink() {
    const address = `${consolePaths.profile}?${new URLSearchParams({ product: this.code })}`;
    return html`<a slot="actions" class="button" href=${address} download="profile">${msg('Download profile')}</a>`;
  }

  #content() {
    return html`
      ${this.error && !this.#isShownAtField ? this.#refusal() : nothing}
      <lk-product-form
        .draft=${this.draft}
        .problem=${fieldProblemOf(this.error)}
        .saved=${this.#product?.features.map(feature => feature.code) ?? []}
        ?fresh=${!this.code}
        @lk-product-change=${(event: CustomEvent<ProductDraft>) => {
          this.draft = event.detail;
        }}
      ></lk-product-form>
      ${this.code ? html`<lk-product-policies product=${this.code}></lk-product-policies>` : nothing}
      ${this.code ? this.#saveBar() : this.#createButton()}
    `;
  }

  #refusal() {
    const isConflict = refusalOf(this.error).code === 'EDIT_CONFLICT';
    return isConflict
      ? html`<lk-refusal code="EDIT_CONFLICT" tone="warn">
          <button slot="actions" type="button" @click=${() => void this.#loading.run()}>${msg('Show theirs')}</button>
        </lk-refusal>`
      : refusalView(this.error);
  }

  #createButton() {
    return html`
      <div class="row">
        <button type="button" class="primary" ?disabled=${this.isBusy} @click=${this.#save}>${msg('Create product')}</button>
        <a class="button" href=${addresses.products}>${msg('Cancel')}</a>
      </div>
    `;
  }

  #saveBar() {
    if (!this.#isChanged) return nothing;
    return html`<lk-save-bar ?busy=${this.isBusy} @lk-save=${this.#save} @lk-discard=${() => this.#take(this.#product)}></lk-save-bar>`;
  }

  get #isChanged(): boolean {
    return !isSameTerms(this.draft, this.#product ? draftOf(this.#product) : emptyDraft);
  }

  get #isShownAtField(): boolean {
    const field = fieldProblemOf(this.error)?.field ?? '';
    return /^(code|name|forkPolicy|features\.\d+\.(code|name|type))$/.test(field);
  }

  #take(product: Product | null): void {
    this.#product = product;
    this.draft = product ? draftOf(product) : emptyDraft;
    this.error = null;
  }

  async #save(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.error = null;
    try {
      if (this.#product) await this.#edit(this.#product);
      else await this.#create();
    } catch (error) {
      this.error = error;
      await this.#focusRefused();
    }
    this.isBusy = false;
  }

  async #create(): Promise<void> {
    const checked = parseFields(createProductSchema, this.draft);
    if ('problem' in checked) throw fieldRefused(checked.problem);
    this.#take(await this.#console.api.products.create(checked.fields));
    this.#console.announce(msg(str`${this.draft.name} is created.`));
    await this.#console.router.go(addresses.products);
  }

  async #edit({ code, version }: Product): Promise<void> {
    const { name, features, forkPolicy } = this.draft;
    const checked = parseFields(editProductSchema, { version, name, features, forkPolicy });
    if ('problem' in checked) throw fieldRefused(checked.problem);
    this.#take(await this.#console.api.products.edit(code, checked.fields));
    this.#console.announce(msg('Saved.'));
  }

  async #focusRefused(): Promise<void> {
    await this.updateComplete;
    await this.#form?.updateComplete;
    const problem = fieldProblemOf(this.error);
    if (problem) this.#form?.focusProblem(problem);
  }
}

function draftOf({ code, name, features, forkPolicy }: Product): ProductDraft {
  return { code, name, features, forkPolicy };
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-product-page': LkProductPage;
  }
}
