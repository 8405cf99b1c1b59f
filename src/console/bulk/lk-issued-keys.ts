import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { saveFile } from '../../ui/files/save-file.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { keysFile, type MadeLicense } from './issued-keys.ts';
import '../../ui/feedback/lk-notice.ts';
import '../../ui/layout/lk-icon.ts';
import '../layout/lk-copy.ts';

/** The keys of many licenses that were just issued: to copy, and as a file. */
@customElement('lk-issued-keys')
@localized()
export class LkIssuedKeys extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      textarea {
        inline-size: 100%;
        font-family: var(--lk-font-mono);
        font-size: var(--lk-text-s);
        direction: ltr;
        resize: vertical;
      }
      label {
        display: grid;
        gap: var(--lk-space-2);
        font-size: var(--lk-text-s);
      }
    `,
  ];

  @property({ attribute: false }) made: readonly MadeLicense[] = [];
  /** How many were refused. */
  @property({ type: Number }) refused = 0;

  override render() {
    const count = formatNumber(this.made.length);
    const keys = this.made.map(({ key }) => key).join('\n');
    return html`
      <section class="panel">
        <h2>${msg(str`${count} licenses issued`)}</h2>
        ${this.refused > 0 ? html`<lk-notice tone="danger">${msg(str`${formatNumber(this.refused)} licenses were refused: the product changed meanwhile.`)}</lk-notice>` : nothing}
        ${this.made.length > 0 ? this.#keys(keys) : nothing}
      </section>
    `;
  }

  #keys(keys: string) {
    return html`
      <label>
        ${msg('License keys, one in a line')}
        <textarea readonly rows="8" spellcheck="false" .value=${keys}></textarea>
      </label>
      <div class="row">
        <lk-copy primary .text=${keys} label=${msg('license keys')}></lk-copy>
        <button type="button" @click=${this.#save}>
          <lk-icon name="download"></lk-icon>${msg('Save as CSV')}
        </button>
      </div>
      <p class="quiet-text">${msg('The file holds license keys: whoever has one can activate a device.')}</p>
    `;
  }

  #save(): void {
    const order = this.made[0]?.license.order ?? '';
    const name = `keys-${order.replaceAll(/[^\w.-]+/g, '-')}.csv`;
    saveFile(name, new TextEncoder().encode(keysFile(this.made)));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-issued-keys': LkIssuedKeys;
  }
}
