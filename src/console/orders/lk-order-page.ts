import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Order } from '../../api/orders.ts';
import type { LkConfirm } from '../../ui/feedback/lk-confirm.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { formatDay } from '../fields/dates.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { refusalView, taskView } from '../layout/task-view.ts';
import type { LkLicensesOf } from '../licenses/lk-licenses-of.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/feedback/lk-confirm.ts';
import '../csv/lk-export.ts';
import '../layout/lk-badge.ts';
import '../layout/lk-page-head.ts';
import '../licenses/lk-licenses-of.ts';
import './lk-order-note.ts';

/** One order: its note, its licenses, and the buttons that disable and enable it whole. */
@customElement('lk-order-page')
@localized()
export class LkOrderPage extends LitElement {
  static override styles = [baseStyles, pageStyles];

  /** Id of the order, 32 hexadecimal digits. */
  @property({ attribute: false }) orderId = '';
  /** The query of the page's address: how its licenses are sorted. */
  @property({ attribute: false }) params = new URLSearchParams();
  @state() private order: Order | null = null;
  @state() private error: unknown = null;
  @state() private isBusy = false;
  /** What the open question is about. */
  @state() private isEnabling = false;

  readonly #console = new UseConsole(this);
  readonly #loading = new Task(this, {
    task: async ([id]) => {
      this.order = await this.#console.api.orders.read(id);
      return true;
    },
    args: () => [this.orderId] as const,
  });

  override render() {
    return html`
      <div class="page">
        ${this.#head()}
        ${this.error ? refusalView(this.error) : nothing}
        ${taskView(this.#loading, () => (this.order ? this.#content(this.order) : nothing))}
      </div>
      ${this.order ? this.#question(this.order) : nothing}
    `;
  }

  #head() {
    const { order } = this;
    return html`
      <lk-page-head
        .heading=${order ? msg(str`Order ${order.number}`) : msg('Order')}
        back=${addresses.orders}
        back-label=${msg('Orders')}
      >
        ${order && order.licenses > 0 && order.disabled === order.licenses ? html`<lk-badge slot="badge" tone="danger">${msg('Disabled')}</lk-badge>` : nothing}
        ${order ? this.#about(order) : nothing}
        ${order ? html`<lk-export slot="actions" .filter=${{ inOrder: order.id }} .total=${order.licenses} name="order"></lk-export>` : nothing}
        ${order ? this.#switches(order) : nothing}
      </lk-page-head>
    `;
  }

  #about({ customer, createdAt }: Order): string {
    const day = formatDay(createdAt);
    return customer ? msg(str`${customer}, ${day}`) : day;
  }

  #switches({ licenses, disabled }: Order) {
    return html`
      ${
        licenses > 0
          ? html`<a slot="actions" class="button" href=${addresses.handover('order', this.orderId)}>${msg('Handover sheets')}</a>`
          : nothing
      }
      ${
        disabled > 0
          ? html`<button slot="actions" type="button" ?disabled=${this.isBusy} @click=${() => this.#ask(true)}>${msg('Enable the whole order…')}</button>`
          : nothing
      }
      ${
        disabled < licenses
          ? html`<button slot="actions" type="button" ?disabled=${this.isBusy} @click=${() => this.#ask(false)}>${msg('Disable the whole order…')}</button>`
          : nothing
      }
    `;
  }

  #content(order: Order) {
    const off = formatNumber(order.disabled);
    const facts = msg(str`Licenses: ${formatNumber(order.licenses)}, disabled: ${off}.`);
    return html`
      <p class="quiet-text">${facts}</p>
      <lk-order-note
        .order=${order}
        @lk-order-edited=${({ detail }: CustomEvent<Order>) => {
          this.order = detail;
        }}
      ></lk-order-note>
      <lk-licenses-of .of=${{ inOrder: order.id }} .params=${this.params}></lk-licenses-of>
    `;
  }

  #question({ number, licenses, disabled }: Order) {
    const count = formatNumber(this.isEnabling ? disabled : licenses - disabled);
    if (this.isEnabling) {
      return html`
        <lk-confirm heading=${msg(str`Enable order ${number}?`)} confirm=${msg('Enable the order')}>
          <p>${msg(str`This enables ${count} licenses, those too that were disabled one by one. A device that already learned it was disabled works again with its next refresh file or report.`)}</p>
        </lk-confirm>
      `;
    }
    return html`
      <lk-confirm heading=${msg(str`Disable order ${number}?`)} confirm=${msg('Disable the order')} danger>
        <div class="stack">
          <p>${msg(str`This disables ${count} licenses. No device can be activated with them from now on.`)}</p>
          <p>${msg('A device that is offline goes on working until it loads its next file: it learns of this with its next refresh file or report, and is then locked. Seats stay as they are.')}</p>
        </div>
      </lk-confirm>
    `;
  }

  async #ask(isEnabling: boolean): Promise<void> {
    this.isEnabling = isEnabling;
    await this.updateComplete;
    if (!(await this.renderRoot.querySelector<LkConfirm>('lk-confirm')?.ask())) return;
    this.isBusy = true;
    this.error = null;
    try {
      this.order = await this.#console.api.orders.setEnabled(this.orderId, isEnabling);
      this.#console.announce(isEnabling ? msg('The order is enabled.') : msg('The order is disabled.'));
      await this.renderRoot.querySelector<LkLicensesOf>('lk-licenses-of')?.reload();
    } catch (error) {
      this.error = error;
    }
    this.isBusy = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-order-page': LkOrderPage;
  }
}
