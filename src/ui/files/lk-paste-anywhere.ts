import { localized, msg } from '@lit/localize';
import { css, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { FilesDetail } from './lk-file-drop.ts';
import { readPickedFile } from './picked-file.ts';

/**
 * Takes what is pasted anywhere on the page but into a field: files, or else text, as if a file of it had been dropped.
 * What something else on the page has taken is left alone.
 *
 * @fires lk-files - Something was pasted and read; detail: {@link FilesDetail}.
 */
@customElement('lk-paste-anywhere')
@localized()
export class LkPasteAnywhere extends LitElement {
  static override styles = css`
    :host {
      display: none;
    }
  `;

  /** What is larger is refused before it is read. */
  @property({ type: Number, attribute: 'max-bytes' }) maxBytes = 64 * 1024;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('paste', this.#paste);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('paste', this.#paste);
  }

  #paste = (event: ClipboardEvent): void => {
    const files = event.clipboardData && filesOf(event.clipboardData);
    if (!files?.length || event.defaultPrevented || isInField(event)) return;
    event.preventDefault();
    void this.#take(files);
  };

  async #take(files: readonly File[]): Promise<void> {
    const detail: FilesDetail = {
      files: await Promise.all(files.map(file => readPickedFile(file, this.maxBytes))),
      leftOut: 0,
    };
    this.dispatchEvent(new CustomEvent('lk-files', { detail, bubbles: true, composed: true }));
  }
}

/** Office programs put a picture of a text beside it: text counts first. */
function filesOf(clipboard: DataTransfer): File[] {
  const text = clipboard.getData('text/plain');
  return text.trim() === '' ? [...clipboard.files] : [new File([text], msg('Pasted text'))];
}

function isInField(event: Event): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-paste-anywhere': LkPasteAnywhere;
  }
}
