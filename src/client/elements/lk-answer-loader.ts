import { localized, msg } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Bytes, utf8 } from '../../bytes/bytes.ts';
import { type ErrorCode, type ErrorData, LatchkeyError } from '../../errors.ts';
import { MAX_ANSWER_BYTES } from '../../platform/files.ts';
import type { FilesDetail } from '../../ui/files/lk-file-drop.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { LicenseController } from '../license-context.ts';
import { loadText } from '../texts/load-texts.ts';
import type { LoadResult } from '../views.ts';
import { renderFailure } from './failure.ts';
import '../../ui/feedback/lk-notice.ts';
import '../../ui/feedback/lk-refusal.ts';
import '../../ui/files/lk-file-drop.ts';
import '../../ui/layout/lk-icon.ts';

/**
 * Loads what the portal answered: by drop anywhere on the page, by picker, by camera, or as pasted text. Says what it did.
 *
 * @fires lk-loaded - A file was loaded; detail: the {@link LoadResult}.
 */
@customElement('lk-answer-loader')
@localized()
export class LkAnswerLoader extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--lk-space-3);
      }
      .outcomes {
        display: grid;
        gap: var(--lk-space-3);
      }
      .outcomes:not(:has(*)) {
        margin-block-start: calc(-1 * var(--lk-space-3));
      }
      summary {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--lk-target);
        color: var(--lk-accent-text);
        font-weight: 600;
        cursor: pointer;
      }
      form {
        display: grid;
        gap: var(--lk-space-3);
        justify-items: start;
      }
      label, textarea {
        inline-size: 100%;
      }
      textarea {
        min-block-size: 8rem;
        font-family: var(--lk-font-mono);
        font-size: var(--lk-text-s);
      }
    `,
  ];

  /** What to drop here. */
  @property() label = '';
  /** Ids of the files that are shown with their refusals: what they were refused for is not told here again. */
  @property({ attribute: false }) shown: readonly string[] = [];

  readonly #license = new LicenseController(this);
  readonly #loading = new Task(this, {
    autoRun: false,
    task: async ([files]: readonly [readonly Picked[]]) => {
      const outcomes: Outcome[] = [];
      for (const file of files) outcomes.push(await this.#load(file));
      return outcomes;
    },
  });

  /** Loads files that came another way, such as a file handler; the outcome is shown here. None: takes the focus. */
  async load(files: readonly Picked[]): Promise<void> {
    await this.updateComplete;
    const drop = this.renderRoot.querySelector('lk-file-drop');
    drop?.scrollIntoView({ block: 'nearest' });
    if (files.length > 0) return this.#loading.run([files]);
    await drop?.updateComplete;
    drop?.focus();
  }

  override render() {
    const isBusy = this.#loading.status === TaskStatus.PENDING;
    return html`
      <lk-file-drop
        wide
        multiple
        icon="hard-drive-download"
        label=${this.label || msg('Load the answer from the portal')}
        hint=${isBusy ? msg('Loading') : msg('Drop the file anywhere on this page, paste its text, or choose it.')}
        max-bytes=${MAX_ANSWER_BYTES}
        @lk-files=${this.#took}
      ></lk-file-drop>
      <div class="outcomes" aria-live="polite">
        ${this.#loading.render({ complete: outcomes => outcomes.map(renderOutcome), error: renderFailure })}
      </div>
      <div>
        <button type="button" @click=${this.#scan}><lk-icon name="camera"></lk-icon>${msg('Scan a QR code')}</button>
      </div>
      <lk-qr-scanner @lk-scanned=${({ detail }: CustomEvent<Bytes>) => this.load([{ bytes: detail }])}></lk-qr-scanner>
      <details>
        <summary>${msg('Paste text instead')}</summary>
        <form @submit=${this.#paste}>
          <label class="field">
            <span>${msg('Text of the answer')}</span>
            <textarea spellcheck="false" autocomplete="off"></textarea>
          </label>
          <button type="submit">${msg('Load the text')}</button>
        </form>
      </details>
    `;
  }

  #took({ detail }: CustomEvent<FilesDetail>): void {
    void this.load(detail.files);
  }

  async #scan(): Promise<void> {
    const [{ qrCodeReader }] = await Promise.all([
      import('../../bytes/qr-codes.ts'),
      import('../../ui/qr/lk-qr-scanner.ts'),
    ]);
    const scanner = this.renderRoot.querySelector('lk-qr-scanner');
    if (!scanner) return;
    scanner.reader = qrCodeReader;
    await scanner.open();
  }

  #paste(event: Event): void {
    event.preventDefault();
    const text = this.renderRoot.querySelector('textarea')?.value ?? '';
    const isTooLong = text.length > MAX_ANSWER_BYTES;
    void this.load([isTooLong ? { bytes: null, code: 'FILE_TOO_LARGE', data: {} } : { bytes: utf8(text) }]);
  }

  async #load(file: Picked): Promise<Outcome> {
    const { manager } = this.#license;
    try {
      if (file.bytes === null) throw new LatchkeyError(file.code, 'not read', { data: file.data });
      if (!manager) throw new TypeError('expected an opened device');
      const result = await manager.load(file.bytes);
      this.dispatchEvent(
        new CustomEvent<LoadResult>('lk-loaded', { detail: result, bubbles: true, composed: true }),
      );
      return { result, isShown: result.kind === 'refused' && this.shown.includes(result.requestId) };
    } catch (error) {
      return { error };
    }
  }
}

/** Bytes to load, or why there are none. */
export type Picked = { bytes: Bytes } | { bytes: null; code: ErrorCode; data: ErrorData };

type Outcome = { result: LoadResult; isShown: boolean } | { error: unknown };

function renderOutcome(outcome: Outcome): TemplateResult {
  if ('error' in outcome) return renderFailure(outcome.error);
  const { result, isShown } = outcome;
  if (isShown)
    return html`<lk-notice tone="warn">${msg('The portal said no. The reason stands beside the file that it answers.')}</lk-notice>`;
  if (result.kind === 'refused') {
    const { code, data } = result.refusal;
    return html`<lk-refusal .code=${code} .data=${data} tone="warn"></lk-refusal>`;
  }
  const tone = result.kind === 'already-loaded' ? 'neutral' : 'ok';
  return html`<lk-notice .tone=${tone}>${loadText(result)}</lk-notice>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-answer-loader': LkAnswerLoader;
  }
}
