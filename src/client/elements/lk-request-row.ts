import { localized, msg, str } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type Bytes, utf8 } from '../../bytes/bytes.ts';
import { copyText } from '../../platform/files.ts';
import { saveFile } from '../../ui/files/save-file.ts';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { LicenseController } from '../license-context.ts';
import { renderFailure } from './failure.ts';
import '../../ui/feedback/lk-notice.ts';
import '../../ui/layout/lk-icon.ts';
import './lk-request-contents.ts';

type Way = 'save' | 'save-text' | 'copy' | 'show' | 'send';

/** A file to take to the portal: save it, as often as need be and as text too, copy the text, show it to a camera, or send it where there is a network. */
@customElement('lk-request-row')
@localized()
export class LkRequestRow extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    baseStyles,
    css`
      .file {
        display: grid;
        gap: var(--lk-space-3);
        padding: var(--lk-space-4);
        border-radius: var(--lk-radius-m);
        background: var(--lk-sunken);
      }
      .name {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .head {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0 var(--lk-space-3);
        align-items: center;
      }
      .head small {
        grid-column: 2;
      }
    `,
  ];

  /** Id of the request or ended activation. */
  @property({ attribute: false }) fileId = '';
  @property({ attribute: false }) name = '';
  @property({ attribute: false }) savedAtMs: number | null = null;
  /** What is in the file, for people. */
  @property() label = '';

  /** null: not tried. */
  @state() private isCopied: boolean | null = null;

  readonly #license = new LicenseController(this);
  readonly #moving = new Task(this, {
    autoRun: false,
    task: ([way]: readonly [Way]) => this.#move(way),
  });

  override render() {
    const isBusy = this.#moving.status === TaskStatus.PENDING;
    const isSaved = this.savedAtMs !== null;
    return html`
      <div class="file">
        <div class="head">
          <lk-icon name="file"></lk-icon>
          <span class="name">${this.name}</span>
          <small>${this.label} ${this.#saved()}</small>
        </div>
        <div class="row">
          <button class=${isSaved ? '' : 'primary'} type="button" ?disabled=${isBusy} @click=${() => this.#run('save')}>
            <lk-icon name="download"></lk-icon>${isSaved ? msg('Save again') : msg('Save file')}
          </button>
          <button type="button" ?disabled=${isBusy} @click=${() => this.#run('copy')}>
            <lk-icon name=${this.isCopied ? 'check' : 'copy'}></lk-icon>${this.isCopied ? msg('Copied') : msg('Copy text')}
          </button>
          <button type="button" ?disabled=${isBusy} @click=${() => this.#run('show')}>
            <lk-icon name="qr-code"></lk-icon>${msg('Show QR code')}
          </button>
          <button type="button" ?disabled=${isBusy} @click=${() => this.#run('save-text')}>
            <lk-icon name="file"></lk-icon>${msg('Save as text')}
          </button>
          <button type="button" ?disabled=${isBusy} @click=${() => this.#run('send')}>
            ${isBusy ? msg('One moment') : msg('Send over the network')}
          </button>
          <slot></slot>
        </div>
        ${
          this.isCopied === false
            ? html`<lk-notice tone="warn">${msg('The browser does not let this page copy. Save the file instead.')}</lk-notice>`
            : nothing
        }
        ${this.#moving.render({ error: renderFailure, complete: () => nothing })}
        <lk-request-contents .fileId=${this.fileId}></lk-request-contents>
        <lk-qr-dialog hint=${msg('The portal takes it under Scan a QR code.')}></lk-qr-dialog>
      </div>
    `;
  }

  #saved(): string {
    return this.savedAtMs === null
      ? msg('Not saved yet.')
      : msg(str`Saved ${formatDateTime(this.savedAtMs)}.`);
  }

  #run(way: Way): void {
    this.isCopied = null;
    void this.#moving.run([way]);
  }

  async #move(way: Way): Promise<void> {
    const { manager } = this.#license;
    if (!manager) return;
    if (way === 'send') {
      await manager.send(this.fileId);
      return;
    }
    const { name, bytes } = await manager.file(this.fileId);
    if (way === 'save') {
      saveFile(name, bytes);
      await manager.noteSaved(this.fileId);
      return;
    }
    if (way === 'show') return this.#show(bytes);
    const { toArmor } = await import('../../bytes/carrier.ts');
    if (way === 'copy') {
      this.isCopied = await copyText(toArmor(bytes));
      return;
    }
    saveFile(`${name}.txt`, utf8(toArmor(bytes)));
    await manager.noteSaved(this.fileId);
  }

  async #show(file: Bytes): Promise<void> {
    const [{ qrCodes }] = await Promise.all([
      import('../../bytes/qr-codes.ts'),
      import('../../ui/qr/lk-qr-dialog.ts'),
    ]);
    await this.renderRoot.querySelector('lk-qr-dialog')?.show(qrCodes(file));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-request-row': LkRequestRow;
  }
}
