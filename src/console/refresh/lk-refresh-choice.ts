import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import type { RefreshTarget } from './make-refresh-files.ts';
import './lk-refresh-save.ts';

/** Refresh files for all devices of a list, or for some of them. */
@customElement('lk-refresh-choice')
@localized()
export class LkRefreshChoice extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      :host {
        container-type: inline-size;
      }
      fieldset {
        min-inline-size: 0;
        border: 0;
      }
      summary {
        min-block-size: var(--lk-target);
        padding-block: var(--lk-space-2);
        color: var(--lk-accent-text);
        font-size: var(--lk-text-s);
        font-weight: 600;
        cursor: pointer;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr));
        column-gap: var(--lk-space-4);
      }
      .choice span {
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      small {
        display: block;
      }
    `,
  ];

  /** The devices to choose from; all are chosen at first. */
  @property({ attribute: false }) targets: readonly RefreshTarget[] = [];
  /** Ids of activations. */
  @state() private leftOut: ReadonlySet<string> = new Set();

  override render() {
    const chosen = this.targets.filter(({ activationId }) => !this.leftOut.has(activationId));
    const all = this.targets.length;
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('Refresh files for several devices')}</h2>
        <details>
          <summary>${msg(str`Choose devices: ${formatNumber(chosen.length)} of ${formatNumber(all)}`)}</summary>
          <fieldset>
            <legend class="visually-hidden">${msg('Devices')}</legend>
            <label class="choice">
              <input
                type="checkbox"
                .checked=${chosen.length === all}
                .indeterminate=${chosen.length > 0 && chosen.length < all}
                @change=${this.#chooseAll}
              >${msg('All devices')}
            </label>
            <ul>${this.targets.map(target => this.#choice(target))}</ul>
          </fieldset>
        </details>
        <lk-refresh-save .targets=${chosen}></lk-refresh-save>
      </section>
    `;
  }

  #choice({ activationId, deviceName, deviceNumber }: RefreshTarget) {
    return html`
      <li>
        <label class="choice">
          <input
            type="checkbox"
            name=${activationId}
            .checked=${!this.leftOut.has(activationId)}
            @change=${() => this.#choose(activationId)}
          >
          <span>
            ${deviceName || deviceNumber}
            ${deviceName ? html`<small class="number mono">${deviceNumber}</small>` : nothing}
          </span>
        </label>
      </li>
    `;
  }

  #choose(activationId: string): void {
    const leftOut = new Set(this.leftOut);
    if (!leftOut.delete(activationId)) leftOut.add(activationId);
    this.leftOut = leftOut;
  }

  #chooseAll({ target }: Event): void {
    if (!(target instanceof HTMLInputElement)) return;
    this.leftOut = new Set(target.checked ? [] : this.targets.map(({ activationId }) => activationId));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-refresh-choice': LkRefreshChoice;
  }
}
