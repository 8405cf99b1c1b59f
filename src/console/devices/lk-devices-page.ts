import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  type DeviceQuery,
  type DeviceSearch,
  type DeviceSort,
  deviceQuerySchema,
  deviceStates,
} from '../../api/devices.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { filterStyles } from '../layout/filter-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { deviceStateText } from '../layout/state-texts.ts';
import { taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { isFiltered, readQuery, sortedBy, writeQuery } from '../services/list-query.ts';
import { addresses } from '../services/routes.ts';
import { TypedSearch } from '../services/typed-search.ts';
import '../../ui/layout/lk-icon.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import '../licenses/lk-pager.ts';
import './lk-device-table.ts';

/** Finds devices. What is searched, filtered and sorted stands in the address. */
@customElement('lk-devices-page')
@localized()
export class LkDevicesPage extends LitElement {
  static override styles = [baseStyles, pageStyles, filterStyles];

  /** The query of the page's address. */
  @property({ attribute: false }) params = new URLSearchParams();

  /** Whether Enter was pressed since the last answer. */
  #opens = false;
  readonly #console = new UseConsole(this);
  readonly #devices = new Task(this, {
    task: ([params]) => this.#console.api.devices.list(new URLSearchParams(params)),
    args: () => [String(writeQuery(deviceQuerySchema, this.#query))] as const,
    onComplete: list => this.#openOnly(list),
  });
  readonly #search = new TypedSearch(this, q => this.#show({ ...this.#query, q, page: 1 }));

  override render() {
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Devices')}>${msg('Every device that asked for a license which there is.')}</lk-page-head>
        <search class="filters one">${this.#searchField()} ${this.#states()}</search>
        <div class="visually-hidden" role="status">${this.#found()}</div>
        ${taskView(this.#devices, list => this.#list(list))}
      </div>
    `;
  }

  get #query(): DeviceQuery {
    return readQuery(deviceQuerySchema, this.params);
  }

  #searchField() {
    return html`
      <div class="search">
        <lk-icon name="search"></lk-icon>
        <input
          type="search"
          aria-label=${msg('Search devices')}
          placeholder=${msg('Number, name, platform, customer or license key')}
          autocomplete="off"
          spellcheck="false"
          .value=${this.#search.shown(this.#query.q)}
          @input=${this.#typed}
          @keydown=${this.#keyDown}
        >
      </div>
    `;
  }

  #states() {
    const { state } = this.#query;
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
    if (total === undefined || !isFiltered(deviceQuerySchema, this.#query)) return '';
    return total === 1 ? msg('One device found') : msg(str`${formatNumber(total)} devices found`);
  }

  #list({ items, total, page, pageSize, lookedAt }: DeviceSearch) {
    return html`
      ${lookedAt === null ? nothing : html`<p class="quiet-text">${lookedText(lookedAt)}</p>`}
      ${
        items.length === 0
          ? this.#empty(total)
          : html`
              <div class="list" @lk-sort-devices=${this.#sort} @lk-page=${this.#page}>
                <lk-device-table .devices=${items} .query=${this.#query}></lk-device-table>
                <lk-pager .page=${page} .pageSize=${pageSize} .total=${total}></lk-pager>
              </div>
            `
      }
    `;
  }

  #empty(total: number) {
    if (isFiltered(deviceQuerySchema, this.#query) || total > 0) {
      return html`
        <lk-empty icon="search" heading=${msg('Nothing found')}>
          ${msg('If somebody reads a number to you: nothing from this machine has arrived. Has the stick been to the portal?')}
          <button slot="actions" type="button" @click=${() => this.#show(readQuery(deviceQuerySchema))}>${msg('Show all devices')}</button>
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

  #show(query: DeviceQuery): void {
    this.#console.router.setQuery(writeQuery(deviceQuerySchema, query));
  }

  #typed(event: Event): void {
    this.#opens = false;
    this.#search.typed(event);
  }

  /** Enter opens what is found when it is one device. */
  #keyDown({ key, isComposing, target }: KeyboardEvent): void {
    if (key !== 'Enter' || isComposing || !(target instanceof HTMLInputElement)) return;
    this.#opens = true;
    if (target.value.trim() === this.#query.q) this.#openOnly(this.#devices.value);
    else this.#search.now();
  }

  #openOnly(list: DeviceSearch | undefined): void {
    const isAsked = this.#opens && this.#query.q !== '';
    const [only, ...others] = list?.items ?? [];
    if (list) this.#opens = false;
    if (isAsked && only && others.length === 0) void this.#console.router.go(addresses.device(only.id));
  }

  #stateChosen({ target }: Event): void {
    const state = deviceStates.find(each => target instanceof HTMLSelectElement && each === target.value);
    this.#show({ ...this.#query, state, page: 1 });
  }

  #sort({ detail }: CustomEvent<DeviceSort>): void {
    this.#show(sortedBy(this.#query, detail));
  }

  #page({ detail }: CustomEvent<number>): void {
    this.#show({ ...this.#query, page: detail });
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
