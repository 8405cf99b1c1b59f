import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { publicPaths } from '../api/paths.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { MAX_CONTAINER_BYTES, MAX_FILE_BYTES } from '../bytes/carrier.ts';
import { qrCodeReader } from '../bytes/qr-codes.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { webCrypto } from '../crypto/web.ts';
import { LatchkeyError } from '../errors.ts';
import { MAX_BATCH_FILES } from '../format/batch/batch-files.ts';
import { DEVICE_FILE_ENDING } from '../format/file-name.ts';
import { AnswerReader, type LoadTrust, trustAt } from '../platform/answer-reader.ts';
import { canChooseFolder } from '../platform/stick/folder.ts';
import type { FilesDetail } from '../ui/files/lk-file-drop.ts';
import { errorText } from '../ui/texts/error-texts.ts';
import { refusalOf } from '../ui/texts/refusal-of.ts';
import { baseStyles } from '../ui/theme/base-styles.ts';
import type { Trust } from '../verify/trust.ts';
import { chooseStickFolder, type StickFolder } from './intake/stick-folder.ts';
import { unpackInWorker } from './intake/unpack-in-worker.ts';
import type { RoundAction } from './lk-round-summary.ts';
import type { NamedDetail } from './naming/lk-name-license.ts';
import { Naming } from './naming/naming.ts';
import { portalStyles } from './portal-styles.ts';
import { type AnswerFile, answerFiles } from './round/answer-files.ts';
import { exchangeBatch } from './round/batch-client.ts';
import { downloadAll } from './round/download-answers.ts';
import { Round } from './round/round.ts';
import { leftOutWords, outcomeWords, savedWords } from './round/round-words.ts';
import { completable, lackingBeside, standingOf, type Upload } from './round/upload.ts';
import './lk-round-print.ts';
import './lk-round-summary.ts';
import './lk-upload-list.ts';
import './naming/lk-name-license.ts';
import '../ui/feedback/lk-notice.ts';
import '../ui/feedback/lk-progress.ts';
import '../ui/files/lk-file-drop.ts';
import '../ui/files/lk-paste-anywhere.ts';
import '../ui/layout/lk-app-frame.ts';

/** Device files, those that were saved as text, and zips of them. */
const accepted = `${DEVICE_FILE_ENDING},${DEVICE_FILE_ENDING}.txt,.zip`;

const standings = ['trouble', 'underway', 'good'] as const;

/** Between two drawings of a round that changes all the time. */
const drawEveryMs = 80;

/** The portal: device files in, answers out, without an account. */
@customElement('lk-portal-page')
@localized()
export class LkPortalPage extends LitElement {
  static override styles = [baseStyles, portalStyles];

  /** How files are given to the server. */
  @property({ attribute: false }) exchange = exchangeBatch;
  /** Whom devices believe; asked for with the first answer. */
  @property({ attribute: false }) loadTrust: LoadTrust = trustAt(publicPaths.profile);

  @state() private uploads: readonly Upload[] = [];
  @state() private leftOut = 0;
  @state() private savedWords = '';
  /** What came of a list of keys, of what was typed, or of a stick. */
  @state() private namedWords = '';
  /** Whether these words tell of something that failed. */
  @state() private isTrouble = false;
  /** Whose license is being named. */
  @state() private naming: Upload | null = null;
  @state() private isReading = false;
  #drawing = 0;
  #stick: StickFolder | null = null;

  readonly #crypto = webCrypto();
  readonly #reader = new AnswerReader({
    crypto: this.#crypto,
    loadTrust: crypto => this.loadTrust(crypto),
    unreachable: 'PORTAL_UNREACHABLE',
  });
  readonly #round = new Round({
    exchange: (files, onAnswer) => this.exchange(files, onAnswer),
    read: answer => this.#reader.read(answer),
    onChange: () => this.#drawSoon(),
  });
  readonly #naming = new Naming(this.#crypto, crypto => this.#domain(crypto));

  override render() {
    return html`
      <lk-app-frame name="Latchkey" subtitle=${msg('License portal')}>
        ${this.uploads.length === 0 ? this.#start() : this.#results()}
        ${this.isReading ? html`<lk-progress label=${msg('Reading the files')}></lk-progress>` : nothing}
        <lk-paste-anywhere
          max-bytes=${MAX_FILE_BYTES}
          @lk-files=${({ detail }: CustomEvent<FilesDetail>) => this.#add(detail)}
        ></lk-paste-anywhere>
        <lk-qr-scanner @lk-scanned=${this.#scanned}></lk-qr-scanner>
        <lk-check-link slot="footer"></lk-check-link>
        <span slot="footer">${msg(
          'Nothing is kept on this page. Close it and come back when you like: the same files give the same answers.',
        )}</span>
      </lk-app-frame>
      <lk-round-print></lk-round-print>
    `;
  }

  #start() {
    return html`
      <div class="intro">
        <h1>${msg('Bring your files, take your answers')}</h1>
        <p class="lead">${msg('Each file that a device saved gets an answer to carry back to it. You need no account.')}</p>
      </div>
      ${this.#drop(msg('Drop the files from your stick here'), false)}
      ${this.#otherWays()}
      <ol class="how">
        <li>${msg('At the device, save its file to the stick.')}</li>
        <li>${msg('Drop it here and save the answer to the same stick.')}</li>
        <li>${msg('Back at the device, load the answer.')}</li>
      </ol>
    `;
  }

  #drop(label: string, isCompact: boolean) {
    return html`
      <lk-file-drop
        class=${isCompact ? '' : 'first'}
        wide
        multiple
        accept=${accepted}
        .maxBytes=${MAX_FILE_BYTES}
        .maxZipBytes=${MAX_CONTAINER_BYTES}
        .maxFiles=${MAX_BATCH_FILES}
        ?compact=${isCompact}
        label=${label}
        hint=${isCompact ? '' : msg('One or a thousand, a zip, or the whole folder. You may paste text as well.')}
        @lk-files=${({ detail }: CustomEvent<FilesDetail>) => this.#add(detail)}
      ></lk-file-drop>
    `;
  }

  #otherWays() {
    return html`
      <div class="row">
        ${canChooseFolder() ? html`<button type="button" @click=${this.#bringStick}><lk-icon name="usb"></lk-icon>${msg('Choose the stick’s folder')}</button>` : nothing}
        <button type="button" @click=${this.#scan}><lk-icon name="camera"></lk-icon>${msg('Scan a QR code')}</button>
      </div>
    `;
  }

  #results() {
    const answers = answerFiles(this.uploads);
    const [trouble = [], underway = [], good = []] = standings.map(standing =>
      this.uploads.filter(upload => standingOf(upload) === standing),
    );
    return html`
      <lk-round-summary
        .uploads=${this.uploads}
        .answers=${answers.size}
        @lk-round-action=${({ detail }: CustomEvent<RoundAction>) => this.#act(detail, [...answers.values()])}
        @lk-key-list=${({ detail }: CustomEvent<string>) => this.#nameByList(detail)}
      >${this.#notices()}</lk-round-summary>
      ${this.#list(msg('Needs you'), { uploads: trouble, answers, folds: false })}
      ${this.#list(msg('On the way'), { uploads: underway, answers, folds: true })}
      ${this.#list(msg('Done'), { uploads: good, answers, folds: true })}
      ${this.#drop(msg('Drop more files here'), true)}
      ${this.#otherWays()}
      <lk-name-license
        device=${(this.naming && completable(this.naming)?.deviceNumber) ?? ''}
        .others=${lackingBeside(this.naming, this.uploads).length}
        @lk-named=${({ detail }: CustomEvent<NamedDetail>) => this.#named(detail)}
      ></lk-name-license>
    `;
  }

  #notices() {
    return html`
      ${this.savedWords ? html`<lk-notice tone="ok">${this.savedWords}</lk-notice>` : nothing}
      ${this.namedWords ? html`<lk-notice .tone=${this.isTrouble ? 'warn' : 'neutral'}>${this.namedWords}</lk-notice>` : nothing}
      ${this.leftOut > 0 ? html`<lk-notice tone="warn">${leftOutWords(this.leftOut)}</lk-notice>` : nothing}
    `;
  }

  #list(
    heading: string,
    { uploads, answers, folds }: { uploads: Upload[]; answers: Map<number, AnswerFile>; folds: boolean },
  ) {
    return html`
      <lk-upload-list
        heading=${heading}
        .uploads=${uploads}
        .answers=${answers}
        ?folds=${folds}
        @lk-ask-again=${({ detail }: CustomEvent<number>) => this.#askAgain(detail)}
        @lk-name=${({ detail }: CustomEvent<number>) => this.#name(detail)}
      ></lk-upload-list>
    `;
  }

  /** A round of a thousand changes some thousand times: it is drawn a few times a second. */
  #drawSoon(): void {
    if (this.#drawing) return;
    this.#drawing = window.setTimeout(() => {
      this.#drawing = 0;
      this.uploads = [...this.#round.uploads];
    }, drawEveryMs);
  }

  async #add({ files, leftOut }: FilesDetail): Promise<void> {
    this.leftOut = leftOut;
    this.savedWords = '';
    this.isReading = true;
    try {
      this.#round.add(await unpackInWorker(files));
    } finally {
      this.isReading = false;
    }
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
    void this.#add({ files: [{ name, size: detail.length, bytes: detail }], leftOut: 0 });
  }

  #askAgain(id: number): void {
    this.savedWords = '';
    this.#round.askAgain(id);
  }

  async #name(id: number): Promise<void> {
    this.naming = this.uploads[id] ?? null;
    await this.updateComplete;
    await this.renderRoot.querySelector('lk-name-license')?.open();
  }

  async #named({ typed, isForAll }: NamedDetail): Promise<void> {
    const { naming } = this;
    if (!naming) return;
    this.savedWords = '';
    const uploads = isForAll ? [naming, ...lackingBeside(naming, this.uploads)] : [naming];
    await this.#tryTelling(async () => {
      this.#round.name(await this.#naming.byHand(typed, uploads));
      return '';
    });
  }

  async #nameByList(text: string): Promise<void> {
    this.savedWords = '';
    await this.#tryTelling(async () => {
      const { credentials, unread } = await this.#naming.byList(text, this.uploads);
      this.#round.name(credentials);
      const named = msg(str`The list named keys for ${credentials.size} files.`);
      const rows = unread.slice(0, 10).join(', ');
      return unread.length === 0 ? named : `${named} ${msg(str`Lines that could not be read: ${rows}.`)}`;
    });
  }

  async #tryTelling(work: () => Promise<string>): Promise<void> {
    try {
      this.namedWords = await work();
      this.isTrouble = false;
    } catch (error) {
      const refusal = refusalOf(error);
      const { text, hint } = errorText(refusal.code, refusal.data);
      this.namedWords = `${text} ${hint}`;
      this.isTrouble = true;
    }
  }

  async #act(action: RoundAction, answers: AnswerFile[]): Promise<void> {
    if (action === 'print') return this.renderRoot.querySelector('lk-round-print')?.print(this.uploads);
    await this.#tryTelling(async () => {
      if (action === 'save') this.#stick ??= await this.#chooseStick();
      const save = action === 'save' ? this.#stick?.save : downloadAll;
      if (save) this.savedWords = savedWords(await save(answers), answers.length);
      return this.namedWords;
    });
  }

  #chooseStick(): Promise<StickFolder | null> {
    return chooseStickFolder(async () => (await this.#domain(this.#crypto)).domainId);
  }

  /** Without a network nobody says whose files these are. */
  async #domain(crypto: Crypto): Promise<Trust> {
    try {
      return await this.loadTrust(crypto);
    } catch (cause) {
      throw new LatchkeyError('PORTAL_UNREACHABLE', 'nobody says whom to believe', { cause });
    }
  }

  /** What devices have said on it tells how far a round is that takes several trips. */
  async #bringStick(): Promise<void> {
    await this.#tryTelling(async () => {
      const stick = await this.#chooseStick();
      if (!stick) return this.namedWords;
      this.#stick = stick;
      await this.#add(await stick.read());
      return outcomeWords(await stick.outcomes());
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-portal-page': LkPortalPage;
  }
}
