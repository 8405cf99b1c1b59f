import { localized } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { errorText } from '../../ui/texts/error-texts.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { LicenseController } from '../license-context.ts';
import '../../ui/layout/lk-icon.ts';

/**
 * Shows its content while a feature, or without one the license, unlocks. A gate in a page is a courtesy: what must
 * not be used has to ask `LicenseManager.feature()` where it is used.
 *
 * @slot - What the license unlocks.
 * @slot locked - Shown instead while locked; without it the reason and the next step are shown.
 */
@customElement('lk-license-gate')
@localized()
export class LkLicenseGate extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .locked {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--lk-space-1) var(--lk-space-3);
        padding: var(--lk-space-4);
        border: var(--lk-line-width) dashed var(--lk-line-strong);
        border-radius: var(--lk-radius-m);
        background: var(--lk-surface);
      }
      lk-icon {
        margin-block-start: 0.15em;
        color: var(--lk-text-quiet);
      }
      .text {
        font-weight: 600;
      }
      .hint {
        grid-column: 2;
        color: var(--lk-text-quiet);
      }
    `,
  ];

  /** Code of the feature; empty: the license itself. */
  @property() feature = '';

  readonly #license = new LicenseController(this);

  override render() {
    const { manager } = this.#license;
    if (!manager) return html``;
    const feature = this.feature === '' ? null : manager.feature(this.feature);
    const isUnlocked = feature ? feature.unlocked : manager.isUnlocked;
    if (isUnlocked) return html`<slot></slot>`;
    const reason = (feature ?? manager.status)?.reason ?? 'LICENSE_MISSING';
    return html`<slot name="locked">${this.#why(reason, feature?.name ?? this.feature)}</slot>`;
  }

  #why(reason: string, feature: string) {
    const { text, hint } = errorText(reason, feature ? { feature } : {});
    return html`
      <div class="locked">
        <lk-icon name="lock"></lk-icon>
        <p class="text">${text}</p>
        <p class="hint">${hint}</p>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-license-gate': LkLicenseGate;
  }
}
