import { localized, msg } from '@lit/localize';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../theme/base-styles.ts';
import { saveFile } from './save-file.ts';
import '../layout/lk-icon.ts';

/**
 * A button that saves bytes as a file.
 *
 * @fires lk-saved - The download was started; detail: the file's name.
 */
@customElement('lk-download')
@localized()
export class LkDownload extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [...baseStyles];

  /** Name of the file. */
  @property() name = '';
  @property({ attribute: false }) bytes: Uint8Array<ArrayBuffer> | null = null;
  /** Text of the button. */
  @property() label = '';
  /** Whether this is the first thing to do on the page. */
  @property({ type: Boolean }) primary = false;
  /** Whether the button takes the whole line. */
  @property({ type: Boolean }) wide = false;

  override render() {
    const kinds = `${this.primary ? 'primary' : ''} ${this.wide ? 'wide' : ''}`;
    return html`
      <button type="button" class=${kinds} ?disabled=${!this.bytes} @click=${this.#save}>
        <lk-icon name="download"></lk-icon>${this.label || msg('Save')}
        ${this.name ? html`<span class="visually-hidden">${this.name}</span>` : ''}
      </button>
    `;
  }

  #save(): void {
    if (!this.bytes) return;
    saveFile(this.name, this.bytes);
    this.dispatchEvent(
      new CustomEvent<string>('lk-saved', { detail: this.name, bubbles: true, composed: true }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-download': LkDownload;
  }
}
