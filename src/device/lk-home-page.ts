import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Picked } from '../client/elements/lk-answer-loader.ts';
import { LicenseController } from '../client/license-context.ts';
import { baseStyles } from '../ui/theme/base-styles.ts';
import { paths } from './router.ts';
import '../client/elements/lk-feature-list.ts';
import '../client/elements/lk-trip.ts';
import '../client/elements/lk-usage.ts';
import '../ui/feedback/lk-notice.ts';

/** What follows the status: the trip while one is under way, else what the license includes. */
@customElement('lk-home-page')
@localized()
export class LkHomePage extends LitElement {
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

  /** Loads files that the app was opened with. */
  async load(files: readonly Picked[]): Promise<void> {
    await this.updateComplete;
    await this.renderRoot.querySelector('lk-trip')?.load(files);
  }

  override render() {
    const { manager } = this.#license;
    if (!manager) return nothing;
    const waits = manager.deactivations.some(({ receipt }) => receipt === null);
    const isLicensed = manager.licenses.length > 0;
    const trip = html`<lk-trip></lk-trip>`;
    return html`
      ${waits ? this.#waiting() : nothing}
      ${isLicensed && manager.openRequests.length === 0 ? nothing : trip}
      ${isLicensed ? html`<lk-feature-list></lk-feature-list><lk-usage></lk-usage>` : nothing}
      ${isLicensed && manager.openRequests.length === 0 ? trip : nothing}
      ${isLicensed || manager.deactivations.length > 0 ? this.#giveUp() : nothing}
    `;
  }

  #waiting() {
    return html`
      <lk-notice tone="warn" action=${msg('Show the file')} @lk-action=${() => this.#go()}>
        ${msg('A license was given up, and its receipt is not here yet. Its file is kept until then.')}
      </lk-notice>
    `;
  }

  #giveUp() {
    return html`<p><a href=${paths.giveUp}>${msg('Give the license up, or see receipts')}</a></p>`;
  }

  #go(): void {
    this.renderRoot.querySelector<HTMLAnchorElement>(`a[href='${paths.giveUp}']`)?.click();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-home-page': LkHomePage;
  }
}
