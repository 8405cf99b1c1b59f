import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type Bytes, utf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { qrCodeReader } from '../../bytes/qr-codes.ts';
import { webCrypto } from '../../crypto/web.ts';
import { type ErrorCode, type ErrorData, LatchkeyError } from '../../errors.ts';
import type { LoadTrust } from '../../platform/answer-reader.ts';
import { MAX_ANSWER_BYTES } from '../../platform/files.ts';
import type { FilesDetail } from '../../ui/files/lk-file-drop.ts';
import type { PickedFile } from '../../ui/files/picked-file.ts';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { type CheckedFile, checkFiles } from '../../verify/check.ts';
import type { Trust } from '../../verify/trust.ts';
import { keptTrust } from './kept-trust.ts';
import '../../ui/feedback/lk-progress.ts';
import '../../ui/feedback/lk-refusal.ts';
import '../../ui/files/lk-file-drop.ts';
import '../../ui/files/lk-paste-anywhere.ts';
import '../../ui/layout/lk-app-frame.ts';
import './lk-checked-file.ts';

interface Result {
  readonly name: string;
  readonly file: CheckedFile;
}

/** Anybody reads, verifies and prints what a portal signed, also without a network. Nothing leaves the page. */
@customElement('lk-check-page')
@localized()
export class LkCheckPage extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .intro, form, .ways {
        display: grid;
        gap: var(--lk-space-3);
      }
      form {
        justify-items: start;
      }
      .lead {
        max-inline-size: 38rem;
        color: var(--lk-text-quiet);
        font-size: var(--lk-text-l);
      }
      label, textarea {
        inline-size: 100%;
      }
      textarea {
        min-block-size: 8rem;
        font-family: var(--lk-font-mono);
        font-size: var(--lk-text-s);
      }
      summary, .back {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--lk-target);
        color: var(--lk-accent-text);
        font-weight: 600;
        cursor: pointer;
      }
      .results {
        display: grid;
        gap: var(--lk-space-4);
      }
      .against {
        color: var(--lk-text-quiet);
        font-size: var(--lk-text-s);
        overflow-wrap: anywhere;
      }
      @media print {
        .ways, .back, .again {
          display: none;
        }
      }
    `,
  ];

  /** Whom to believe. */
  @property({ attribute: false }) loadTrust: LoadTrust = keptTrust;
  @state() private results: readonly Result[] = [];
  @state() private checkedAtMs = 0;

  readonly #crypto = webCrypto();
  #trust: Promise<Trust> | null = null;
  #domain = '';
  readonly #checking = new Task(this, {
    autoRun: false,
    task: async ([picked]: readonly [readonly PickedFile[]]) => {
      this.results = [];
      let results = await this.#checkAll(picked, await this.#known());
      if (results.some(({ file }) => isOfUnknownKey(file))) {
        // The vendor may have changed keys since this page was opened.
        this.#trust = null;
        results = await this.#checkAll(picked, await this.#known());
      }
      this.checkedAtMs = Date.now();
      this.results = results;
    },
  });

  /** Asked for while there is a network, so that it need not be there later. */
  protected override firstUpdated(): void {
    void this.#known().catch(() => undefined);
  }

  override render() {
    const hasResults = this.results.length > 0;
    return html`
      <lk-app-frame name="Latchkey" subtitle=${msg('License portal')}>
        <div class="intro">
          <h1>${msg('Check a file')}</h1>
          ${hasResults ? nothing : html`<p class="lead">${msg('Read and print what a license, receipt or refusal says and proves. It is checked on this page and sent nowhere; that works without a network too.')}</p>`}
        </div>
        <div class="results" aria-live="polite">
          ${this.#checking.render({
            pending: () => html`<lk-progress label=${msg('Checking')}></lk-progress>`,
            error: error => this.#failure(error),
            complete: () => this.#found(),
          })}
        </div>
        <div class="ways">${this.#ways(hasResults)}</div>
        <lk-paste-anywhere
          max-bytes=${MAX_ANSWER_BYTES}
          @lk-files=${({ detail }: CustomEvent<FilesDetail>) => this.#checking.run([detail.files])}
        ></lk-paste-anywhere>
        <lk-qr-scanner @lk-scanned=${this.#scanned}></lk-qr-scanner>
        <a slot="footer" class="back" href="#">${msg('Back to the portal')}</a>
      </lk-app-frame>
    `;
  }

  #found() {
    if (this.results.length === 0) return nothing;
    return html`
      ${this.results.map(({ name, file }) => html`<lk-checked-file .name=${name} .file=${file}></lk-checked-file>`)}
      <p class="against">${msg(str`Checked on ${formatDateTime(this.checkedAtMs)} with the keys of the vendor whose first root key has the fingerprint ${this.#domain}.`)}</p>
      <div class="row again">
        <button class="primary" type="button" @click=${() => print()}><lk-icon name="receipt-text"></lk-icon>${msg('Print')}</button>
      </div>
    `;
  }

  #ways(compact: boolean) {
    return html`
      <lk-file-drop
        wide
        multiple
        ?compact=${compact}
        icon="shield-check"
        max-bytes=${MAX_ANSWER_BYTES}
        label=${compact ? msg('Check more files') : msg('Drop a license, receipt or refusal here')}
        @lk-files=${({ detail }: CustomEvent<FilesDetail>) => this.#checking.run([detail.files])}
      ></lk-file-drop>
      <p class="row">
        <button type="button" @click=${this.#scan}><lk-icon name="camera"></lk-icon>${msg('Scan a QR code')}</button>
      </p>
      <details>
        <summary>${msg('Paste text instead')}</summary>
        <form @submit=${this.#paste}>
          <label class="field">
            <span>${msg('Text of the file')}</span>
            <textarea spellcheck="false" autocomplete="off"></textarea>
          </label>
          <button type="submit">${msg('Check the text')}</button>
        </form>
      </details>
    `;
  }

  #failure(error: unknown) {
    const code = error instanceof LatchkeyError ? error.code : 'APP_FAILED';
    const isFirst = code === 'PROFILE_MISSING';
    return html`<lk-refusal .code=${isFirst ? 'PORTAL_UNREACHABLE' : code}></lk-refusal>`;
  }

  async #checkAll(picked: readonly PickedFile[], trust: Trust): Promise<Result[]> {
    this.#domain = toHex(trust.domainId);
    const results: Result[] = [];
    for (const each of picked) results.push(...(await this.#check(each, trust)));
    return results;
  }

  async #check(picked: PickedFile, trust: Trust): Promise<Result[]> {
    const { name } = picked;
    if (picked.bytes === null) return [{ name, file: refused(picked.code, picked.data) }];
    try {
      const files = await checkFiles(picked.bytes, { trust, crypto: this.#crypto });
      return files.map(file => ({ name, file }));
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      return [{ name, file: refused(error.code, error.data) }];
    }
  }

  #known(): Promise<Trust> {
    this.#trust ??= this.loadTrust(this.#crypto).catch((error: unknown) => {
      this.#trust = null;
      throw error;
    });
    return this.#trust;
  }

  async #scan(): Promise<void> {
    await import('../../ui/qr/lk-qr-scanner.ts');
    const scanner = this.renderRoot.querySelector('lk-qr-scanner');
    if (!scanner) return;
    scanner.reader = qrCodeReader;
    await scanner.open();
  }

  #scanned({ detail }: CustomEvent<Bytes>): void {
    void this.#checking.run([[{ name: msg('QR code'), size: detail.length, bytes: detail }]]);
  }

  #paste(event: Event): void {
    event.preventDefault();
    const bytes = utf8(this.renderRoot.querySelector('textarea')?.value ?? '');
    void this.#checking.run([[{ name: msg('Pasted text'), size: bytes.length, bytes }]]);
  }
}

function isOfUnknownKey(file: CheckedFile): boolean {
  return file.verdict === 'refused' && (file.code === 'ISSUER_UNKNOWN' || file.code === 'ROOT_UNKNOWN');
}

function refused(code: ErrorCode, data: ErrorData): CheckedFile {
  return { verdict: 'refused', kind: null, code, data };
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-check-page': LkCheckPage;
  }
}
