import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { dialogStyles } from '../layout/dialog-styles.ts';
import { baseStyles } from '../theme/base-styles.ts';
import { type Camera, type CameraChoice, closeCamera, listCameras, openCamera, setTorch } from './camera.ts';
import { CodeFinder } from './code-finder.ts';
import { WakeLock } from './wake-lock.ts';
import '../feedback/lk-notice.ts';
import '../feedback/lk-progress.ts';

/** How far what is read has come. */
export interface ScanProgress {
  readonly blocks: number;
  readonly known: number;
  /** null until it is whole. */
  readonly file: Uint8Array<ArrayBuffer> | null;
}

/** Takes the text of a code; null for one that is not of Latchkey. May throw for one that is broken. */
export type ReadCode = (text: string) => ScanProgress | null;

/** Between two looks: cameras bring a picture every 30 ms or so. */
const pauseMs = 30;

type Trouble = 'denied' | 'none' | 'busy';

/**
 * Reads a file from QR codes before the camera, and closes when it is whole.
 *
 * @fires lk-scanned - A file was read; detail: its bytes.
 */
@customElement('lk-qr-scanner')
@localized()
export class LkQrScanner extends LitElement {
  static override styles = [
    baseStyles,
    dialogStyles,
    css`
      dialog {
        inline-size: min(40rem, calc(100vw - 2 * var(--lk-space-3)));
        padding: var(--lk-space-4);
      }
      .content {
        display: grid;
        gap: var(--lk-space-3);
      }
      video {
        inline-size: 100%;
        max-block-size: 56dvh;
        aspect-ratio: 4 / 3;
        border-radius: var(--lk-radius-m);
        background: #000;
        object-fit: cover;
      }
      .row {
        justify-content: flex-end;
      }
    `,
  ];

  /** Makes a reader for a file; called each time that the scanner opens. */
  @property({ attribute: false }) reader: () => ReadCode = () => () => null;
  @state() private cameras: readonly CameraChoice[] = [];
  @state() private camera: Camera | null = null;
  @state() private isLit = false;
  @state() private trouble: Trouble | null = null;
  @state() private progress: ScanProgress | null = null;
  /** Whether a code was seen that is not of Latchkey, or broken. */
  @state() private isForeign = false;

  readonly #wakeLock = new WakeLock();
  #scan: AbortController | null = null;

  /** Opens the dialog and the camera. */
  async open(): Promise<void> {
    await this.updateComplete;
    const dialog = this.#dialog;
    if (!dialog || dialog.open) return;
    this.progress = null;
    this.isForeign = false;
    dialog.showModal();
    this.#wakeLock.hold();
    await this.#film(null);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  override render() {
    return html`
      <dialog aria-labelledby="heading" @close=${this.#stop}>
        <div class="content">
          <h2 id="heading">${msg('Hold the code before the camera')}</h2>
          ${this.trouble ? html`<lk-notice tone="warn">${troubleText(this.trouble)}</lk-notice>` : this.#view()}
          <div class="row">
            ${this.camera?.hasTorch ? this.#torch() : nothing}
            <button type="button" autofocus @click=${() => this.#dialog?.close()}>${msg('Cancel')}</button>
          </div>
        </div>
      </dialog>
    `;
  }

  #view() {
    const { progress } = this;
    return html`
      <video playsinline muted aria-label=${msg('What the camera sees')}></video>
      ${this.cameras.length > 1 ? this.#choice() : nothing}
      <div aria-live="polite">
        ${
          progress
            ? html`<lk-progress label=${msg('Read')} .value=${progress.known} .total=${progress.blocks}></lk-progress>`
            : html`<p>${this.isForeign ? msg('This code is none of a device or a portal.') : msg('Looking for a code.')}</p>`
        }
      </div>
    `;
  }

  #choice() {
    return html`
      <label class="field">
        <span>${msg('Camera')}</span>
        <select @change=${this.#choose}>
          ${this.cameras.map(
            ({ id, label }, index) =>
              html`<option value=${id} ?selected=${id === this.camera?.id}>${label || String(index + 1)}</option>`,
          )}
        </select>
      </label>
    `;
  }

  #torch() {
    return html`
      <button type="button" aria-pressed=${this.isLit ? 'true' : 'false'} @click=${this.#light}>${msg('Light')}</button>
    `;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  #choose(event: Event): void {
    if (event.target instanceof HTMLSelectElement) void this.#film(event.target.value);
  }

  async #light(): Promise<void> {
    if (!this.camera) return;
    await setTorch(this.camera, !this.isLit);
    this.isLit = !this.isLit;
  }

  async #film(id: string | null): Promise<void> {
    this.#rest();
    const scan = new AbortController();
    this.#scan = scan;
    this.trouble = null;
    try {
      const camera = await openCamera(id);
      scan.signal.addEventListener('abort', () => closeCamera(camera));
      if (scan.signal.aborted) return closeCamera(camera);
      this.camera = camera;
      this.cameras = await listCameras();
      await this.#read(camera, scan.signal);
    } catch (error) {
      if (!scan.signal.aborted) this.trouble = troubleOf(error);
    }
  }

  async #read({ stream }: Camera, signal: AbortSignal): Promise<void> {
    await this.updateComplete;
    const video = this.renderRoot.querySelector('video');
    if (!video || signal.aborted) return;
    video.srcObject = stream;
    await video.play();
    const finder = new CodeFinder();
    const read = this.reader();
    try {
      while (!signal.aborted) {
        const text = await finder.find(video);
        if (text !== null && !signal.aborted) this.#take(read, text);
        await new Promise(resolve => setTimeout(resolve, pauseMs));
      }
    } finally {
      finder.close();
    }
  }

  /** A code that is broken is one of many; the next may be whole. */
  #take(read: ReadCode, text: string): void {
    try {
      this.progress = read(text) ?? this.progress;
      this.isForeign = this.progress === null;
    } catch {
      this.isForeign = true;
    }
    const detail = this.progress?.file;
    if (!detail) return;
    this.#dialog?.close();
    this.#stop();
    this.dispatchEvent(new CustomEvent('lk-scanned', { detail, bubbles: true, composed: true }));
  }

  #rest(): void {
    this.#scan?.abort();
    this.#scan = null;
    this.camera = null;
    this.isLit = false;
  }

  #stop(): void {
    this.#rest();
    void this.#wakeLock.release();
  }
}

function troubleOf(error: unknown): Trouble {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'none';
}

function troubleText(trouble: Trouble): string {
  if (trouble === 'denied') {
    return msg(
      'The browser does not let this page use the camera. Allow it beside the address, or carry the file another way.',
    );
  }
  if (trouble === 'busy') return msg('Another program uses the camera. Close it and try again.');
  return msg('There is no camera here. Carry the file another way.');
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-qr-scanner': LkQrScanner;
  }
  interface HTMLElementEventMap {
    'lk-scanned': CustomEvent<Uint8Array<ArrayBuffer>>;
  }
}
