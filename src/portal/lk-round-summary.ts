import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { canChooseFolder } from '../platform/stick/folder.ts';
import { baseStyles } from '../ui/theme/base-styles.ts';
import { roundWords } from './round/round-words.ts';
import { completable, standingOf, type Upload } from './round/upload.ts';
import '../ui/feedback/lk-progress.ts';
import '../ui/layout/lk-icon.ts';

/** What a person can do with a whole round. */
export type RoundAction = 'save' | 'download' | 'print';

/**
 * A round in one sentence, how far it is, and what can be done with all of it.
 *
 * @slot - Notices.
 * @fires lk-round-action - A button was pressed; detail: {@link RoundAction}.
 * @fires lk-key-list - A list of keys was chosen; detail: its text.
 */
@customElement('lk-round-summary')
@localized()
export class LkRoundSummary extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .summary {
        display: grid;
        gap: var(--lk-space-4);
        padding: var(--lk-space-5);
        border: var(--lk-line-width) solid var(--lk-line);
        border-radius: var(--lk-radius-l);
        background: var(--lk-surface);
        box-shadow: var(--lk-shadow-1);
      }
      h1 {
        font-size: var(--lk-text-xl);
      }
      .list {
        display: inline-flex;
        align-items: center;
        gap: var(--lk-space-2);
        min-block-size: var(--lk-target);
        margin-block-end: var(--lk-space-1);
        padding: var(--lk-space-2) var(--lk-space-4);
        border: var(--lk-line-width) solid var(--lk-line-strong);
        border-radius: var(--lk-radius-m);
        font-weight: 600;
        cursor: pointer;
      }
      .list:focus-within {
        outline: 3px solid var(--lk-accent-text);
        outline-offset: 2px;
      }
      .list:hover {
        background: var(--lk-accent-soft);
      }
    `,
  ];

  @property({ attribute: false }) uploads: readonly Upload[] = [];
  /** How many answers there are to save. */
  @property({ type: Number }) answers = 0;

  override render() {
    const underway = this.uploads.filter(upload => standingOf(upload) === 'underway').length;
    const lacking = this.uploads.filter(upload => completable(upload)?.isNeeded).length;
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
        ${this.answers > 0 ? this.#buttons() : nothing}
        ${lacking > 1 ? this.#list() : nothing}
        <slot></slot>
      </div>
    `;
  }

  #buttons() {
    const toFolder = canChooseFolder();
    return html`
      <div class="row">
        ${
          toFolder
            ? html`<button class="primary" type="button" @click=${() => this.#tell('save')}>
                <lk-icon name="usb"></lk-icon>${msg('Save all answers to the stick')}
              </button>`
            : nothing
        }
        <button class=${toFolder ? '' : 'primary'} type="button" @click=${() => this.#tell('download')}>
          <lk-icon name="download"></lk-icon>${msg('Download all answers')}
        </button>
        <button type="button" @click=${() => this.#tell('print')}>
          <lk-icon name="receipt-text"></lk-icon>${msg('Print my round')}
        </button>
      </div>
    `;
  }

  #list() {
    return html`
      <div>
        <label class="list">
          <input class="visually-hidden" type="file" accept=".csv,.txt" @change=${this.#chosen}>
          <lk-icon name="key-round"></lk-icon><span>${msg('Name keys from a list (CSV)')}</span>
        </label>
        <p><small>${msg('Each line: the number of a device, then its license key, or user name and password.')}</small></p>
      </div>
    `;
  }

  async #chosen({ target }: Event): Promise<void> {
    if (!(target instanceof HTMLInputElement)) return;
    const [file] = target.files ?? [];
    if (!file) return;
    const detail = await file.text();
    target.value = '';
    this.dispatchEvent(new CustomEvent('lk-key-list', { detail }));
  }

  #tell(detail: RoundAction): void {
    this.dispatchEvent(new CustomEvent('lk-round-action', { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-round-summary': LkRoundSummary;
  }
  interface HTMLElementEventMap {
    'lk-round-action': CustomEvent<RoundAction>;
    'lk-key-list': CustomEvent<string>;
  }
}
