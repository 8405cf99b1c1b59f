import { localized, msg, str } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { onDroppedFolder } from '../../platform/stick/dropped-folder.ts';
import { canChooseFolder } from '../../platform/stick/folder.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { renderFailure } from '../elements/failure.ts';
import { LicenseController } from '../license-context.ts';
import type { LicenseManager } from '../license-manager.ts';
import { ChosenFolder } from './chosen-folder.ts';
import type { Findings } from './device-stick.ts';
import { renderFindings, savedText } from './findings.ts';
import '../../ui/feedback/lk-notice.ts';
import '../../ui/feedback/lk-progress.ts';
import '../../ui/layout/lk-icon.ts';

type Way = 'save' | 'load';
type Done = { way: 'save'; count: number } | { way: 'load'; findings: Findings | null };

/**
 * A stick for all files of this device: *Save to stick* and *Load from stick*, with a folder that is chosen once. While
 * something waits, and the browser allows it, it looks there by itself when the page is shown.
 */
@customElement('lk-stick')
@localized()
export class LkStick extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host, .outcome {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--lk-space-3);
      }
      .outcome:not(:has(*)) {
        display: none;
      }
      .folder {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0 var(--lk-space-3);
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** How many files were looked at, of how many. */
  @state() private progress: readonly [number, number] | null = null;
  @state() private folderName: string | null = null;

  readonly #license = new LicenseController(this);
  readonly #folder = new ChosenFolder();
  readonly #working = new Task(this, {
    autoRun: false,
    task: ([way, pick]: readonly [Way, Pick]) => this.#work(way, pick),
  });
  #stop = () => {};
  #hasLooked = false;

  override connectedCallback(): void {
    super.connectedCallback();
    const stopDrops = onDroppedFolder(folder => void this.#run('load', () => this.#folder.take(folder)));
    addEventListener('focus', this.#lookAlone);
    this.#stop = () => {
      stopDrops();
      removeEventListener('focus', this.#lookAlone);
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override updated(): void {
    if (this.#hasLooked || !this.#license.manager) return;
    this.#hasLooked = true;
    void this.#lookAlone();
  }

  override render() {
    const { manager } = this.#license;
    if (!manager) return nothing;
    const waiting = waitingOf(manager);
    if (!canChooseFolder()) return waiting.length > 0 ? noFolders() : nothing;
    const isUnsaved = waiting.some(({ savedAtMs }) => savedAtMs === null);
    // Always in this order: another tab may save meanwhile, and nothing is to move under a finger.
    const save = waiting.length > 0 ? this.#button('save', { isPrimary: isUnsaved, isUnsaved }) : nothing;
    const load = this.#button('load', { isPrimary: waiting.length > 0 && !isUnsaved, isUnsaved });
    return html`
      ${save} ${load} ${this.#place()}
      ${
        this.progress
          ? html`<lk-progress label=${msg('Looking at the stick')} .value=${this.progress[0]} .total=${this.progress[1]}></lk-progress>`
          : nothing
      }
      <div class="outcome" aria-live="polite">
        ${this.#working.render({ complete: done => renderDone(done, manager), error: renderFailure })}
      </div>
    `;
  }

  #button(way: Way, { isPrimary, isUnsaved }: { isPrimary: boolean; isUnsaved: boolean }) {
    const texts = {
      save: isUnsaved ? msg('Save to stick') : msg('Save to stick again'),
      load: msg('Load from stick'),
    };
    const icons = { save: 'hard-drive-download', load: 'usb' } as const;
    return html`
      <button
        type="button"
        class=${isPrimary ? 'wide primary' : 'wide'}
        ?disabled=${this.#isBusy}
        @click=${() => this.#run(way, () => this.#folder.forPress())}
      ><lk-icon name=${icons[way]}></lk-icon>${texts[way]}</button>
    `;
  }

  #place() {
    if (this.folderName === null) return nothing;
    return html`
      <div class="folder">
        <small>${msg(str`Folder of the stick: ${this.folderName}`)}</small>
        <button type="button" class="quiet" ?disabled=${this.#isBusy} @click=${() => this.#run('load', () => this.#folder.another())}>
          ${msg('Use another folder…')}
        </button>
      </div>
    `;
  }

  get #isBusy(): boolean {
    return this.#working.status === TaskStatus.PENDING;
  }

  /** Without a press, and without a word where there is nothing: the stick may not be plugged in yet. */
  #lookAlone = async (): Promise<void> => {
    const { manager } = this.#license;
    if (!manager || waitingOf(manager).length === 0 || (manager.pin.isSet && !manager.pin.isOpen)) return;
    const folder = await this.#folder.recall();
    this.folderName = this.#folder.name;
    if (!folder || this.#isBusy) return;
    try {
      const hasNews = await (await manager.stick()).hasAnswer(folder);
      if (hasNews && !this.#isBusy) await this.#run('load', async () => folder);
    } catch {
      // Told when a person asks for it.
    }
  };

  async #run(way: Way, pick: Pick): Promise<void> {
    if (this.#isBusy) return;
    await this.#working.run([way, pick]);
    this.progress = null;
    this.folderName = this.#folder.name;
  }

  async #work(way: Way, pick: Pick): Promise<Done | null> {
    const { manager } = this.#license;
    // First of all: the browser asks only right after a press.
    const folder = await pick();
    if (!folder || !manager) return null;
    const stick = await manager.stick();
    if (way === 'save') return { way, count: await stick.save(folder) };
    const findings = await stick.load(folder, (done, total) => {
      this.progress = [done, total];
    });
    return { way, findings };
  }
}

/** Where the folder comes from; null: a person has chosen none. */
type Pick = () => Promise<FileSystemDirectoryHandle | null>;

function waitingOf({ openRequests, deactivations }: LicenseManager) {
  return [...openRequests, ...deactivations.filter(({ receipt }) => receipt === null)];
}

function noFolders() {
  return html`
    <small>${msg('This browser opens no folders. Save the file, show the QR code or copy the text; then drop, choose or scan the answer.')}</small>
  `;
}

function renderDone(done: Done | null, { portals }: LicenseManager) {
  if (done === null) return nothing;
  if (done.way === 'load') return renderFindings(done.findings);
  return html`<lk-notice tone="ok">${savedText(done.count, portals[0] ?? '')}</lk-notice>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-stick': LkStick;
  }
}
