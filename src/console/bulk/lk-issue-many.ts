import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Issued, OrderedLicense } from '../../api/orders.ts';
import { toHex } from '../../bytes/hex.ts';
import { randomBytes } from '../../crypto/platform.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import { madeOf } from './issued-keys.ts';
import type { RunEnd } from './lk-issue-run.ts';
import '../../ui/feedback/lk-notice.ts';
import './lk-issue-run.ts';
import './lk-issued-keys.ts';

/** What many licenses have in common, and how many there are to be. */
export interface ManyLicenses {
  license: Omit<OrderedLicense, 'order' | 'reference'>;
  count: number;
  /** Number of the order; empty: one is made. */
  order: string;
}

/**
 * Issues many licenses of a kind as one order, and shows their keys.
 *
 * @fires lk-another - The person wants to issue something else.
 */
@customElement('lk-issue-many')
@localized()
export class LkIssueMany extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      :host {
        display: grid;
        gap: var(--lk-space-5);
      }
    `,
  ];

  @property({ attribute: false }) many: ManyLicenses | null = null;
  @state() private licenses: readonly OrderedLicense[] = [];
  @state() private outcomes: readonly Issued[] | null = null;

  readonly #console = new UseConsole(this);

  override render() {
    if (this.licenses.length === 0) return nothing;
    if (this.outcomes) return this.#ended(this.outcomes);
    return html`
      <section class="panel">
        <h2>${msg(str`Order ${this.licenses[0]?.order ?? ''}`)}</h2>
        <lk-issue-run
          label=${msg('Issuing licenses')}
          .licenses=${this.licenses}
          @lk-run-ended=${({ detail }: CustomEvent<RunEnd>) => this.#end(detail.outcomes)}
        ></lk-issue-run>
      </section>
    `;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('many') && this.many) this.licenses = licensesOf(this.many);
  }

  #ended(outcomes: readonly Issued[]) {
    const left = this.licenses.length - outcomes.length;
    const [made, all] = [formatNumber(outcomes.length), formatNumber(this.licenses.length)];
    return html`
      ${
        left > 0
          ? html`<lk-notice tone="warn" action=${msg('Issue the rest')} @lk-action=${this.#goOn}>
              ${msg(str`Stopped: ${made} of ${all} licenses are issued.`)}
            </lk-notice>`
          : nothing
      }
      <lk-issued-keys .made=${madeOf(this.licenses, outcomes)} .refused=${refusedOf(outcomes)}></lk-issued-keys>
      <div class="row">
        <a class="button" href="${addresses.orders}?${new URLSearchParams({ q: this.licenses[0]?.order ?? '' })}">${msg('Find the order')}</a>
        <button type="button" @click=${this.#another}>${msg('Issue another')}</button>
      </div>
    `;
  }

  #end(outcomes: readonly Issued[]): void {
    this.outcomes = outcomes;
    const count = formatNumber(outcomes.length - refusedOf(outcomes));
    this.#console.announce(msg(str`${count} licenses are issued.`));
  }

  /** What was issued before is told again by its reference, and issued no second time. */
  #goOn(): void {
    this.outcomes = null;
  }

  #another(): void {
    this.dispatchEvent(new CustomEvent('lk-another', { bubbles: true, composed: true }));
  }
}

/** Each has a reference of this run alone, so that an order which is there already takes them in. */
function licensesOf({ license, count, order }: ManyLicenses): OrderedLicense[] {
  const run = toHex(randomBytes(4));
  const number = order.trim() || `${new Date().toISOString().slice(0, 10)}-${run}`;
  return Array.from({ length: count }, (_, index) => {
    return { ...license, order: number, reference: `${run}-${index + 1}` };
  });
}

function refusedOf(outcomes: readonly Issued[]): number {
  return outcomes.filter(({ outcome }) => outcome === 'refused').length;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-issue-many': LkIssueMany;
  }
}
