import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type DeviceSearch, type DeviceSummary, deviceQuerySchema, deviceStates } from '../../api/devices.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { deviceStateText } from '../layout/state-texts.ts';
import { taskView } from '../layout/task-view.ts';
import { filterStyles } from '../lists/filter-styles.ts';
import { ListState } from '../lists/list-state.ts';
import { foundStatus, pagedTable, searchField } from '../lists/list-views.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/layout/lk-icon.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import './lk-device-table.ts';

/** Finds devices. What is searched, filtered and sorted stands in the address. */
@customElement('lk-devices-page')
@localized()
export class LkDevicesPage extends LitElement {
  static override styles = [baseStyles, pageStyles, filterStyles];

  /** The query of the page's address. */
  @property({ attribute: false }) params = new URLSearchParams();

  readonly #console = new UseConsole(this);
  readonly #state = new ListState(this, {
    schema: deviceQuerySchema,
    router: () => this.#console.router,
    addressOf: ({ id }: DeviceSummary) => addresses.device(id),
  });
  readonly #devices = new Task(this, {
    task: ([params]) => this.#console.api.devices.list(new URLSearchParams(params)),
    args: () => [this.#state.params] as const,
    onComplete: this.#state.found,
  });

  override render() {
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Devices')}>${msg('Every device that asked for a license which there is.')}</lk-page-head>
        <search class="filters one">${searchField(this.#state, { label: msg('Search devices'), placeholder: msg('Number, name, platform, customer or license key') })} ${this.#states()}</search>
        ${foundStatus(this.#found())}
        ${taskView(this.#devices, list => this.#list(list))}
      </div>
    `;
  }

  #states() {
    const { state } = this.#state.query;
    return html`
      <select aria-label=${msg('State')} @change=${this.#stateChosen}>
        <option value="" .selected=${!state}>${msg('All states')}</option>
        ${deviceStates.map(
          each =>
            html`<option value=${each} .selected=${each === state}>${deviceStateText(each).text}</option>`,
        )}
      </select>
    `;
  }

  #found(): string {
    const total = this.#devices.value?.total;
    if (total === undefined || !this.#state.isFiltered) return '';
    return total === 1 ? msg('One device found') : msg(str`${formatNumber(total)} devices found`);
  }

  #list(list: DeviceSearch) {
    const { items, total, lookedAt } = list;
    const table = html`<lk-device-table .devices=${items} .query=${this.#state.query}></lk-device-table>`;
    return html`
      ${lookedAt === null ? nothing : html`<p class="quiet-text">${lookedText(lookedAt)}</p>`}
      ${items.length === 0 ? this.#empty(total) : pagedTable(this.#state, list, table)}
    `;
  }

  #empty(total: number) {
    if (this.#state.isFiltered || total > 0) {
      return html`
        <lk-empty icon="search" heading=${msg('Nothing found')}>
          ${msg('If somebody reads a number to you: nothing from this machine has arrived. Has the stick been to the portal?')}
          <button slot="actions" type="button" @click=${this.#state.showAll}>${msg('Show all devices')}</button>
        </lk-empty>
      `;
    }
    return html`
      <lk-empty icon="monitor" heading=${msg('No device yet')}>
        ${msg('A device appears here when its activation request reaches the portal.')}
        <a slot="actions" class="button" href=${addresses.licenses}>${msg('Go to the licenses')}</a>
      </lk-empty>
    `;
  }

  #stateChosen({ target }: Event): void {
    const state = deviceStates.find(each => target instanceof HTMLSelectElement && each === target.value);
    this.#state.show({ ...this.#state.query, state, page: 1 });
  }
}

function lookedText(count: number): string {
  return msg(
    str`These are of the ${formatNumber(count)} devices that were seen last. A number or a license key finds any device.`,
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-devices-page': LkDevicesPage;
  }
}
