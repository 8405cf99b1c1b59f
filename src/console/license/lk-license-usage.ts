import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { License, PeriodUsage } from '../../api/licenses.ts';
import type { ProductFeature } from '../../api/products.ts';
import { formatDateTime, formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { refusalView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { type Usage, usageOf } from './usage.ts';
import '../../ui/feedback/lk-bar.ts';
import '../../ui/feedback/lk-confirm.ts';
import './lk-period-table.ts';

/**
 * What all devices reported of the license's counters, and a button that sets one back; nothing when there are none.
 *
 * @fires lk-license-changed - A counter was set back.
 */
@customElement('lk-license-usage')
@localized()
export class LkLicenseUsage extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      :host {
        container-type: inline-size;
      }
      .bars {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr));
        gap: var(--lk-space-4) var(--lk-space-6);
      }
      .counter {
        display: grid;
        gap: var(--lk-space-3);
        align-items: start;
      }
      .counter:has(button) {
        grid-template-columns: 1fr auto;
      }
      @container (max-width: 26rem) {
        .counter:has(button) {
          grid-template-columns: 1fr;
          justify-items: start;
        }
        lk-bar {
          justify-self: stretch;
        }
      }
      .counter button {
        margin-block-start: calc(-1 * var(--lk-space-2));
        padding-inline: var(--lk-space-3);
      }
    `,
  ];

  @property({ attribute: false }) license: License | null = null;
  /** The product's features, for their names. */
  @property({ attribute: false }) features: readonly ProductFeature[] = [];
  /** Whether to leave the license's own counter out. */
  @property() of: 'license' | 'features' = 'license';
  @state() private error: unknown = null;

  readonly #console = new UseConsole(this);

  override render() {
    if (!this.license) return nothing;
    const usage = usageOf(this.license, this.features).filter(
      ({ counter }) => this.of === 'license' || counter !== '',
    );
    if (usage.length === 0) return nothing;
    return html`
      <section class="panel" aria-labelledby="usage">
        <h2 id="usage">${msg('Usage')}</h2>
        <div class="bars">${usage.map(each => this.#bar(each))}</div>
        <lk-period-table .periods=${this.#periods} .features=${this.features}></lk-period-table>
        <small>${msg('As reported so far. A device that is offline may have used more.')}</small>
        ${this.error ? refusalView(this.error) : nothing}
      </section>
      ${this.#question()}
    `;
  }

  get #periods(): readonly PeriodUsage[] {
    const { periods = [] } = this.license ?? {};
    return this.of === 'license' ? periods : periods.filter(({ counter }) => counter !== '');
  }

  #bar({ counter, label, used, limits, outstanding, endsAt }: Usage) {
    return html`
      <div class="counter">
        <div>
          <lk-bar
            .label=${label}
            .used=${Math.max(0, used)}
            .maximum=${limits.maximum}
            .overage=${limits.maximum === null ? 0 : limits.overageMaximum}
          ></lk-bar>
          ${used < 0 ? html`<small>${msg(str`${formatNumber(-used)} more were given back than used.`)}</small>` : nothing}
          ${outstanding ? html`<small>${msg(str`${formatNumber(outstanding)} more are with devices, not reported yet.`)}</small>` : nothing}
          ${endsAt === null ? nothing : html`<small>${msg(str`Begins anew on ${formatDateTime(endsAt * 1000)}.`)}</small>`}
        </div>
        ${used === 0 ? nothing : this.#resetButton(counter, label)}
      </div>
    `;
  }

  #resetButton(counter: string, label: string) {
    return html`
      <button type="button" class="quiet" @click=${() => this.#reset(counter)}>
        ${msg('Reset…')}<span class="visually-hidden">${label}</span>
      </button>
    `;
  }

  #question() {
    return html`
      <lk-confirm heading=${msg('Set this counter back to 0?')} confirm=${msg('Reset usage')} danger>
        <div class="stack">
          <p>${msg('The whole maximum can be used again. What was reported stays in the history.')}</p>
          <p>${msg('A device that is offline learns of it with its next refresh file or report; until then it counts on from where it is.')}</p>
        </div>
      </lk-confirm>
    `;
  }

  async #reset(counter: string): Promise<void> {
    const { license } = this;
    if (!license || !(await this.renderRoot.querySelector('lk-confirm')?.ask())) return;
    this.error = null;
    try {
      await this.#console.api.licenses.resetUsage(license.id, counter);
      this.#console.announce(msg('The counter is at 0.'));
      this.dispatchEvent(new CustomEvent('lk-license-changed', { bubbles: true, composed: true }));
    } catch (error) {
      this.error = error;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-license-usage': LkLicenseUsage;
  }
}
