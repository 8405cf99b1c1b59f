import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { CounterStatus } from '../../license/consumption/remaining.ts';
import type { FeatureStatus } from '../../license/status.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { counterDetails, featureEndText, featureStateText } from '../../words/feature-words.ts';
import { LicenseController } from '../license-context.ts';
import { productText } from '../texts/product-text.ts';
import type { LicenseView } from '../views.ts';
import '../../ui/feedback/lk-bar.ts';
import '../../ui/layout/lk-card.ts';
import '../../ui/layout/lk-icon.ts';

/** What the license grants: features that are on or off, and consumption as bars. Nothing without a license. */
@customElement('lk-feature-list')
@localized()
export class LkFeatureList extends LitElement {
  static override styles = [
    baseStyles,
    css`
      li {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--lk-space-1) var(--lk-space-3);
        padding-block: var(--lk-space-3);
        border-block-start: var(--lk-line-width) solid var(--lk-line);
      }
      li:first-child {
        padding-block-start: 0;
        border: 0;
      }
      li:last-child {
        padding-block-end: 0;
      }
      lk-icon {
        margin-block-start: 0.15em;
        color: var(--lk-ok);
      }
      .locked lk-icon {
        color: var(--lk-text-quiet);
      }
      .name {
        font-weight: 600;
      }
      .detail {
        grid-column: 2;
      }
      .counted {
        display: block;
      }
      .counted small {
        display: block;
        margin-block-start: var(--lk-space-1);
      }
    `,
  ];

  readonly #license = new LicenseController(this);

  override render() {
    const licenses = this.#license.manager?.licenses ?? [];
    const lists = licenses.map(license => ({ license, items: this.#items(license) }));
    const filled = lists.filter(({ items }) => items.length > 0);
    if (filled.length === 0) return nothing;
    const isOneOfSeveral = licenses.length > 1;
    return html`
      <lk-card heading=${isOneOfSeveral ? msg('What the licenses include') : msg('What the license includes')}>
        ${filled.map(
          ({ license, items }) => html`
            ${isOneOfSeveral ? html`<h3>${productText(license)}</h3>` : nothing}
            <ul>${items}</ul>
          `,
        )}
      </lk-card>
    `;
  }

  #items(license: LicenseView) {
    return [...this.#own(license), ...license.features.map(feature => this.#feature(license, feature))];
  }

  #own({ consumption, claims }: LicenseView) {
    if (!consumption) return [];
    return [this.#bar(msg('Use of the license'), consumption, claims.limits?.overageMaximum)];
  }

  #feature({ claims }: LicenseView, feature: FeatureStatus) {
    const name = feature.name ?? feature.code;
    if (feature.consumption) {
      const limits = claims.features?.find(({ code }) => code === feature.code)?.limits;
      return this.#bar(name, feature.consumption, limits?.overageMaximum);
    }
    return html`
      <li class=${feature.unlocked ? '' : 'locked'}>
        <lk-icon
          .name=${feature.unlocked ? 'check' : 'lock'}
          label=${featureStateText(feature)}
        ></lk-icon>
        <span class="name">${name}</span>
        ${this.#expiry(feature)}
      </li>
    `;
  }

  #expiry({ expiresAtMs, state }: FeatureStatus) {
    if (expiresAtMs === null) return nothing;
    return html`<small class="detail">${featureEndText(expiresAtMs, state)}</small>`;
  }

  #bar(label: string, status: CounterStatus, overage = 0) {
    const { total, maximum } = status;
    const details = counterDetails(status);
    return html`
      <li class="counted">
        <lk-bar
          .label=${label}
          .used=${Math.max(0, total)}
          .maximum=${maximum}
          .overage=${maximum === null ? 0 : overage}
        ></lk-bar>
        ${details.map(detail => html`<small>${detail}</small>`)}
      </li>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-feature-list': LkFeatureList;
  }
}
