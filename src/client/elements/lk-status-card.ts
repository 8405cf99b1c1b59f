import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { until } from 'lit/directives/until.js';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { LicenseController } from '../license-context.ts';
import { productText } from '../texts/product-text.ts';
import { explain } from '../texts/reason-text.ts';
import { statusText } from '../texts/status-texts.ts';
import type { LicenseView, RequestView } from '../views.ts';
import '../../ui/layout/lk-icon.ts';
import '../../ui/layout/lk-card.ts';

/**
 * Where this device stands, on one card: not licensed, waiting, licensed, in grace, or what needs attention.
 */
@customElement('lk-status-card')
@localized()
export class LkStatusCard extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .status {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--lk-space-2) var(--lk-space-4);
        align-items: center;
      }
      .sign {
        display: grid;
        place-items: center;
        inline-size: 4rem;
        block-size: 4rem;
        border-radius: var(--lk-radius-round);
        background: var(--tone-soft);
        color: var(--tone);
        font-size: 2rem;
      }
      .lead {
        font-size: var(--lk-text-l);
      }
      .words {
        display: grid;
        gap: var(--lk-space-1);
      }
      .hint {
        color: var(--lk-text-quiet);
      }
      .days {
        display: grid;
        gap: var(--lk-space-2);
        margin-block-start: var(--lk-space-4);
      }
      .track {
        block-size: 0.5rem;
        overflow: hidden;
        border-radius: var(--lk-radius-round);
        background: var(--lk-sunken);
        box-shadow: inset 0 0 0 1px var(--lk-line);
      }
      svg {
        display: block;
        inline-size: 100%;
        block-size: 100%;
        fill: var(--tone);
      }
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: var(--lk-space-2) var(--lk-space-5);
        margin: 0;
        font-size: var(--lk-text-s);
      }
      dl div {
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      dt {
        color: var(--lk-text-quiet);
      }
      dd {
        margin: 0;
      }
      svg:dir(rtl) {
        transform: scaleX(-1);
      }
    `,
  ];

  /** Level of the heading: 1 where the status is the page's subject. */
  @property({ type: Number }) level = 2;

  readonly #license = new LicenseController(this);

  override render() {
    const { manager } = this.#license;
    if (!manager) return nothing;
    const [license = null] = manager.licenses;
    const { heading, tone, icon, reason, ...words } = statusText(license, manager.openRequests);
    const said = reason && explain(reason);
    const text = said
      ? until(
          said.then(({ text }) => text),
          nothing,
        )
      : words.text;
    const hint = said
      ? until(
          said.then(({ hint }) => this.#hint(hint)),
          nothing,
        )
      : this.#hint(words.hint);
    return html`
      <lk-card .tone=${tone}>
        <div class="status">
          <span class="sign"><lk-icon .name=${icon}></lk-icon></span>
          <div class="words" aria-live="polite">
            ${this.level === 1 ? html`<h1>${heading}</h1>` : html`<h2>${heading}</h2>`}
            <p class="lead">${text}</p>
          </div>
        </div>
        ${license ? this.#holder(license, manager.licenses.length > 1) : nothing}
        ${hint}
        ${license ? this.#days(license) : nothing}
        ${manager.openRequests.some(isCopied) ? this.#wayOn() : nothing}
      </lk-card>
    `;
  }

  #hint(hint: string) {
    return hint ? html`<p class="hint">${hint}</p>` : nothing;
  }

  /** A copy that goes on with its license is to learn of it too, and what to do. */
  #wayOn() {
    return html`<div class="row">${until(newDeviceButton(), nothing)}</div>`;
  }

  #holder(license: LicenseView, isOneOfSeveral: boolean) {
    const { claims } = license;
    const product = isOneOfSeveral ? productText(license) : '';
    const kind = claims.trial ? msg('Trial license') : '';
    const holder = claims.holder ? msg(str`Licensed to ${claims.holder}`) : '';
    const line = [product, kind, holder].filter(part => part !== '').join(' · ');
    const fields = Object.entries(claims.customFields ?? {});
    return html`
      ${line ? html`<p class="quiet-text">${line}</p>` : nothing}
      ${fields.length > 0 ? html`<dl>${fields.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>` : nothing}
    `;
  }

  #days({ claims, status: { daysLeft, state, expiresAtMs, graceEndsAtMs } }: LicenseView) {
    if (daysLeft === null || (state !== 'active' && state !== 'grace')) return nothing;
    const isGrace = state === 'grace';
    const endMs = (isGrace ? graceEndsAtMs : expiresAtMs) ?? 0;
    const startMs = isGrace ? (expiresAtMs ?? 0) : (claims.startsAt ?? claims.issuedAt) * 1000;
    const wholeDays = Math.max(daysLeft, Math.ceil((endMs - startMs) / 86_400_000), 1);
    const text = daysLeft === 1 ? msg('The last day') : msg(str`${formatNumber(daysLeft)} days left`);
    return html`
      <div class="days">
        <span class="number">${text}</span>
        <div
          class="track"
          role="meter"
          aria-label=${msg('Days left')}
          aria-valuemin="0"
          aria-valuemax=${wholeDays}
          aria-valuenow=${daysLeft}
          aria-valuetext=${text}
        >
          <svg aria-hidden="true"><rect height="100%" width=${`${(daysLeft / wholeDays) * 100}%`}></rect></svg>
        </div>
      </div>
    `;
  }
}

function isCopied({ refusal }: RequestView): boolean {
  return refusal?.code === 'DEVICE_COPIED';
}

/** Fetched when there is a copy; one promise, so that a render does not make the button anew. */
let newDevice: Promise<unknown> | null = null;
function newDeviceButton(): Promise<unknown> {
  newDevice ??= import('./lk-new-device.ts').then(() => html`<lk-new-device></lk-new-device>`);
  return newDevice;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-status-card': LkStatusCard;
  }
}
