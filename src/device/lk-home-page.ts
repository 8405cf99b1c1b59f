import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Picked } from '../client/elements/lk-answer-loader.ts';
import { LicenseController } from '../client/license-context.ts';
import type { LicenseManager } from '../client/license-manager.ts';
import type { DeviceMark } from '../platform/device-mark.ts';
import { baseStyles } from '../ui/theme/base-styles.ts';
import { pageStyles } from './page-styles.ts';
import { paths } from './router.ts';
import '../client/elements/lk-feature-list.ts';
import '../client/elements/lk-license-list.ts';
import '../client/elements/lk-sync-status.ts';
import '../client/elements/lk-trip.ts';
import '../client/elements/lk-usage.ts';
import '../client/recovery/lk-recovery-file.ts';
import '../ui/feedback/lk-notice.ts';

/** What follows the status: the trip while one is under way, else what the license includes. */
@customElement('lk-home-page')
@localized()
export class LkHomePage extends LitElement {
  static override styles = [baseStyles, pageStyles];

  readonly #license = new LicenseController(this);
  /** Stays once it was offered here, to say that it was saved. */
  #isOffered = false;

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
    const isTold = manager.lost !== null && !isLicensed && manager.openRequests.length === 0;
    const { isCurrent, isDeclined } = manager.recovery;
    this.#isOffered = isLicensed && !isDeclined && (this.#isOffered || !isCurrent);
    return html`
      <lk-sync-status></lk-sync-status>
      ${isTold && manager.lost ? lostNotice(manager.lost) : nothing}
      ${waits ? this.#waiting() : nothing}
      ${repeat(
        partsInOrder(manager),
        part => part,
        part => parts[part],
      )}
      ${this.#isOffered ? html`<lk-recovery-file offer></lk-recovery-file>` : nothing}
      ${isLicensed || isTold ? nothing : getBack()}
      ${isLicensed || manager.deactivations.length > 0 ? this.#giveUp() : nothing}
      ${isLicensed || manager.openRequests.length > 0 ? nothing : checkFirst()}
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
    return html`<p class="row"><a class="more" href=${paths.giveUp}>${msg('Give the license up, or see receipts')}</a></p>`;
  }

  #go(): void {
    this.renderRoot.querySelector<HTMLAnchorElement>(`a[href='${paths.giveUp}']`)?.click();
  }
}

function checkFirst() {
  return html`<p class="row"><a class="more" href=${paths.check}>${msg('Check this machine first')}</a></p>`;
}

function getBack() {
  return html`<p class="row"><a class="more" href=${paths.recover}>${msg('Get my license back')}</a></p>`;
}

/** Said once it is known, and until a license is here again. */
function lostNotice({ name }: DeviceMark) {
  return html`
    <lk-notice tone="warn">
      ${
        name
          ? msg(str`The data of this app was cleared by the browser: ${name} had a license here.`)
          : msg('The data of this app was cleared by the browser: there was a license here.')
      }
      <a class="more" href=${paths.recover}>${msg('Get my license back')}</a>
    </lk-notice>
  `;
}

type Part = 'trip' | 'licenses' | 'features' | 'usage';

const parts: Readonly<Record<Part, TemplateResult>> = {
  trip: html`<lk-trip></lk-trip>`,
  licenses: html`<lk-license-list></lk-license-list>`,
  features: html`<lk-feature-list></lk-feature-list>`,
  usage: html`<lk-usage></lk-usage>`,
};

/** The trip moves when a license arrives; it stays the same element, which says what was loaded. */
function partsInOrder({ licenses, openRequests }: LicenseManager): Part[] {
  if (licenses.length === 0) return ['trip'];
  const told: Part[] = ['licenses', 'features', 'usage'];
  return openRequests.length > 0 ? ['trip', ...told] : [...told, 'trip'];
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-home-page': LkHomePage;
  }
}
