import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Overview } from '../../api/overview.ts';
import type { IconName } from '../../ui/layout/icons.ts';
import type { Tone } from '../../ui/layout/tone.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/feedback/lk-notice.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import './lk-activity.ts';

/** What needs a person, and how much there is. */
@customElement('lk-overview-page')
@localized()
export class LkOverviewPage extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      .counts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
        gap: var(--lk-space-4);
      }
      .count {
        display: grid;
        align-content: start;
        gap: var(--lk-space-1);
        padding: var(--lk-space-4) var(--lk-space-5);
        border: var(--lk-line-width) solid var(--lk-line);
        border-radius: var(--lk-radius-m);
        background: var(--lk-surface);
        box-shadow: var(--lk-shadow-1);
        color: inherit;
        text-decoration: none;
      }
      a.count:hover {
        border-color: var(--lk-accent-text);
      }
      .count .name {
        display: flex;
        align-items: center;
        gap: var(--lk-space-2);
        color: var(--lk-text-quiet);
        font-size: var(--lk-text-s);
        font-weight: 600;
      }
      .count strong {
        font-size: 2rem;
        font-weight: 650;
        line-height: 1.2;
        letter-spacing: -0.02em;
      }
      @container (max-width: 34rem) {
        .counts {
          grid-template-columns: 1fr 1fr;
          gap: var(--lk-space-3);
        }
        .count {
          padding: var(--lk-space-3) var(--lk-space-4);
        }
      }
      .needs {
        display: grid;
        gap: var(--lk-space-3);
      }
      h2 {
        font-size: var(--lk-text-l);
      }
      section {
        display: grid;
        gap: var(--lk-space-3);
      }
    `,
  ];

  readonly #console = new UseConsole(this);
  readonly #overview = new Task(this, {
    task: () => this.#console.api.overview(),
    args: () => [],
  });

  override render() {
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Overview')}>
          ${msg('What needs you, and how much there is.')}
          <a slot="actions" class="button primary" href=${addresses.issue}>
            <lk-icon name="plus"></lk-icon>${msg('Issue license')}
          </a>
        </lk-page-head>
        ${taskView(this.#overview, overview => this.#content(overview))}
      </div>
    `;
  }

  #content(overview: Overview) {
    if (overview.products === 0) return this.#start();
    return html`
      <section aria-labelledby="needs">
        <h2 id="needs">${msg('Needs you')}</h2>
        <div class="needs">${this.#needs(overview)}</div>
      </section>
      <section aria-labelledby="counts">
        <h2 id="counts">${msg('In numbers')}</h2>
        <div class="counts">${this.#counts(overview)}</div>
      </section>
      <section aria-labelledby="activity">
        <h2 id="activity">${msg('Over time')}</h2>
        <lk-activity></lk-activity>
      </section>
    `;
  }

  #start() {
    return html`
      <lk-empty icon="package" heading=${msg('Start with a product')}>
        ${msg('A license belongs to a product. Create the product with its features, then issue the first license.')}
        <a slot="actions" class="button primary" href=${addresses.newProduct}>${msg('Create product')}</a>
      </lk-empty>
    `;
  }

  #needs({ licenses, devices, exchanges, needs: more }: Overview) {
    const expiring = `${addresses.licenses}?state=active&sort=expires&order=asc`;
    const needs = [
      need(devices.forked, 'bad', copiesText(devices.forked), {
        text: msg('Show them'),
        go: () => void this.#console.router.go(`${addresses.devices}?state=copied`),
      }),
      need(licenses.expiringSoon, 'warn', expiringText(licenses.expiringSoon), {
        text: msg('Show them'),
        go: () => void this.#console.router.go(expiring),
      }),
      need(exchanges.refused, 'warn', refusedText(exchanges), {
        text: msg('Show them'),
        go: () => void this.#console.router.go(`${addresses.exchanges}?decision=refusal`),
      }),
      need(more.overMaximum, 'warn', overMaximumText(more.overMaximum)),
      need(more.overdueReports, 'warn', overdueText(more.overdueReports)),
      need(more.dueRefreshes, 'accent', dueText(more.dueRefreshes), {
        text: msg('Show them'),
        go: () => void this.#console.router.go(addresses.refreshFiles),
      }),
    ].filter(each => each !== nothing);
    if (needs.length > 0) return needs;
    return html`<lk-notice tone="ok">${msg('Nothing. No copies, nothing refused today, nothing expires within 30 days.')}</lk-notice>`;
  }

  #counts({ products, licenses, devices, exchanges }: Overview) {
    return [
      count(
        'key-round',
        msg('Licenses'),
        licenses.total,
        msg(str`${licenses.active} active`),
        addresses.licenses,
      ),
      count(
        'ban',
        msg('Disabled'),
        licenses.disabled,
        msg('licenses'),
        `${addresses.licenses}?state=disabled`,
      ),
      count(
        'clock',
        msg('Expired'),
        licenses.expired,
        msg('licenses'),
        `${addresses.licenses}?state=expired`,
      ),
      count(
        'monitor',
        msg('Devices'),
        devices.active,
        msg(str`hold a seat, ${devices.blocked} blocked`),
        addresses.devices,
      ),
      count('file', msg('Files'), exchanges.total, msg('in the last 24 hours'), addresses.exchanges),
      count('package', msg('Products'), products, msg('to license'), addresses.products),
    ];
  }
}

function copiesText(amount: number): string {
  if (amount === 1) return msg('A copy of one device is in use.');
  return msg(str`Copies of ${formatNumber(amount)} devices are in use.`);
}

function expiringText(amount: number): string {
  if (amount === 1) return msg('One license expires within 30 days.');
  return msg(str`${formatNumber(amount)} licenses expire within 30 days.`);
}

function overMaximumText(amount: number): string {
  if (amount === 1) return msg('One license used more than its maximum.');
  return msg(str`${formatNumber(amount)} licenses used more than their maximum.`);
}

function overdueText(amount: number): string {
  if (amount === 1) return msg('The report of one device is overdue.');
  return msg(str`The reports of ${formatNumber(amount)} devices are overdue.`);
}

function dueText(amount: number): string {
  if (amount === 1) return msg('One device waits for a refresh file.');
  return msg(str`${formatNumber(amount)} devices wait for a refresh file.`);
}

function need(amount: number, tone: Tone, text: string, action?: { text: string; go: () => void }) {
  if (amount === 0) return nothing;
  return html`<lk-notice .tone=${tone} .action=${action?.text ?? ''} @lk-action=${action?.go}>${text}</lk-notice>`;
}

function count(icon: IconName, name: string, amount: number, rest: string, address = '') {
  const content = html`
    <span class="name"><lk-icon .name=${icon}></lk-icon>${name}</span>
    <strong class="number">${formatNumber(amount)}</strong>
    <small>${rest}</small>
  `;
  return address
    ? html`<a class="count" href=${address}>${content}</a>`
    : html`<div class="count">${content}</div>`;
}

function refusedText({ refused, total }: { readonly refused: number; readonly total: number }): string {
  return refused === 1
    ? msg(str`1 of ${total} files of the last 24 hours was refused.`)
    : msg(str`${refused} of ${total} files of the last 24 hours were refused.`);
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-overview-page': LkOverviewPage;
  }
}
