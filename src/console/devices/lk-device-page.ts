import { localized, msg } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { KnownDevice } from '../../api/devices.ts';
import type { ProductFeature } from '../../api/products.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { deviceStateText } from '../layout/state-texts.ts';
import { taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import { fact, saidFacts, seenFacts } from './device-facts.ts';
import '../exchanges/lk-exchange-table.ts';
import '../layout/lk-badge.ts';
import '../layout/lk-page-head.ts';
import './lk-device.ts';

/** One device: what it says of itself, its licenses, and its files. */
@customElement('lk-device-page')
@localized()
export class LkDevicePage extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      section, ul {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--lk-space-4);
      }
      h2 {
        font-size: var(--lk-text-l);
      }
    `,
  ];

  /** Id of the device, 64 hexadecimal digits. */
  @property({ attribute: false }) deviceId = '';

  readonly #console = new UseConsole(this);
  readonly #device = new Task(this, {
    task: async ([id]) => {
      const device = await this.#console.api.devices.read(id);
      const { items: products } = await this.#console.api.products.list();
      return { device, features: new Map(products.map(({ code, features }) => [code, features])) };
    },
    args: () => [this.deviceId] as const,
  });
  readonly #files = new Task(this, {
    task: ([device]) => this.#console.api.exchanges.list(new URLSearchParams({ device })),
    args: () => [this.deviceId] as const,
  });

  override render() {
    return html`
      <div class="page narrow">
        ${this.#device.status === TaskStatus.ERROR ? head(msg('Device'), nothing, nothing) : nothing}
        ${taskView(this.#device, ({ device, features }) => this.#content(device, features))}
      </div>
    `;
  }

  #content(device: KnownDevice, features: ReadonlyMap<string, readonly ProductFeature[]>) {
    return html`
      ${head(device.name || msg('Device without a name'), device.number, badges(device))}
      <section class="panel" aria-label=${msg('What the device says')}>${facts(device)}</section>
      <section>
        <h2>${msg('Licenses')}</h2>
        <ul @lk-license-changed=${() => void this.#reload()}>
          ${device.licenses.map(
            ({ license, device: each }) => html`
              <li>
                <lk-device
                  .device=${each}
                  .license=${license}
                  .features=${features.get(license.product) ?? []}
                  ?has-shares=${license.hasShares}
                ></lk-device>
              </li>
            `,
          )}
        </ul>
      </section>
      <section>
        <h2>${msg('Files')}</h2>
        ${taskView(
          this.#files,
          ({ items, next }) => html`
            <lk-exchange-table .exchanges=${items} compact></lk-exchange-table>
            ${next ? html`<p><a href="${addresses.exchanges}?device=${device.id}">${msg('All files of this device')}</a></p>` : nothing}
          `,
        )}
      </section>
    `;
  }

  async #reload(): Promise<void> {
    await Promise.all([this.#device.run(), this.#files.run()]);
  }
}

function head(name: string, text: unknown, badge: unknown) {
  return html`
    <lk-page-head heading=${name} back=${addresses.devices} back-label=${msg('Devices')}>
      <span class="mono">${text}</span>${badge}
    </lk-page-head>
  `;
}

function badges({ blocked, copiedAt }: KnownDevice) {
  const states = [
    ...(blocked ? ['blocked' as const] : []),
    ...(copiedAt === null ? [] : ['copied' as const]),
  ];
  return states.map(each => {
    const { text, tone } = deviceStateText(each);
    return html`<lk-badge slot="badge" .tone=${tone}>${text}</lk-badge>`;
  });
}

function facts(device: KnownDevice) {
  const isVirtual = device.virtualMachine ? msg('Says that it is one') : msg('Does not say so');
  return html`
    <dl class="facts">
      ${saidFacts(device)} ${fact(msg('Virtual machine'), isVirtual)} ${seenFacts(device)}
    </dl>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-device-page': LkDevicePage;
  }
}
