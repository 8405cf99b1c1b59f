import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { LicenseController } from '../client/license-context.ts';
import { keepStickPanel } from '../client/stick/later.ts';
import type { DeactivationView } from '../client/views.ts';
import { baseStyles } from '../ui/theme/base-styles.ts';
import '../client/elements/lk-answer-loader.ts';
import '../client/elements/lk-deactivation.ts';
import '../ui/layout/lk-card.ts';

/** Giving a license up, its file, and its receipt. */
@customElement('lk-give-up-page')
@localized()
export class LkGiveUpPage extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--lk-space-5);
      }
    `,
  ];

  readonly #license = new LicenseController(this);

  protected override firstUpdated(): void {
    keepStickPanel();
  }

  override render() {
    const { manager } = this.#license;
    if (!manager) return nothing;
    const waiting = manager.deactivations.filter(({ receipt }) => receipt === null);
    const isEmpty = manager.licenses.length === 0 && manager.deactivations.length === 0;
    return html`
      <h1>${msg('Give the license up')}</h1>
      ${isEmpty ? html`<p>${msg('There is no license on this device.')}</p>` : nothing}
      <lk-deactivation></lk-deactivation>
      ${waiting.length > 0 ? this.#loader(waiting) : nothing}
    `;
  }

  #loader(waiting: readonly DeactivationView[]) {
    const label = msg('Load the receipt from the portal');
    return html`
      <lk-card>
        <lk-stick></lk-stick>
        <lk-answer-loader label=${label} .shown=${waiting.map(({ id }) => id)}></lk-answer-loader>
      </lk-card>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-give-up-page': LkGiveUpPage;
  }
}
