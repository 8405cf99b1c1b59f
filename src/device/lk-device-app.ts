import { localized, msg } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { until } from 'lit/directives/until.js';
import type { Picked } from '../client/elements/lk-answer-loader.ts';
import { LicenseController, provideLicense } from '../client/license-context.ts';
import type { LicenseManager } from '../client/license-manager.ts';
import { MAX_ANSWER_BYTES } from '../platform/files.ts';
import type { FilesDetail } from '../ui/files/lk-file-drop.ts';
import { adoptTheme } from '../ui/theme/adopt-theme.ts';
import { baseStyles } from '../ui/theme/base-styles.ts';
import { openDevice } from './opening.ts';
import { paths, Router } from './router.ts';
import '../client/elements/lk-status-card.ts';
import '../ui/layout/lk-app-frame.ts';

/** How long the page stays empty for a device that is slow to open. */
const PATIENCE_MS = 300;

/** The device app: opens this device and shows where it stands. */
@customElement('lk-device-app')
@localized()
export class LkDeviceApp extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .support {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--lk-space-2) var(--lk-space-4);
      }
      .support a {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--lk-target);
      }
      .anywhere {
        display: none;
      }
      strong {
        color: var(--lk-text);
        white-space: nowrap;
      }
    `,
  ];

  readonly #router = new Router(this);
  readonly #license = new LicenseController(this);
  readonly #opening = new Task(this, { args: () => [], task: () => this.#open(), autoRun: false });

  #shownPath = this.#router.path;
  /** Files that came and are not loaded yet. */
  #waiting: Picked[] = [];
  #isTaking = false;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) return;
    // Rendered while the database is read, and not shown: a frame painted around nothing would hold the status up.
    this.hidden = true;
    void Promise.race([this.#opening.run(), delay(PATIENCE_MS)]).then(() => this.#show());
  }

  override render() {
    const { manager } = this.#license;
    const brand = manager?.profile.brand.name ?? '';
    const product = manager?.profile.productName || brand;
    const page = () => this.#page();
    return html`
      <lk-app-frame .name=${product} .subtitle=${manager?.deviceName ?? ''}>
        <lk-app-notices slot="notices"></lk-app-notices>
        ${this.#opening.render({ initial: page, pending: page, complete: page, error: error => this.#failure(error) })}
        <lk-pin-dialog></lk-pin-dialog>
        <lk-paste-anywhere max-bytes=${MAX_ANSWER_BYTES} @lk-files=${this.#dropped}></lk-paste-anywhere>
        <div slot="footer" class="support number">${manager ? this.#support(manager) : nothing}</div>
      </lk-app-frame>
    `;
  }

  /** The link that was followed is gone with its page, and the focus with it. */
  protected override updated(): void {
    const { path } = this.#router;
    if (path === this.#shownPath) return;
    this.#shownPath = path;
    this.#nameDocument();
    this.renderRoot.querySelector('lk-app-frame')?.focusContent();
  }

  async #open(): Promise<void> {
    try {
      const manager = await openDevice();
      provideLicense(manager);
      if (!this.hidden) this.#show();
      this.#nameDocument();
      afterPaint(() => void this.#openDoors());
    } finally {
      // The rest of the page comes when the first status has been painted.
      afterPaint(() => void import('./pages.ts'));
    }
  }

  /** In the vendor's colors, which are known once the device is open. */
  #show(): void {
    adoptTheme(this.#license.manager?.profile.brand);
    this.hidden = false;
  }

  #nameDocument(): void {
    const { brand, productName } = this.#license.manager?.profile ?? {};
    document.title = [productName || brand?.name, pageName(this.#router.path)].filter(Boolean).join(' · ');
  }

  #page() {
    const { path } = this.#router;
    if (path === paths.about) return html`<lk-about-page></lk-about-page>${this.#anywhere()}`;
    if (path === paths.giveUp) return this.#giveUpPage();
    if (path === paths.check) return this.#checkPage();
    if (path === paths.recover) return html`<lk-recover-page></lk-recover-page>`;
    return html`
      <lk-status-card level="1"></lk-status-card>
      <lk-home-page></lk-home-page>
    `;
  }

  #checkPage() {
    void import('./check/lk-machine-page.ts');
    return html`<lk-machine-page></lk-machine-page>${this.#anywhere()}`;
  }

  /** While it waits for a receipt, the page has a place for files of its own. */
  #giveUpPage() {
    const waits = this.#license.manager?.deactivations.some(({ receipt }) => receipt === null);
    return html`<lk-give-up-page></lk-give-up-page>${waits ? nothing : this.#anywhere()}`;
  }

  /** A file may be dropped on every page: dropped elsewhere, the browser would open it in place of the app. */
  #anywhere() {
    return html`
      <lk-file-drop class="anywhere" wide multiple max-bytes=${MAX_ANSWER_BYTES} @lk-files=${this.#dropped}></lk-file-drop>
    `;
  }

  #dropped({ detail }: CustomEvent<FilesDetail>): void {
    void this.#take(detail.files);
  }

  #failure(error: unknown) {
    return html`
      ${until(import('../client/elements/failure.ts').then(({ renderFailure }) => renderFailure(error)))}
      <div class="row">
        <button class="primary" type="button" @click=${() => this.#opening.run()}>${msg('Try again')}</button>
      </div>
    `;
  }

  #support({ deviceNumber }: LicenseManager) {
    const { path } = this.#router;
    const number = deviceNumber ?? '';
    return html`
      <span>
        ${
          number
            ? html`${msg('Calling support? Read')} <strong>${number}</strong>`
            : msg('This device gets its number with its first request.')
        }
      </span>
      ${
        path === paths.home
          ? html`<a href=${paths.about}>${msg('About this device')}</a>`
          : html`<a href=${paths.home}>${msg('Back to the license')}</a>`
      }
    `;
  }

  async #openDoors(): Promise<void> {
    const { openDoors, takeGivenName } = await import('./pages.ts');
    openDoors({ take: files => void this.#take(files), go: path => this.#router.go(path) });
    const { manager } = this.#license;
    if (manager) await takeGivenName(manager);
  }

  /** Loads files on the home page, one after the other, once every question on the page has its answer; none: shows where. */
  async #take(files: readonly Picked[]): Promise<void> {
    this.#waiting.push(...files);
    if (this.#isTaking) return;
    this.#isTaking = true;
    const { questionsAnswered } = await import('./pages.ts');
    do {
      await questionsAnswered();
      if (this.#router.path !== paths.home) this.#router.go(paths.home);
      await this.updateComplete;
      await this.renderRoot.querySelector('lk-home-page')?.load(this.#waiting.splice(0));
    } while (this.#waiting.length > 0);
    this.#isTaking = false;
  }
}

function afterPaint(act: () => void): void {
  requestAnimationFrame(() => setTimeout(act));
}

function delay(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

function pageName(path: string): string {
  if (path === paths.about) return msg('About this device');
  if (path === paths.check) return msg('Check this machine');
  if (path === paths.recover) return msg('Get my license back');
  return path === paths.giveUp ? msg('Give the license up') : msg('License');
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-device-app': LkDeviceApp;
  }
}
