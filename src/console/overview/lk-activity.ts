import { localized, msg } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Activity } from '../../api/overview.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import type { PlotData } from '../plot/plot-data.ts';
import { UseConsole } from '../services/console-context.ts';
import '../plot/lk-plot.ts';

/** Activations and consumption over time, and the licenses that end in the months ahead. */
@customElement('lk-activity')
@localized()
export class LkActivity extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      :host {
        container-type: inline-size;
      }
      .plots {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr));
        gap: var(--lk-space-4);
      }
      .panel {
        align-content: start;
      }
      h3 {
        font-size: var(--lk-text-m);
      }
    `,
  ];

  readonly #console = new UseConsole(this);
  readonly #activity = new Task(this, { task: () => this.#console.api.activity(), args: () => [] });

  override render() {
    return taskView(
      this.#activity,
      activity =>
        html`<div class="plots">${plotsOf(activity).map(([label, data]) => panel(label, data))}</div>`,
    );
  }
}

function panel(label: string, data: PlotData) {
  return html`
    <section class="panel">
      <h3>${label}</h3>
      <lk-plot label=${label} .data=${data}></lk-plot>
    </section>
  `;
}

function plotsOf({ days, ends }: Activity): readonly (readonly [string, PlotData])[] {
  const times = days.map(({ startsAt }) => startsAt);
  const daily = (series: PlotData['series']): PlotData => ({ times, unit: 'day', series });
  return [
    [
      msg('Activations, the last 12 weeks'),
      daily([
        { name: msg('Granted'), values: days.map(({ granted }) => granted) },
        { name: msg('Files refused'), values: days.map(({ refused }) => refused) },
      ]),
    ],
    [
      msg('Consumption as reported, the last 12 weeks'),
      daily([{ name: msg('Used'), values: days.map(({ used }) => used) }]),
    ],
    [
      msg('Licenses that end, the next 12 months'),
      {
        times: ends.map(({ startsAt }) => startsAt),
        unit: 'month',
        series: [{ name: msg('Licenses'), values: ends.map(({ licenses }) => licenses) }],
      },
    ],
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-activity': LkActivity;
  }
}
