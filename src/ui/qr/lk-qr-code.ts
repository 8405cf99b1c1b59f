import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { encodeQR } from 'qr';
import { baseStyles } from '../theme/base-styles.ts';

/** What the element draws. */
export interface ShownCodes {
  readonly isMoving: boolean;
  text(number: number): string;
}

const framesPerSecond = 8;
/** Modules of white around a code that cameras need. */
const quietZone = 4;
/** Pixels of the canvas for a module, so that it stays sharp where it is shown larger. */
const modulePixels = 4;

/** A QR code, or a row of them one after the other; always dark on white, since cameras want it so. */
@customElement('lk-qr-code')
@localized()
export class LkQrCode extends LitElement {
  static override styles = [
    baseStyles,
    css`
      canvas {
        display: block;
        inline-size: 100%;
        block-size: auto;
        border-radius: var(--lk-radius-m);
        background: #fff;
        image-rendering: pixelated;
      }
    `,
  ];

  @property({ attribute: false }) codes: ShownCodes | null = null;
  /** Whether a row of codes stands still. */
  @property({ type: Boolean }) paused = false;

  #number = 0;
  #timer: ReturnType<typeof setInterval> | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#wind();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  override render() {
    return html`<canvas role="img" aria-label=${msg('QR code')}></canvas>`;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('codes')) this.#number = 0;
    this.#draw();
    this.#wind();
  }

  #wind(): void {
    this.#stop();
    if (!this.codes?.isMoving || this.paused || !this.isConnected) return;
    this.#timer = setInterval(() => {
      this.#number += 1;
      this.#draw();
    }, 1000 / framesPerSecond);
  }

  #stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #draw(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (!canvas || !context || !this.codes) return;
    const rows = encodeQR(this.codes.text(this.#number), 'raw', {
      ecc: 'low',
      encoding: 'alphanumeric',
      border: quietZone,
    });
    const size = rows.length * modulePixels;
    canvas.width = size;
    canvas.height = size;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, size, size);
    context.fillStyle = '#000';
    for (const [y, row] of rows.entries()) {
      for (const [x, isDark] of row.entries()) {
        if (isDark) context.fillRect(x * modulePixels, y * modulePixels, modulePixels, modulePixels);
      }
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-qr-code': LkQrCode;
  }
}
