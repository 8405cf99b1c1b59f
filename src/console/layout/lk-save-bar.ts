import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../ui/theme/base-styles.ts';

/**
 * Stays at the foot of a form while something typed is not saved.
 *
 * @fires lk-save - Save was pressed.
 * @fires lk-discard - Discard was pressed.
 */
@customElement('lk-save-bar')
@localized()
export class LkSaveBar extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        position: sticky;
        inset-block-end: 0;
        z-index: 2;
        padding-block: var(--lk-space-3);
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--lk-space-3);
        padding: var(--lk-space-3);
        padding-inline-start: var(--lk-space-4);
        border: var(--lk-line-width) solid var(--lk-line);
        border-radius: var(--lk-radius-m);
        background: var(--lk-surface);
        box-shadow: var(--lk-shadow-2);
      }
      .text {
        flex: 1 1 10rem;
        font-size: var(--lk-text-s);
        font-weight: 600;
      }
    `,
  ];

  @property({ type: Boolean }) busy = false;

  override render() {
    return html`
      <div class="bar" role="group" aria-label=${msg('Unsaved changes')}>
        <span class="text">${msg('Unsaved changes')}</span>
        <button type="button" ?disabled=${this.busy} @click=${() => this.#tell('lk-discard')}>${msg('Discard')}</button>
        <button type="button" class="primary" ?disabled=${this.busy} @click=${() => this.#tell('lk-save')}>
          ${this.busy ? msg('Saving…') : msg('Save changes')}
        </button>
      </div>
    `;
  }

  #tell(type: 'lk-save' | 'lk-discard'): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-save-bar': LkSaveBar;
  }
}
