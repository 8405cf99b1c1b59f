import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Policy } from '../../api/policies.ts';
import type { FieldProblem } from '../../api/problem.ts';
import type { Product } from '../../api/products.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { selectField } from '../fields/fields.ts';
import { formStyles } from '../fields/form-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';

/**
 * The policy that a new license starts from. Nothing is shown while there is none to choose.
 *
 * @fires lk-policy-choose - One was chosen, or the one to begin with is there; detail: the {@link Policy}, or null for none.
 */
@customElement('lk-policy-choice')
@localized()
export class LkPolicyChoice extends LitElement {
  static override styles = [baseStyles, formStyles];

  /** Those that can be chosen; policies of others are not shown. */
  @property({ attribute: false }) products: readonly Product[] = [];
  /** Id of the one that is chosen; null for none. */
  @property({ attribute: false }) chosen: string | null = null;
  /** Id of the one to begin with. */
  @property() first = '';
  @property({ attribute: false }) problem: FieldProblem | null = null;

  readonly #console = new UseConsole(this);
  readonly #policies = new Task(this, {
    task: async () => (await this.#console.api.policies.list()).items,
    args: () => [],
    onComplete: policies => this.#begin(policies),
  });

  override render() {
    return taskView(this.#policies, all => {
      const policies = all.filter(({ product }) => this.products.some(({ code }) => code === product));
      return policies.length === 0 ? nothing : this.#choice(policies);
    });
  }

  #choice(policies: readonly Policy[]) {
    return html`
      <fieldset>
        <legend>${msg('From a policy')}</legend>
        ${selectField({
          name: 'policyId',
          label: msg('Policy'),
          hint: msg('Fills in type, terms and features; all of them can be changed below.'),
          value: this.chosen ?? '',
          problem: this.problem,
          options: [
            ['', msg('No policy')],
            ...policies.map(policy => [policy.id, this.#textOf(policy)] as const),
          ],
          onValue: id => this.#tell(policies.find(policy => policy.id === id) ?? null),
        })}
      </fieldset>
    `;
  }

  #textOf({ name, product }: Policy): string {
    const [only, ...others] = this.products;
    if (only && others.length === 0) return name;
    const productName = this.products.find(({ code }) => code === product)?.name ?? product;
    return msg(str`${productName}: ${name}`);
  }

  #begin(policies: readonly Policy[]): void {
    const first = policies.find(({ id }) => id === this.first);
    if (first) this.#tell(first);
  }

  #tell(detail: Policy | null): void {
    this.chosen = detail?.id ?? null;
    this.dispatchEvent(
      new CustomEvent<Policy | null>('lk-policy-choose', { detail, bubbles: true, composed: true }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-policy-choice': LkPolicyChoice;
  }
  interface HTMLElementEventMap {
    'lk-policy-choose': CustomEvent<Policy | null>;
  }
}
