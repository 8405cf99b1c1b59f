import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { publicPaths } from '../api/paths.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { MAX_FILE_BYTES } from '../bytes/carrier.ts';
import { qrCodeReader } from '../bytes/qr-codes.ts';
import { webCrypto } from '../crypto/web.ts';
import { DEVICE_FILE_ENDING } from '../format/file-name.ts';
import { AnswerReader, type LoadTrust, trustAt } from '../platform/answer-reader.ts';
import { canChooseFolder, chooseFolder, saveToFolder } from '../platform/stick/folder.ts';
import type { FilesDetail } from '../ui/files/lk-file-drop.ts';
import { baseStyles } from '../ui/theme/base-styles.ts';
import { type AnswerFile, answerFiles } from './answer-files.ts';
import { exchangeFile } from './exchange-client.ts';
import { Round } from './round.ts';
import { roundWords } from './round-words.ts';
import { downloadAll } from './save-answers.ts';
import { standingOf, type Upload } from './upload.ts';
import './lk-upload-row.ts';
import '../ui/feedback/lk-notice.ts';
import '../ui/feedback/lk-progress.ts';
import '../ui/files/lk-file-drop.ts';
import '../ui/files/lk-paste-anywhere.ts';
import '../ui/layout/lk-app-frame.ts';

/** Device files, and those that were saved as text. */
const accepted = `${DEVICE_FILE_ENDING},${DEVICE_FILE_ENDING}.txt`;

/** More rows than this that need nobody are folded. */
const maxOpenRows = 8;

const standings = ['trouble', 'underway', 'good'] as const;

/** The portal: device files in, answers out, without an account. */
@customElement('lk-portal-page')
@localized()
export class LkPortalPage extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .lead {
        max-inline-size: 38rem;
        color: var(--lk-text-quiet);
        font-size: var(--lk-text-l);
      }
      .intro {
        display: grid;
        gap: var(--lk-space-2);
      }
      .first {
        --lk-drop-size: max(16rem, 44dvh);
      }
      .summary {
        display: grid;
        gap: var(--lk-space-4);
        padding: var(--lk-space-5);
        border: var(--lk-line-width) solid var(--lk-line);
        border-radius: var(--lk-radius-l);
        background: var(--lk-surface);
        box-shadow: var(--lk-shadow-1);
      }
      .rows {
        overflow: hidden;
        border: var(--lk-line-width) solid var(--lk-line);
        border-radius: var(--lk-radius-l);
        background: var(--lk-surface);
        box-shadow: var(--lk-shadow-1);
      }
      .rows li + li {
        border-block-start: var(--lk-line-width) solid var(--lk-line);
      }
      section {
        display: grid;
        gap: var(--lk-space-3);
      }
      .summary h1 {
        font-size: var(--lk-text-xl);
      }
      h2 {
        font-size: var(--lk-text-l);
      }
      summary {
        display: list-item;
        min-block-size: var(--lk-target);
        padding-block: var(--lk-space-2);
        border-radius: var(--lk-radius-m);
        font-size: var(--lk-text-l);
        font-weight: 650;
        cursor: pointer;
      }
      details[open] summary {
        margin-block-end: var(--lk-space-3);
      }
      ol.how {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr));
        gap: var(--lk-space-4);
        counter-reset: step;
      }
      .how li {
        display: flex;
        gap: var(--lk-space-3);
        counter-increment: step;
        color: var(--lk-text-quiet);
        font-size: var(--lk-text-s);
      }
      .how li::before {
        content: counter(step);
        display: grid;
        place-items: center;
        flex: none;
        inline-size: 1.75rem;
        block-size: 1.75rem;
        border-radius: var(--lk-radius-round);
        background: var(--lk-accent-soft);
        color: var(--lk-accent-text);
        font-weight: 650;
      }
    `,
  ];

  /** How a file is given to the server. */
  @property({ attribute: false }) exchange = exchangeFile;
  /** Whom devices believe; asked for with the first answer. */
  @property({ attribute: false }) loadTrust: LoadTrust = trustAt(publicPaths.profile);

  @state() private uploads: readonly Upload[] = [];
  @state() private leftOut = 0;
  @state() private savedWords = '';

  readonly #reader = new AnswerReader({
    crypto: webCrypto(),
    loadTrust: crypto => this.loadTrust(crypto),
    unreachable: 'PORTAL_UNREACHABLE',
  });
  readonly #round = new Round({
    exchange: file => this.exchange(file),
    read: answer => this.#reader.read(answer),
    onChange: () => {
      this.uploads = this.#round.uploads;
    },
  });

  override render() {
    return html`
      <lk-app-frame name="Latchkey" subtitle=${msg('License portal')}>
        ${this.uploads.length === 0 ? this.#start() : this.#results()}
        <lk-paste-anywhere
        max-bytes=${MAX_FILE_BYTES}
        @lk-files=${({ detail }: CustomEvent<FilesDetail>) => this.#add(detail)}
      ></lk-paste-anywhere>
      <lk-qr-scanner @lk-scanned=${this.#scanned}></lk-qr-scanner>
        <span slot="footer">${msg(
          'Nothing is kept on this page. Close it and come back when you like: the same files give the same answers.',
        )}</span>
      </lk-app-frame>
    `;
  }

  #start() {
    return html`
      <div class="intro">
        <h1>${msg('Bring your files, take your answers')}</h1>
        <p class="lead">${msg('Each file that a device saved gets an answer to carry back to it. You need no account.')}</p>
      </div>
      <lk-file-drop
        class="first"
        wide
        multiple
        accept=${accepted}
        .maxBytes=${MAX_FILE_BYTES}
        label=${msg('Drop the files from your stick here')}
        hint=${msg('One or many, or the whole folder. You may paste text as well.')}
        @lk-files=${({ detail }: CustomEvent<FilesDetail>) => this.#add(detail)}
      ></lk-file-drop>
      ${this.#scanButton()}
      <ol class="how">
        <li>${msg('At the device, save its file to the stick.')}</li>
        <li>${msg('Drop it here and save the answer to the same stick.')}</li>
        <li>${msg('Back at the device, load the answer.')}</li>
      </ol>
    `;
  }

  #scanButton() {
    return html`
      <div>
        <button type="button" @click=${this.#scan}><lk-icon name="camera"></lk-icon>${msg('Scan a QR code')}</button>
      </div>
    `;
  }

  #results() {
    const answers = answerFiles(this.uploads);
    const [trouble, underway, good] = standings.map(standing =>
      this.uploads.filter(upload => standingOf(upload) === standing),
    );
    return html`
      ${this.#summary(answers, underway?.length ?? 0)}
      ${this.#section(msg('Needs you'), trouble ?? [], answers)}
      ${this.#section(msg('On the way'), underway ?? [], answers)}
      ${this.#section(msg('Done'), good ?? [], answers)}
      <lk-file-drop
        wide
        multiple
        accept=${accepted}
        .maxBytes=${MAX_FILE_BYTES}
        compact
        label=${msg('Drop more files here')}
        @lk-files=${({ detail }: CustomEvent<FilesDetail>) => this.#add(detail)}
      ></lk-file-drop>
      ${this.#scanButton()}
    `;
  }

  #summary(answers: Map<number, AnswerFile>, underway: number) {
    return html`
      <div class="summary">
        <h1>${roundWords(this.uploads)}</h1>
        <p class="visually-hidden" role="status">${underway > 0 ? '' : roundWords(this.uploads)}</p>
        ${
          underway > 0
            ? html`<lk-progress
                label=${msg('Asking the portal')}
                .value=${this.uploads.length - underway}
                .total=${this.uploads.length}
              ></lk-progress>`
            : nothing
        }
        ${answers.size > 0 ? this.#saveButtons(answers) : nothing}
        ${this.savedWords ? html`<lk-notice tone="ok">${this.savedWords}</lk-notice>` : nothing}
        ${this.leftOut > 0 ? html`<lk-notice tone="warn">${this.#leftOutWords()}</lk-notice>` : nothing}
      </div>
    `;
  }

  #saveButtons(answers: Map<number, AnswerFile>) {
    const toFolder = canChooseFolder();
    return html`
      <div class="row">
        ${
          toFolder
            ? html`<button class="primary" type="button" @click=${() => this.#saveToStick(answers)}>
                <lk-icon name="usb"></lk-icon>${msg('Save all answers to the stick')}
              </button>`
            : nothing
        }
        <button class=${toFolder ? '' : 'primary'} type="button" @click=${() => this.#download(answers)}>
          <lk-icon name="download"></lk-icon>${msg('Download all answers')}
        </button>
      </div>
    `;
  }

  #section(heading: string, uploads: Upload[], answers: Map<number, AnswerFile>) {
    if (uploads.length === 0) return nothing;
    const rows = html`
      <ul class="rows">
        ${repeat(
          uploads,
          ({ id }) => id,
          upload => html`<li>
            <lk-upload-row
              .upload=${upload}
              .answer=${answers.get(upload.id) ?? null}
              @lk-ask-again=${this.#askAgain}
            ></lk-upload-row>
          </li>`,
        )}
      </ul>
    `;
    const isFolded =
      uploads.length > maxOpenRows && uploads.every(upload => standingOf(upload) !== 'trouble');
    if (isFolded) {
      return html`<details><summary>${heading} (${uploads.length})</summary>${rows}</details>`;
    }
    return html`<section><h2>${heading}</h2>${rows}</section>`;
  }

  #add({ files, leftOut }: FilesDetail): void {
    this.leftOut = leftOut;
    this.savedWords = '';
    this.#round.add(files);
  }

  async #scan(): Promise<void> {
    await import('../ui/qr/lk-qr-scanner.ts');
    const scanner = this.renderRoot.querySelector('lk-qr-scanner');
    if (!scanner) return;
    scanner.reader = qrCodeReader;
    await scanner.open();
  }

  #scanned({ detail }: CustomEvent<Bytes>): void {
    const name = msg('QR code');
    this.#add({ files: [{ name, size: detail.length, bytes: detail }], leftOut: 0 });
  }

  #askAgain({ detail }: CustomEvent<number>): void {
    this.savedWords = '';
    this.#round.askAgain(detail);
  }

  async #saveToStick(answers: Map<number, AnswerFile>): Promise<void> {
    const folder = await chooseFolder('answers');
    if (folder) this.#tellSaved(await saveToFolder(folder, answers.values()), answers.size);
  }

  async #download(answers: Map<number, AnswerFile>): Promise<void> {
    this.#tellSaved(await downloadAll(answers.values()), answers.size);
  }

  #tellSaved(saved: number, total: number): void {
    this.savedWords =
      saved === total
        ? msg(str`Saved: ${saved}. Carry them back and load each at its device.`)
        : msg(str`${saved} of ${total} were saved. Check that the stick is plugged in, then save again.`);
  }

  #leftOutWords(): string {
    return msg(
      str`${this.leftOut} files were too many at once and were left out. Drop them again afterwards.`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-portal-page': LkPortalPage;
  }
}
