import { localized, msg } from '@lit/localize';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Bytes, utf8 } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import { parseLicenseKey } from '../../license/license-key.ts';
import type { ReadCode } from '../../ui/qr/lk-qr-scanner.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import '../../ui/layout/lk-icon.ts';

/**
 * Reads a license key from its QR code, as it stands on the vendor's handover sheet.
 *
 * @fires lk-key-scanned - A right license key was read; detail: its text.
 */
@customElement('lk-key-scan')
@localized()
export class LkKeyScan extends LitElement {
  static override styles = baseStyles;

  @property({ type: Boolean }) disabled = false;

  override render() {
    return html`
      <button type="button" ?disabled=${this.disabled} @click=${this.#scan}>
        <lk-icon name="camera"></lk-icon>${msg('Scan the license key')}
      </button>
      <lk-qr-scanner
        .reader=${keyReader}
        @lk-scanned=${({ detail }: CustomEvent<Bytes>) => this.#tell(detail)}
      ></lk-qr-scanner>
    `;
  }

  async #scan(): Promise<void> {
    await import('../../ui/qr/lk-qr-scanner.ts');
    await this.renderRoot.querySelector('lk-qr-scanner')?.open();
  }

  #tell(key: Bytes): void {
    const detail = new TextDecoder().decode(key);
    this.dispatchEvent(new CustomEvent<string>('lk-key-scanned', { detail, bubbles: true, composed: true }));
  }
}

/** Any code but that of a right license key is a foreign one. */
function keyReader(): ReadCode {
  return text => (isLicenseKey(text) ? { blocks: 1, known: 1, file: utf8(text) } : null);
}

function isLicenseKey(text: string): boolean {
  try {
    parseLicenseKey(text);
    return true;
  } catch (error) {
    if (error instanceof LatchkeyError) return false;
    throw error;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-key-scan': LkKeyScan;
  }
  interface HTMLElementEventMap {
    'lk-key-scanned': CustomEvent<string>;
  }
}
