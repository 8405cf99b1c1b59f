import { localized, msg } from '@lit/localize';
import { html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { UseConsole } from '../services/console-context.ts';
import '../../ui/layout/lk-icon.ts';

/** A button that copies a text to the clipboard. */
@customElement('lk-copy')
@localized()
export class LkCopy extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [...baseStyles];

  /** What is copied. */
  @property() text = '';
  /** What it is, for the button's name: "license key". */
  @property() label = '';
  @property({ type: Boolean }) primary = false;
  @state() private isCopied = false;

  readonly #console = new UseConsole(this);

  override render() {
    return html`
      <button type="button" class=${this.primary ? 'primary' : ''} @click=${this.#copy}>
        <lk-icon .name=${this.isCopied ? 'check' : 'copy'}></lk-icon>${this.isCopied ? msg('Copied') : msg('Copy')}
        <span class="visually-hidden">${this.label}</span>
      </button>
    `;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text);
    } catch {
      this.#console.announce(msg('The browser did not let the page copy. Select the text and copy it.'));
      return;
    }
    this.isCopied = true;
    this.#console.announce(msg('Copied.'));
    setTimeout(() => {
      this.isCopied = false;
    }, 3000);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-copy': LkCopy;
  }
}
