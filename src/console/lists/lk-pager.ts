import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';

/**
 * Goes through the pages of a list.
 *
 * @fires lk-page - Another page is wanted; detail: its number, from 1.
 */
@customElement('lk-pager')
@localized()
export class LkPager extends LitElement {
  static override styles = [
    baseStyles,
    css`
      nav {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--lk-space-3);
      }
      .text {
        color: var(--lk-text-quiet);
        font-size: var(--lk-text-s);
      }
    `,
  ];

  @property({ type: Number }) page = 1;
  @property({ type: Number, attribute: 'page-size' }) pageSize = 50;
  @property({ type: Number }) total = 0;

  override render() {
    const pages = Math.max(1, Math.ceil(this.total / this.pageSize));
    return html`
      <nav aria-label=${msg('Pages')}>
        <span class="text number">${this.#text()}</span>
        <div class="row" ?hidden=${pages === 1 && this.page === 1}>
          <button type="button" ?disabled=${this.page <= 1} @click=${() => this.#go(this.page - 1)}>
            ${msg('Previous')}
          </button>
          <button type="button" ?disabled=${this.page >= pages} @click=${() => this.#go(this.page + 1)}>
            ${msg('Next')}
          </button>
        </div>
      </nav>
    `;
  }

  #text(): string {
    const first = (this.page - 1) * this.pageSize + 1;
    const last = Math.min(this.page * this.pageSize, this.total);
    if (first > last) return msg(str`${formatNumber(this.total)} in all`);
    return msg(str`${formatNumber(first)} to ${formatNumber(last)} of ${formatNumber(this.total)}`);
  }

  #go(page: number): void {
    this.dispatchEvent(new CustomEvent<number>('lk-page', { detail: page, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-pager': LkPager;
  }
  interface HTMLElementEventMap {
    'lk-page': CustomEvent<number>;
  }
}
