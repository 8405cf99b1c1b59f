import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { IconName } from '../layout/icons.ts';
import { baseStyles } from '../theme/base-styles.ts';
import { droppedFiles, type FoundFiles, takeFiles } from './dropped-files.ts';
import { type PickedFile, readPickedFile } from './picked-file.ts';
import '../layout/lk-icon.ts';

/** What a person dropped or picked. */
export interface FilesDetail {
  files: PickedFile[];
  /** How many files were too many and were not looked at. */
  leftOut: number;
}

/**
 * A place to drop files and folders on, and a file picker in one.
 *
 * @fires lk-files - Files were chosen and read; detail: {@link FilesDetail}.
 */
@customElement('lk-file-drop')
@localized()
export class LkFileDrop extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    baseStyles,
    css`
      label {
        display: grid;
        justify-items: center;
        align-content: center;
        gap: var(--lk-space-2);
        min-block-size: var(--lk-drop-size, 11rem);
        padding: var(--lk-space-5) var(--lk-space-4);
        border: 2px dashed var(--lk-line-strong);
        border-radius: var(--lk-radius-l);
        background: var(--lk-surface);
        text-align: center;
        cursor: pointer;
        transition: background-color var(--lk-motion), border-color var(--lk-motion);
      }
      label:hover, label.over {
        border-color: var(--lk-accent-text);
        background: var(--lk-accent-soft);
      }
      label:focus-within {
        outline: 3px solid var(--lk-accent-text);
        outline-offset: 2px;
      }
      label.busy {
        cursor: progress;
      }
      .sign {
        display: grid;
        place-items: center;
        inline-size: 3.5rem;
        block-size: 3.5rem;
        border-radius: var(--lk-radius-round);
        background: var(--lk-accent-soft);
        color: var(--lk-accent-text);
        font-size: 1.5rem;
      }
      .label {
        font-size: var(--lk-text-xl);
        font-weight: 650;
        line-height: 1.25;
        text-wrap: balance;
      }
      .pick {
        display: inline-flex;
        align-items: center;
        gap: var(--lk-space-2);
        min-block-size: var(--lk-target);
        margin-block-start: var(--lk-space-2);
        padding-inline: var(--lk-space-5);
        border-radius: var(--lk-radius-m);
        background: var(--lk-accent);
        color: var(--lk-on-accent);
        font-weight: 600;
      }
      label:hover .pick {
        background: var(--lk-accent-strong);
      }
      :host([compact]) label {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--lk-space-3);
        min-block-size: 0;
        padding: var(--lk-space-4);
        text-align: start;
      }
      :host([compact]) .sign {
        inline-size: 2.75rem;
        block-size: 2.75rem;
        font-size: 1.25rem;
      }
      :host([compact]) .label {
        flex: 1 1 10rem;
        font-size: var(--lk-text-m);
      }
      :host([compact]) .pick {
        margin: 0;
        border: var(--lk-line-width) solid var(--lk-line-strong);
        background: var(--lk-surface);
        color: var(--lk-text);
      }
    `,
  ];

  /** What to drop here. */
  @property() label = '';
  /** A second line. */
  @property() hint = '';
  /** Text on the picker's button. */
  @property() pick = '';
  @property() icon: IconName = 'hard-drive-upload';
  /** Name endings, as for a file input: ".req,.lic". Picks and folders keep to it, single drops do not. */
  @property() accept = '';
  @property({ type: Boolean }) multiple = false;
  /** Whether files may be dropped anywhere on the page. */
  @property({ type: Boolean }) wide = false;
  /** One line with a plain button, where something else is the first thing to do. */
  @property({ type: Boolean, reflect: true }) compact = false;
  /** A larger file is refused before it is read. */
  @property({ type: Number, attribute: 'max-bytes' }) maxBytes = 64 * 1024;
  /** The same for a zip. */
  @property({ type: Number, attribute: 'max-zip-bytes' }) maxZipBytes = 0;
  @property({ type: Number, attribute: 'max-files' }) maxFiles = 1000;

  @state() private isOver = false;
  @state() private isBusy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('dragover', this.#dragOver);
    window.addEventListener('dragleave', this.#dragLeave);
    window.addEventListener('drop', this.#drop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('dragover', this.#dragOver);
    window.removeEventListener('dragleave', this.#dragLeave);
    window.removeEventListener('drop', this.#drop);
  }

  override render() {
    const states = `${this.isOver ? 'over' : ''} ${this.isBusy ? 'busy' : ''}`;
    return html`
      <label class=${states}>
        <input
          class="visually-hidden"
          type="file"
          accept=${this.accept || nothing}
          ?multiple=${this.multiple}
          ?disabled=${this.isBusy}
          @change=${this.#picked}
        >
        <span class="sign" aria-hidden="true"><lk-icon .name=${this.icon}></lk-icon></span>
        <span class="label">${this.label}</span>
        ${this.hint ? html`<small>${this.hint}</small>` : nothing}
        <span class="pick"><lk-icon name="folder-open"></lk-icon>${this.pick || this.#pickText()}</span>
      </label>
    `;
  }

  #pickText(): string {
    return this.multiple ? msg('Choose files') : msg('Choose a file');
  }

  /** A file dropped beside the area would open in place of the page, so every drop of files is stopped. */
  #dragOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isOver = this.#isMine(event);
    event.dataTransfer.dropEffect = this.isOver ? 'copy' : 'none';
  };

  #dragLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null) this.isOver = false;
  };

  #drop = (event: DragEvent): void => {
    const transfer = event.dataTransfer;
    this.isOver = false;
    if (!transfer?.types.includes('Files')) return;
    event.preventDefault();
    if (!this.#isMine(event) || this.isBusy) return;
    const maxFiles = this.multiple ? this.maxFiles : 1;
    void this.#take(droppedFiles(transfer, { maxFiles, wants: name => this.#wants(name) }));
  };

  #picked(event: Event): void {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.files?.length) return;
    const found = takeFiles([...input.files], this.maxFiles);
    // Emptied, so that choosing the same file again is a change again.
    input.value = '';
    void this.#take(Promise.resolve(found));
  }

  async #take(found: Promise<FoundFiles>): Promise<void> {
    this.isBusy = true;
    try {
      const { files, leftOut } = await found;
      const detail: FilesDetail = {
        files: await Promise.all(files.map(file => readPickedFile(file, this.#limitOf(file)))),
        leftOut,
      };
      this.dispatchEvent(new CustomEvent('lk-files', { detail, bubbles: true, composed: true }));
    } finally {
      this.isBusy = false;
    }
  }

  #limitOf({ name }: File): number {
    return /\.zip$/i.test(name) ? Math.max(this.maxZipBytes, this.maxBytes) : this.maxBytes;
  }

  #isMine(event: DragEvent): boolean {
    return this.wide || event.composedPath().includes(this);
  }

  #wants(name: string): boolean {
    const endings = this.accept.split(',').map(ending => ending.trim().toLowerCase());
    return this.accept === '' || endings.some(ending => name.toLowerCase().endsWith(ending));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-file-drop': LkFileDrop;
  }
  interface HTMLElementEventMap {
    'lk-files': CustomEvent<FilesDetail>;
  }
}
