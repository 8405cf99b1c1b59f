import { localized, msg } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { defaultTerms, type LicenseTerms, termsProblem } from '../../api/license-terms.ts';
import { editLicenseSchema, type License } from '../../api/licenses.ts';
import { parseFields } from '../../api/problem.ts';
import type { ProductFeature } from '../../api/products.ts';
import { refusalOf } from '../../ui/texts/refusal-of.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { fieldProblemOf, fieldRefused } from '../fields/field-texts.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { refusalView, taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses, type LicenseTab } from '../services/routes.ts';
import { focusTermsProblem } from '../terms/focus-terms-problem.ts';
import { isSameTerms, mergeTerms } from '../terms/terms-model.ts';
import '../layout/lk-page-head.ts';
import '../layout/lk-save-bar.ts';
import '../preview/lk-device-preview.ts';
import '../terms/lk-feature-grants.ts';
import '../terms/lk-terms-form.ts';
import './lk-license-bundle.ts';
import './lk-license-devices.ts';
import './lk-license-facts.ts';
import './lk-license-head.ts';
import './lk-license-history.ts';
import './lk-license-usage.ts';
import './lk-license-users.ts';
import './lk-usage-history.ts';

/** One license: its terms, features, devices and history. */
@customElement('lk-license-page')
@localized()
export class LkLicensePage extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      .narrow {
        display: grid;
        gap: var(--lk-space-5);
      }
    `,
  ];

  /** Number of the license, 32 hexadecimal digits. */
  @property({ attribute: false }) licenseId = '';
  @property({ attribute: false }) tab: LicenseTab = 'details';
  @state() private license: License | null = null;
  @state() private terms: LicenseTerms = defaultTerms();
  @state() private error: unknown = null;
  @state() private isBusy = false;

  #features: readonly ProductFeature[] = [];
  readonly #console = new UseConsole(this, path => this.#isChanged && !this.#isOwn(path));
  readonly #loading = new Task(this, {
    task: async ([id]) => {
      const license = await this.#console.api.licenses.read(id);
      this.#features = (await this.#console.api.products.read(license.product)).features;
      this.#take(license);
      return true;
    },
    args: () => [this.licenseId] as const,
  });

  override render() {
    return html`
      <div class="page">
        ${this.#loading.status === TaskStatus.ERROR ? this.#head() : nothing}
        ${taskView(this.#loading, () => (this.license ? this.#content(this.license) : nothing))}
      </div>
    `;
  }

  #head() {
    return html`<lk-page-head
      heading=${msg('License')}
      back=${addresses.licenses}
      back-label=${msg('Licenses')}
    ></lk-page-head>`;
  }

  #content(license: License) {
    return html`
      <lk-license-head .license=${license} .tab=${this.tab} @lk-license-changed=${this.#reload}></lk-license-head>
      ${this.error ? this.#refusal() : nothing}
      <div @lk-terms-change=${this.#change} @lk-license-changed=${this.#reload}>${this.#panel(license)}</div>
      ${
        this.#isChanged
          ? html`
              <lk-device-preview .license=${license} .terms=${this.terms}></lk-device-preview>
              <lk-save-bar ?busy=${this.isBusy} @lk-save=${this.#save} @lk-discard=${this.#discard}></lk-save-bar>`
          : nothing
      }
    `;
  }

  #panel(license: License) {
    const problem = fieldProblemOf(this.error);
    if (this.tab === 'devices') {
      return html`<lk-license-devices .license=${license} .features=${this.#features}></lk-license-devices>`;
    }
    if (this.tab === 'usage') {
      return html`<lk-usage-history .license=${license} .features=${this.#features}></lk-usage-history>`;
    }
    if (this.tab === 'history')
      return html`<lk-license-history .licenseId=${license.id}></lk-license-history>`;
    if (this.tab === 'features') {
      return html`
        <div class="narrow" ?inert=${isDeleted(license)}>
          <lk-license-usage .license=${license} .features=${this.#features} of="features"></lk-license-usage>
          <lk-feature-grants .features=${this.#features} .terms=${this.terms} .problem=${problem}></lk-feature-grants>
        </div>
      `;
    }
    return html`
      <div class="narrow" ?inert=${isDeleted(license)}>
        <lk-license-facts .license=${license}></lk-license-facts>
        <lk-license-bundle .license=${license}></lk-license-bundle>
        ${license.users ? html`<lk-license-users .license=${license}></lk-license-users>` : nothing}
        <lk-license-usage .license=${license} .features=${this.#features} of="license"></lk-license-usage>
        <lk-terms-form
          .type=${license.type}
          .terms=${this.terms}
          .problem=${problem}
          ?for-users=${license.users !== null}
        ></lk-terms-form>
      </div>
    `;
  }

  #refusal() {
    if (refusalOf(this.error).code !== 'EDIT_CONFLICT') return refusalView(this.error);
    return html`
      <lk-refusal code="EDIT_CONFLICT" tone="warn">
        <div slot="actions" class="row">
          <button type="button" @click=${() => this.#resolve('theirs')}>${msg('Show theirs')}</button>
          <button type="button" @click=${() => this.#resolve('both')}>${msg('Put my changes over theirs')}</button>
        </div>
      </lk-refusal>
    `;
  }

  get #isChanged(): boolean {
    return this.license !== null && !isSameTerms(this.terms, this.license.terms);
  }

  #isOwn(path: string): boolean {
    const own = addresses.license(this.licenseId);
    return path === own || path.startsWith(`${own}/`);
  }

  #take(license: License): void {
    this.license = license;
    this.terms = license.terms;
    this.error = null;
  }

  #change(event: CustomEvent<Partial<LicenseTerms>>): void {
    this.terms = { ...this.terms, ...event.detail };
  }

  #discard(): void {
    if (this.license) this.#take(this.license);
  }

  /** Fetches the license anew and keeps what was typed. */
  async #reload(): Promise<void> {
    const { license, terms } = this;
    if (!license) return;
    try {
      this.license = await this.#console.api.licenses.read(license.id);
      this.terms = mergeTerms(license.terms, terms, this.license.terms);
    } catch (error) {
      this.error = error;
    }
  }

  async #resolve(what: 'theirs' | 'both'): Promise<void> {
    if (what === 'theirs') this.#discard();
    this.error = null;
    await this.#reload();
    this.#console.announce(msg('This is the newest state.'));
  }

  async #save(): Promise<void> {
    if (!this.license || this.isBusy) return;
    this.isBusy = true;
    this.error = null;
    try {
      this.#take(await this.#edit(this.license));
      this.#console.announce(msg('Saved. Devices see it with their next refresh file or report.'));
    } catch (error) {
      await this.#showRefusal(error);
    }
    this.isBusy = false;
  }

  async #edit({ id, type, version }: License): Promise<License> {
    const checked = parseFields(editLicenseSchema, { version, terms: this.terms });
    if ('problem' in checked) throw fieldRefused(checked.problem);
    const problem = termsProblem(type, checked.fields.terms);
    if (problem) throw fieldRefused(problem);
    return this.#console.api.licenses.edit(id, checked.fields);
  }

  /** A field that was refused may stand on the other tab. */
  async #showRefusal(error: unknown): Promise<void> {
    this.error = error;
    const field = fieldProblemOf(error)?.field;
    if (field) {
      const tab = field.startsWith('terms.features') ? 'features' : 'details';
      if (tab !== this.tab) await this.#console.router.go(addresses.license(this.licenseId, tab));
    }
    await focusTermsProblem(this, error);
  }
}

/** It is here to be read alone. */
function isDeleted({ state }: License): boolean {
  return state === 'deleted';
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-license-page': LkLicensePage;
  }
}
