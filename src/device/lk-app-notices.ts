import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { LicenseController } from '../client/license-context.ts';
import { whenIdle } from '../platform/clock.ts';
import { showBadge } from '../platform/doors/badge.ts';
import { askForPersistence, clearsUnusedData, type Persistence } from '../platform/persistence.ts';
import { type InstalledWorker, installServiceWorker } from '../platform/service-worker.ts';
import { baseStyles } from '../ui/theme/base-styles.ts';
import './lk-install-offer.ts';

const SERVICE_WORKER = '/sw.js';

/** Opened from a disk, without an origin of its own: nothing can be installed. */
const isOneFile = location.protocol === 'file:';

/** Quiet notices of the app: a new version, storage that is not kept, and what the licenses have to tell. */
@customElement('lk-app-notices')
@localized()
export class LkAppNotices extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--lk-space-2);
      }
    `,
  ];

  @state() private isUpdateReady = false;
  @state() private isUpdateBroken = false;
  @state() private persistence: Persistence = 'unknown';
  @state() private hasAskedAgain = false;

  readonly #license = new LicenseController(this);
  #worker: InstalledWorker | null = null;
  /** What the icon shows; at first nobody knows. */
  #badge = -1;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('online', this.#look);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.#look);
  }

  protected override firstUpdated(): void {
    whenIdle(() => {
      void this.#install();
      void this.#keepStorage();
    });
  }

  /** On the icon: files that wait for their answer. */
  protected override updated(): void {
    const { openRequests = [], deactivations = [] } = this.#license.manager ?? {};
    const waiting = openRequests.length + deactivations.filter(({ receipt }) => receipt === null).length;
    if (waiting === this.#badge) return;
    this.#badge = waiting;
    void showBadge(waiting);
  }

  override render() {
    const hasLicense = (this.#license.manager?.licenses.length ?? 0) > 0;
    return html`
      <lk-license-notices></lk-license-notices>
      ${this.isUpdateReady ? this.#update() : nothing}
      ${
        this.isUpdateBroken
          ? html`<lk-notice tone="warn">${msg('The app could not be prepared for use without a network. It works while the server can be reached.')}</lk-notice>`
          : nothing
      }
      ${isOneFile && !hasLicense ? oneFile() : nothing}
      <lk-install-offer .isAtRisk=${this.persistence === 'not-granted'}></lk-install-offer>
      ${clearsUnusedData() ? this.#cleared() : nothing}
      ${hasLicense && !clearsUnusedData() && this.persistence === 'not-granted' ? this.#notKept() : nothing}
    `;
  }

  #update() {
    return html`
      <lk-notice tone="accent" icon="refresh-cw" action=${msg('Update')} @lk-action=${() => this.#worker?.update()}>
        ${msg('An update is ready. Your license is kept.')}
      </lk-notice>
    `;
  }

  /** An app that is installed has a storage of its own there: a license from before stays behind. */
  #cleared() {
    return html`
      <lk-notice>
        ${
          this.#license.manager?.deviceNumber
            ? msg(
                'This browser clears an app that nobody opens for seven days. Open this app at least once a week, or its license is lost.',
              )
            : msg(
                'This browser clears an app that nobody opens for seven days. Add this app to the Home Screen or the Dock first, and license it there.',
              )
        }
      </lk-notice>
    `;
  }

  #notKept() {
    return html`
      <lk-notice action=${msg('Ask again')} @lk-action=${this.#askAgain}>
        ${
          this.hasAskedAgain
            ? msg('The browser did not agree. Install this app or bookmark it, then ask again.')
            : msg('The browser may clear this app’s data when space runs out.')
        }
      </lk-notice>
    `;
  }

  #look = (): void => this.#worker?.look();

  async #askAgain(): Promise<void> {
    await this.#keepStorage();
    this.hasAskedAgain = true;
  }

  async #keepStorage(): Promise<void> {
    this.persistence = await askForPersistence();
  }

  async #install(): Promise<void> {
    if (import.meta.env?.DEV || isOneFile) return;
    if (!('serviceWorker' in navigator)) {
      this.isUpdateBroken = true;
      return;
    }
    try {
      this.#worker = await installServiceWorker(SERVICE_WORKER, {
        onUpdateReady: () => {
          this.isUpdateReady = true;
        },
      });
    } catch {
      // Without a network the registered worker goes on; without any worker this is the first visit.
      this.isUpdateBroken = !navigator.serviceWorker.controller;
    }
  }
}

function oneFile() {
  return html`
    <lk-notice>
      ${msg(
        'This app is a single file. Open it always in this browser and this login, and do not clear the browser’s data: the license would be lost.',
      )}
    </lk-notice>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-app-notices': LkAppNotices;
  }
}
