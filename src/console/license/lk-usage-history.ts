import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { License, LicenseUsage } from '../../api/licenses.ts';
import type { ProductFeature } from '../../api/products.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { usageOf } from './usage.ts';
import { type UsageSpan, usagePlot } from './usage-plot.ts';
import '../layout/lk-empty.ts';
import '../plot/lk-plot.ts';

/** What devices reported of each counter of a license over time. */
@customElement('lk-usage-history')
@localized()
export class LkUsageHistory extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      :host {
        container-type: inline-size;
      }
      .plots {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--lk-space-5);
      }
      select {
        justify-self: start;
      }
    `,
  ];

  @property({ attribute: false }) license: License | null = null;
  /** The product's features, for their names. */
  @property({ attribute: false }) features: readonly ProductFeature[] = [];
  @state() private span: UsageSpan = 'weeks';

  readonly #console = new UseConsole(this);
  readonly #usage = new Task(this, {
    task: ([id]) => this.#console.api.licenses.usage(id),
    args: () => [this.license?.id ?? ''] as const,
  });

  override render() {
    return taskView(this.#usage, usage => this.#plots(usage));
  }

  #plots(usage: LicenseUsage) {
    const counters = this.license ? usageOf(this.license, this.features) : [];
    if (counters.length === 0) {
      return html`
        <lk-empty icon="chart-column" heading=${msg('Nothing is counted')}>
          ${msg('This license has no consumption, and none of its features is counted.')}
        </lk-empty>
      `;
    }
    return html`
      <div class="plots">
        <select aria-label=${msg('Time span')} @change=${this.#spanChosen}>
          <option value="weeks" .selected=${this.span === 'weeks'}>${msg('The last 12 weeks, by day')}</option>
          <option value="year" .selected=${this.span === 'year'}>${msg('The last year, by month')}</option>
        </select>
        ${counters.map(
          ({ counter, label }) => html`
            <section class="panel">
              <h2>${label}</h2>
              <lk-plot
                label=${msg(str`Used as reported over time: ${label}`)}
                .data=${usagePlot(usage, counter, this.span)}
              ></lk-plot>
            </section>
          `,
        )}
        <small>${msg('By the day on which a report reached the portal, in UTC. A device that is offline may have used it earlier.')}</small>
      </div>
    `;
  }

  #spanChosen({ target }: Event): void {
    if (target instanceof HTMLSelectElement) this.span = target.value === 'year' ? 'year' : 'weeks';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-usage-history': LkUsageHistory;
  }
}
