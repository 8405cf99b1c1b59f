import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Profile } from '../../platform/profile.ts';
import { canChooseFolder, chooseFolder } from '../../platform/stick/folder.ts';
import { openStick, type Stick } from '../../platform/stick/stick.ts';
import type { StickOwner } from '../../platform/stick/vendor-folder.ts';
import type { NamedFile } from '../../platform/stick/write-whole.ts';
import { zipOf } from '../../platform/zip.ts';
import { saveFile } from '../../ui/files/save-file.ts';
import { startPage } from '../../ui/files/start-page.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { refusalView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import {
  makeRefreshFiles,
  namedFiles,
  type RefreshOutcome,
  type RefreshTarget,
} from './make-refresh-files.ts';
import { outcomeWords } from './outcome-words.ts';
import '../../ui/feedback/lk-notice.ts';
import '../../ui/feedback/lk-progress.ts';
import '../../ui/layout/lk-icon.ts';

const ZIP_NAME = 'refresh-files.zip';

/** What was saved, and where. */
type Saved = { place: 'zip' | 'stick'; saved: number; made: number };

/**
 * Makes refresh files for several devices, and saves them as one zip or onto a stick. Each device whose file was not
 * made, or whose file locks it, is named.
 *
 * @fires lk-refresh-made - Files were made; they have revisions and entries of their own from now on.
 */
@customElement('lk-refresh-save')
@localized()
export class LkRefreshSave extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--lk-space-3);
      }
      li {
        padding-block: var(--lk-space-2);
        border-block-start: var(--lk-line-width) solid var(--lk-line);
        font-size: var(--lk-text-s);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) targets: readonly RefreshTarget[] = [];
  /** How many files were asked for; null while none are being made. */
  @state() private done: number | null = null;
  @state() private saved: Saved | null = null;
  @state() private outcomes: readonly RefreshOutcome[] = [];
  @state() private error: unknown = null;

  readonly #console = new UseConsole(this);

  override render() {
    return html`
      ${this.#buttons()}
      ${
        this.done === null
          ? nothing
          : html`<lk-progress label=${msg('Making refresh files')} .value=${this.done} .total=${this.targets.length}></lk-progress>`
      }
      ${this.error ? refusalView(this.error) : nothing} ${this.saved ? savedNotice(this.saved) : nothing}
      ${this.#rows()}
    `;
  }

  #buttons() {
    const isOff = this.done !== null || this.targets.length === 0;
    const toStick = canChooseFolder();
    return html`
      <div class="row">
        ${
          toStick
            ? html`
                <button type="button" class="primary" ?disabled=${isOff} @click=${this.#saveToStick}>
                  <lk-icon name="usb"></lk-icon>${msg('Save to a stick…')}
                </button>
              `
            : nothing
        }
        <button type="button" class=${toStick ? '' : 'primary'} ?disabled=${isOff} @click=${this.#saveZip}>
          <lk-icon name="download"></lk-icon>${msg('Download as one zip')}
        </button>
        <span class="quiet-text">${chosenWords(this.targets.length)}</span>
      </div>
    `;
  }

  #rows() {
    const told = this.outcomes.flatMap(outcome => outcomeWords(outcome) ?? []);
    if (told.length === 0) return nothing;
    return html`
      <ul aria-label=${msg('Devices to look at')}>
        ${told.map(({ device, text }) => html`<li><strong>${device}</strong>: ${text}</li>`)}
      </ul>
    `;
  }

  /** The folder is chosen first: the browser asks only right after a press. */
  async #saveToStick(): Promise<void> {
    try {
      const chosen = await chooseFolder('refresh-files');
      if (chosen) await this.#act(() => this.#saveIn(chosen));
    } catch (error) {
      this.error = error;
    }
  }

  async #saveIn(chosen: FileSystemDirectoryHandle): Promise<Saved | null> {
    const stick = await openStick(chosen, ownerOf(await this.#console.profile()));
    const files = namedFiles(await this.#make());
    return files.length === 0 ? null : this.#write(stick, files);
  }

  async #write(stick: Stick, files: readonly NamedFile[]): Promise<Saved> {
    let saved = 0;
    try {
      for (const file of files) {
        await stick.write('to-device', file);
        saved += 1;
      }
    } catch (error) {
      this.error = error;
    }
    return { place: 'stick', saved, made: files.length };
  }

  async #saveZip(): Promise<void> {
    await this.#act(async () => {
      const files = namedFiles(await this.#make());
      if (files.length === 0) return null;
      saveFile(ZIP_NAME, await zipOf(files));
      return { place: 'zip', saved: files.length, made: files.length };
    });
  }

  async #make(): Promise<readonly RefreshOutcome[]> {
    const { api, answers } = this.#console;
    this.outcomes = await makeRefreshFiles(this.targets, {
      make: ids => api.refresh.make(ids),
      answers,
      onProgress: done => {
        this.done = done;
      },
    });
    return this.outcomes;
  }

  async #act(save: () => Promise<Saved | null>): Promise<void> {
    this.done = 0;
    this.saved = null;
    this.outcomes = [];
    this.error = null;
    try {
      this.saved = await save();
      if (this.saved) this.#tell(this.saved);
    } catch (error) {
      this.error = error;
    }
    this.done = null;
  }

  #tell(saved: Saved): void {
    const amount = formatNumber(saved.saved);
    if (saved.saved > 0) this.#console.announce(msg(str`Refresh files saved: ${amount}.`));
    this.dispatchEvent(new CustomEvent('lk-refresh-made', { bubbles: true, composed: true }));
  }
}

function chosenWords(amount: number): string {
  if (amount === 0) return msg('No device is chosen.');
  return amount === 1 ? msg('One device is chosen.') : msg(str`${formatNumber(amount)} devices are chosen.`);
}

function savedNotice(saved: Saved) {
  const isWhole = saved.saved === saved.made;
  return html`<lk-notice tone=${isWhole ? 'ok' : 'bad'}>${savedWords(saved)}</lk-notice>`;
}

function savedWords({ place, saved, made }: Saved): string {
  const amount = formatNumber(saved);
  if (saved < made) {
    return msg(
      str`Saved on the stick: ${amount} of ${formatNumber(made)}. Save again; what is there already is not written twice.`,
    );
  }
  if (place === 'zip') {
    return msg(
      str`${ZIP_NAME} is downloaded. Files in it: ${amount}. Unpack it onto a stick, and load each at its device.`,
    );
  }
  return msg(str`Saved on the stick: ${amount}. Each device finds its own with Load from stick.`);
}

function ownerOf({ domainId, brand, portals }: Profile): StickOwner {
  const vendor = brand.name ?? '';
  return { domainId, vendor, portals, startPage: startPage({ vendor, portals }) };
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-refresh-save': LkRefreshSave;
  }
}
