import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type uPlot from 'uplot';
import { formatDayUtc, formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { barsOf, type PlotLook, plotColumns, plotOptions } from './draw.ts';
import type { PlotData } from './plot-data.ts';

const HEIGHT_PX = 200;

/** A plot over time, and the same numbers as a table for who does not see it. The library is loaded with the first plot. */
@customElement('lk-plot')
@localized()
export class LkPlot extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    css`
      figure {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--lk-space-2);
      }
      .plot {
        block-size: ${HEIGHT_PX}px;
        overflow: hidden;
      }
      .uplot, .u-wrap {
        position: relative;
      }
      .u-over, .u-under, .u-axis, .u-cursor-x, .u-select {
        position: absolute;
      }
      .u-over, .u-under {
        overflow: hidden;
      }
      canvas {
        display: block;
        inline-size: 100%;
        block-size: 100%;
      }
      .u-cursor-x {
        inset-block: 0;
        left: 0;
        border-inline-start: 1px dashed var(--lk-line-strong);
        pointer-events: none;
      }
      .names {
        display: flex;
        flex-wrap: wrap;
        gap: var(--lk-space-1) var(--lk-space-4);
        font-size: var(--lk-text-s);
      }
      .names li {
        display: flex;
        align-items: center;
        gap: var(--lk-space-2);
      }
      .names li::before {
        content: '';
        inline-size: 1rem;
        block-size: 0.75rem;
        border-radius: 2px;
        background: var(--lk-accent);
      }
      .names li + li::before {
        block-size: 0;
        border-block-start: 2px dashed var(--lk-bad);
        border-radius: 0;
        background: none;
      }
      summary {
        min-block-size: var(--lk-target);
        align-content: center;
        color: var(--lk-accent-text);
        font-size: var(--lk-text-s);
        font-weight: 600;
        cursor: pointer;
      }
      .table-frame {
        max-block-size: 20rem;
        overflow-y: auto;
      }
      th, td {
        padding-block: var(--lk-space-1);
        font-size: var(--lk-text-s);
        white-space: nowrap;
      }
      .number {
        text-align: end;
      }
    `,
  ];

  /** What is plotted, for who does not see it. */
  @property() label = '';
  @property({ attribute: false }) data: PlotData = { times: [], unit: 'day', series: [] };

  #plot: uPlot | null = null;
  #width = 0;
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');
  readonly #resizes = new ResizeObserver(() => this.#fit());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#dark.addEventListener('change', this.#draw);
    if (this.hasUpdated) this.#resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#dark.removeEventListener('change', this.#draw);
    this.#resizes.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  override render() {
    const { times, series } = this.data;
    return html`
      <figure aria-label=${this.label}>
        ${series.length > 1 ? html`<ul class="names">${series.map(({ name }) => html`<li>${name}</li>`)}</ul>` : nothing}
        <div class="plot" role="img" aria-label=${this.label} aria-describedby="hint"></div>
        <span id="hint" class="visually-hidden">${msg('The same numbers are in the table below.')}</span>
        <details>
          <summary>${msg('Numbers as a table')}</summary>
          <div class="table-frame" tabindex="0" role="region" aria-label=${this.label}>
            <table>
              <thead>
                <tr>
                  <th scope="col">${this.data.unit === 'day' ? msg('Day') : msg('Month')}</th>
                  ${series.map(({ name }) => html`<th scope="col" class="number">${name}</th>`)}
                </tr>
              </thead>
              <tbody>${times.map((_, index) => this.#row(times.length - 1 - index))}</tbody>
            </table>
          </div>
        </details>
      </figure>
    `;
  }

  protected override firstUpdated(): void {
    this.#resizes.observe(this);
  }

  protected override updated(): void {
    void this.#draw();
  }

  /** The newest first. */
  #row(index: number) {
    const { times, series } = this.data;
    return html`
      <tr>
        <th scope="row">${this.#timeText(times[index] ?? 0)}</th>
        ${series.map(({ values }) => html`<td class="number">${formatNumber(values[index] ?? 0)}</td>`)}
      </tr>
    `;
  }

  #timeText(seconds: number): string {
    return this.data.unit === 'day' ? formatDayUtc(seconds * 1000) : formatMonth(seconds);
  }

  readonly #draw = async (): Promise<void> => {
    const { default: library } = await import('uplot');
    const place = this.renderRoot.querySelector<HTMLElement>('.plot');
    if (!place || !this.isConnected) return;
    this.#plot?.destroy();
    this.#width = place.clientWidth;
    const size = { width: Math.max(this.#width, 1), height: HEIGHT_PX, bars: barsOf(library) };
    this.#plot = new library(plotOptions(this.data, this.#look(), size), plotColumns(this.data), place);
  };

  #fit(): void {
    const width = this.renderRoot.querySelector('.plot')?.clientWidth ?? 0;
    if (!this.#plot || width === this.#width || width === 0) return;
    this.#width = width;
    this.#plot.setSize({ width, height: HEIGHT_PX });
  }

  #look(): PlotLook {
    const style = getComputedStyle(this);
    const token = (name: string) => style.getPropertyValue(`--lk-${name}`).trim();
    const { times, unit } = this.data;
    return {
      bar: token('accent'),
      line: token('bad'),
      text: token('text-quiet'),
      grid: token('line'),
      font: `12px ${style.fontFamily}`,
      isRightToLeft: style.direction === 'rtl',
      time: place => {
        const seconds = times[place];
        if (seconds === undefined) return '';
        return unit === 'day' ? formatShortDay(seconds) : formatMonth(seconds);
      },
      number: formatNumber,
    };
  }
}

function formatShortDay(seconds: number): string {
  return formatter({ month: 'short', day: 'numeric' }).format(seconds * 1000);
}

function formatMonth(seconds: number): string {
  return formatter({ month: 'short', year: 'numeric' }).format(seconds * 1000);
}

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(document.documentElement.lang || 'en', { ...options, timeZone: 'UTC' });
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-plot': LkPlot;
  }
}
