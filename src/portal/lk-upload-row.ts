import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Bytes, utf8 } from '../bytes/bytes.ts';
import { MAX_FILE_BYTES, toArmor } from '../bytes/carrier.ts';
import { qrCodes } from '../bytes/qr-codes.ts';
import { saveFile } from '../ui/files/save-file.ts';
import { baseStyles } from '../ui/theme/base-styles.ts';
import type { AnswerFile } from './round/answer-files.ts';
import { canAskAgain, completable, standingOf, type Upload } from './round/upload.ts';
import { uploadWords } from './round/upload-words.ts';
import '../ui/files/lk-download.ts';
import '../ui/files/lk-file-row.ts';

/**
 * One file of a round: what was decided, why if not, and its answer.
 *
 * @fires lk-ask-again - The file shall be sent again; detail: the upload's id.
 * @fires lk-name - Somebody wants to name key or user for it; detail: the upload's id.
 */
@customElement('lk-upload-row')
@localized()
export class LkUploadRow extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--lk-space-2);
      }
      small {
        font-size: var(--lk-text-xs);
      }
    `,
  ];

  @property({ attribute: false }) upload: Upload | null = null;
  @property({ attribute: false }) answer: AnswerFile | null = null;

  override render() {
    if (!this.upload) return nothing;
    const { tone, heading, hint, code, detail } = uploadWords(this.upload);
    const isUnderway = standingOf(this.upload) === 'underway';
    return html`
      <lk-file-row
        .heading=${heading}
        .detail=${detail}
        .tone=${tone}
        .icon=${isUnderway ? 'hourglass' : ''}
      >
        ${hint ? html`<span>${hint}</span>` : nothing}
        ${code ? html`<small>${msg(str`Reason: ${code}`)}</small>` : nothing}
        <div slot="actions" class="actions">
          ${this.#name(this.upload)}
          ${canAskAgain(this.upload) ? this.#again() : nothing}
          ${this.answer ? this.#download(this.answer) : nothing}
        </div>
      </lk-file-row>
    `;
  }

  #name(upload: Upload) {
    const request = completable(upload);
    if (!request) return nothing;
    return html`
      <button type="button" @click=${() => this.#tell('lk-name')}>
        <lk-icon name="key-round"></lk-icon>${request.isNeeded ? msg('Type it here') : msg('Use another key')}
        <span class="visually-hidden">${upload.fileName}</span>
      </button>
    `;
  }

  #again() {
    return html`
      <button type="button" @click=${() => this.#tell('lk-ask-again')}>
        <lk-icon name="refresh-cw"></lk-icon>${msg('Ask again')}
        <span class="visually-hidden">${this.upload?.fileName}</span>
      </button>
    `;
  }

  #download({ name, bytes }: AnswerFile) {
    return html`
      <lk-download .name=${name} .bytes=${bytes} .label=${this.#saveText()}></lk-download>
      ${bytes.length <= MAX_FILE_BYTES ? this.#otherWays(bytes) : nothing}
    `;
  }

  /** For sites that let nothing but text through, and for mail. */
  #otherWays(bytes: Bytes) {
    return html`
      <button type="button" @click=${() => this.#show(bytes)}>
        <lk-icon name="qr-code"></lk-icon>${msg('Show QR code')}
        <span class="visually-hidden">${this.answer?.name}</span>
      </button>
      <button type="button" @click=${() => saveFile(`${this.answer?.name}.txt`, utf8(toArmor(bytes)))}>
        <lk-icon name="file"></lk-icon>${msg('Save as text')}
        <span class="visually-hidden">${this.answer?.name}</span>
      </button>
      <lk-qr-dialog hint=${msg('The device takes it under Scan a QR code.')}></lk-qr-dialog>
    `;
  }

  async #show(bytes: Bytes): Promise<void> {
    await import('../ui/qr/lk-qr-dialog.ts');
    await this.renderRoot.querySelector('lk-qr-dialog')?.show(qrCodes(bytes));
  }

  #saveText(): string {
    const { progress } = this.upload ?? {};
    if (progress?.state !== 'answered') return msg('Save');
    if (progress.decision.kind === 'license') return msg('Save license');
    return progress.decision.kind === 'receipt' ? msg('Save receipt') : msg('Save refusal');
  }

  #tell(type: 'lk-ask-again' | 'lk-name'): void {
    const detail = this.upload?.id;
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-upload-row': LkUploadRow;
  }
  interface HTMLElementEventMap {
    'lk-ask-again': CustomEvent<number>;
    'lk-name': CustomEvent<number>;
  }
}
