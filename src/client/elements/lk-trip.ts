import { localized, msg } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { errorText } from '../../ui/texts/error-texts.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { LicenseController } from '../license-context.ts';
import type { LicenseManager } from '../license-manager.ts';
import { keepStickPanel } from '../stick/later.ts';
import type { RefusalView, RequestView } from '../views.ts';
import { renderFailure } from './failure.ts';
import type { Picked } from './lk-answer-loader.ts';
import type { Instead, NamedBy, Requested } from './lk-key-entry.ts';
import { portalAddress } from './portal-address.ts';
import '../../ui/feedback/lk-confirm.ts';
import '../../ui/feedback/lk-notice.ts';
import '../../ui/feedback/lk-refusal.ts';
import '../../ui/layout/lk-card.ts';
import '../../ui/layout/lk-stepper.ts';
import './lk-answer-loader.ts';
import './lk-key-entry.ts';
import './lk-new-device.ts';
import './lk-request-row.ts';

/**
 * The trip to the portal as one panel: enter the license key, take the file to the portal, load the answer. It
 * shows every file that waits, so it is the same after the app was closed.
 */
@customElement('lk-trip')
@localized()
export class LkTrip extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .part {
        display: grid;
        gap: var(--lk-space-4);
      }
      .another {
        margin-inline-start: calc(-1 * var(--lk-space-4));
      }
      .portal {
        overflow-wrap: anywhere;
      }
      summary {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--lk-target);
        color: var(--lk-accent-text);
        font-weight: 600;
        cursor: pointer;
      }
    `,
  ];

  /** Whether the key of a further license is being entered. */
  @state() private isEntering = false;
  /** By what the license was named last, so that it is the same for the next one. */
  @state() private namedBy: NamedBy = 'key';
  /** Whether the place for files is open before the first request. */
  @state() private isLoading = false;
  /** The file that is there because the network did not do. */
  @state() private instead: Instead | null = null;

  /** Whether this device has got a number of its own while the trip was shown. */
  @state() private isRenewed = false;

  readonly #license = new LicenseController(this);
  readonly #discarding = new Task(this, {
    autoRun: false,
    task: ([id]: readonly [string]) => this.#license.manager?.discard(id) ?? Promise.resolve(),
  });
  #number: string | null = null;
  /** The request whose refused credentials are typed again. */
  #retyped: string | null = null;

  /** Loads files that came another way, such as a file handler; none: shows where to load them. */
  async load(files: readonly Picked[]): Promise<void> {
    this.isLoading = true;
    await this.updateComplete;
    await this.renderRoot.querySelector('lk-answer-loader')?.load(files);
  }

  protected override willUpdate(): void {
    const number = this.#license.manager?.deviceNumber ?? null;
    if (this.#number !== null && number !== null && number !== this.#number) this.isRenewed = true;
    this.#number = number;
  }

  /** What was pressed to get the number is gone, wherever it was: the license key comes next. */
  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('isRenewed') && this.isRenewed) void this.#focusNext();
  }

  protected override firstUpdated(): void {
    keepStickPanel();
  }

  override render() {
    const { manager } = this.#license;
    if (!manager) return nothing;
    const requests = manager.openRequests;
    const isFirst = requests.length === 0 && manager.licenses.length === 0;
    const isEntering = isFirst || this.isEntering;
    return html`
      <lk-card heading=${this.#heading(manager, isEntering)}>
        ${this.#stepper(manager, isEntering)}
        ${isFirst && this.isRenewed ? this.#renewed() : nothing}
        ${isEntering ? this.#entry() : nothing}
        ${requests.length > 0 ? this.#files(requests, manager) : nothing}
        ${this.#discarding.render({ complete: () => nothing, error: renderFailure })}
        ${isFirst ? nothing : html`<lk-stick></lk-stick>`}
        ${isFirst ? this.#early() : html`<lk-answer-loader .shown=${requests.map(({ id }) => id)}></lk-answer-loader>`}
        ${isFirst ? nothing : this.#another()}
      </lk-card>
      <lk-confirm
        heading=${msg('Forget this request?')}
        confirm=${msg('Forget it')}
        danger
      >${msg('An answer to this file is then refused on this device. You can make a new request at any time.')}</lk-confirm>
    `;
  }

  #entry() {
    return html`
      <lk-key-entry
        .by=${this.namedBy}
        @lk-named-by=${({ detail }: CustomEvent<NamedBy>) => this.#nameBy(detail)}
        @lk-requested=${this.#entered}
      ></lk-key-entry>
    `;
  }

  #heading({ openRequests, licenses }: LicenseManager, isEntering: boolean): string {
    if (isEntering) return msg('Enter your license');
    if (openRequests.length === 0 && licenses.length > 0) return msg('Files from the portal');
    return openRequests.every(({ savedAtMs }) => savedAtMs !== null)
      ? msg('Bring the answer back')
      : msg('Take the file to the portal');
  }

  #stepper({ openRequests, licenses }: LicenseManager, isEntering: boolean) {
    if (openRequests.length === 0 && licenses.length > 0 && !isEntering) return nothing;
    const isSaved = openRequests.every(({ savedAtMs }) => savedAtMs !== null);
    const isReport = !isEntering && openRequests.every(({ kind }) => kind === 'usage-report');
    const steps = [
      isReport ? msg('Make the report') : msg('Enter your license'),
      msg('Take the file to the portal'),
      msg('Load the answer'),
    ];
    const current = isEntering ? 0 : isSaved ? 2 : 1;
    return html`<lk-stepper .steps=${steps} .current=${current}></lk-stepper>`;
  }

  #files(requests: readonly RequestView[], { portals }: LicenseManager) {
    const [portal] = portals;
    return html`
      <div class="part">
        ${requests.map(request => this.#file(request))}
        ${
          portal
            ? html`<p class="portal">
              ${msg('Upload the file at')} ${portalAddress(portal)}${msg('; no account needed. Then bring the answer back here.')}
            </p>`
            : nothing
        }
      </div>
    `;
  }

  #renewed() {
    return html`<lk-notice tone="ok">${msg('This is a device of its own now. Enter the license key to get its request file.')}</lk-notice>`;
  }

  #file({ id, kind, fileName, savedAtMs, refusal }: RequestView) {
    return html`
      <div class="part">
        ${id === this.instead?.id ? insteadNotice(this.instead) : nothing}
        <lk-request-row
          .fileId=${id}
          .name=${fileName}
          .savedAtMs=${savedAtMs}
          label=${kind === 'usage-report' ? msg('Usage report.') : msg('Activation request.')}
        >
          <button class="quiet" type="button" @click=${() => this.#discard(id)}>${msg('Forget')}</button>
        </lk-request-row>
        ${refusal ? this.#refusal(id, refusal) : nothing}
      </div>
    `;
  }

  /** What was typed wrong is typed again, for a new file that takes the place of this one. */
  #refusal(id: string, { code, data }: RefusalView) {
    return html`
      <lk-refusal .code=${code} .data=${data} tone="warn">
        ${code === 'DEVICE_COPIED' ? html`<lk-new-device slot="actions"></lk-new-device>` : nothing}
        ${
          code === 'CREDENTIALS_REFUSED' && !this.isEntering
            ? html`<button slot="actions" type="button" @click=${() => this.#enterAgain(id)}>${msg('Type them again')}</button>`
            : nothing
        }
      </lk-refusal>
    `;
  }

  async #enterAgain(id: string): Promise<void> {
    this.isEntering = true;
    this.#retyped = id;
    await this.updateComplete;
    this.renderRoot.querySelector('lk-key-entry')?.focus();
  }

  #nameBy(by: NamedBy): void {
    this.namedBy = by;
  }

  /** Before the first request no file can be for this device; who has one is told why. */
  #early() {
    return html`
      <details ?open=${this.isLoading} @lk-files=${this.#opened}>
        <summary>${msg('I have a file already')}</summary>
        <lk-answer-loader></lk-answer-loader>
      </details>
    `;
  }

  #opened(): void {
    this.isLoading = true;
  }

  #another() {
    return html`
      <button slot="actions" class="quiet another" type="button" @click=${this.#toggle}>
        ${this.isEntering ? msg('Enter no further key') : msg('Enter another license key')}
      </button>
    `;
  }

  /** The place to type is above the button, maybe out of sight. */
  async #toggle(): Promise<void> {
    this.isEntering = !this.isEntering;
    this.#retyped = null;
    await this.updateComplete;
    if (this.isEntering) this.renderRoot.querySelector('lk-key-entry')?.focus();
  }

  async #entered({ detail }: CustomEvent<Requested>): Promise<void> {
    const retyped = this.#retyped;
    this.isEntering = false;
    this.#retyped = null;
    this.instead = detail.instead;
    if (retyped) await this.#discarding.run([retyped]);
    await this.#focusNext();
  }

  /** What was pressed is gone: the next thing to do takes the focus. */
  async #focusNext(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('lk-request-row, lk-key-entry')?.focus();
  }

  async #discard(id: string): Promise<void> {
    const isConfirmed = await this.renderRoot.querySelector('lk-confirm')?.ask();
    if (!isConfirmed) return;
    await this.#discarding.run([id]);
    await this.#focusNext();
  }
}

function insteadNotice({ reason }: Instead) {
  return html`
    <lk-notice tone="warn" icon="wifi-off">
      ${errorText(reason.code, reason.data).text} ${msg('Save this file and take it to the portal.')}
    </lk-notice>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-trip': LkTrip;
  }
}
