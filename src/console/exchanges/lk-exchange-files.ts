import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Exchange } from '../../api/exchanges.ts';
import { fileName, REFRESH_FILE_NAME } from '../../format/file-name.ts';
import { saveFile } from '../../ui/files/save-file.ts';
import { errorText } from '../../ui/texts/error-texts.ts';
import { refusalOf } from '../../ui/texts/refusal-of.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { UseConsole } from '../services/console-context.ts';
import '../../ui/layout/lk-icon.ts';

/** Downloads the two files of an exchange again, each while it is there. */
@customElement('lk-exchange-files')
@localized()
export class LkExchangeFiles extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .files {
        display: flex;
        justify-content: end;
      }
      button {
        position: relative;
        padding-inline: var(--lk-space-2);
        font-size: var(--lk-text-s);
        white-space: nowrap;
      }
      @container (max-width: 34rem) {
        .files {
          flex-direction: column;
          align-items: start;
        }
        button {
          padding-inline: var(--lk-space-1);
          font-size: var(--lk-text-xs);
        }
      }
      small {
        font-size: var(--lk-text-xs);
      }
    `,
  ];

  @property({ attribute: false }) exchange: Exchange | null = null;
  @state() private isBusy = false;

  readonly #console = new UseConsole(this);

  override render() {
    const { exchange } = this;
    if (!exchange) return nothing;
    if (!exchange.hasReceived && !exchange.hasAnswer) return html`<small>${msg('Erased')}</small>`;
    return html`
      <div class="files">
        ${exchange.hasReceived ? this.#button(msg('File'), receivedName(exchange), () => this.#console.api.exchanges.received(exchange)) : nothing}
        ${exchange.hasAnswer ? this.#button(msg('Answer'), answerName(exchange), () => this.#console.api.exchanges.answer(exchange)) : nothing}
      </div>
    `;
  }

  #button(text: string, name: string, read: () => Promise<Uint8Array<ArrayBuffer>>) {
    return html`
      <button type="button" class="quiet" ?disabled=${this.isBusy} @click=${() => this.#save(name, read)}>
        <lk-icon name="download"></lk-icon>${text}<span class="visually-hidden">${name}</span>
      </button>
    `;
  }

  async #save(name: string, read: () => Promise<Uint8Array<ArrayBuffer>>): Promise<void> {
    this.isBusy = true;
    try {
      saveFile(name, await read());
      this.#console.announce(msg(str`${name} is downloaded.`));
    } catch (error) {
      this.#console.announce(errorText(refusalOf(error).code).text);
    }
    this.isBusy = false;
  }
}

function receivedName({ kind, deviceNumber }: Exchange): string {
  return kind === 'refresh' ? '' : fileName(kind, deviceNumber);
}

function answerName({ kind, decision, deviceNumber }: Exchange): string {
  return kind === 'refresh' ? REFRESH_FILE_NAME : fileName(decision, deviceNumber);
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-exchange-files': LkExchangeFiles;
  }
}
