import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type IconName, icons } from './icons.ts';

/** A bundled icon in the color and size of the text around it; hidden from screen readers unless it has a label. */
@customElement('lk-icon')
export class LkIcon extends LitElement {
  static override styles = css`
    :host {
      display: inline-flex;
      flex: none;
      inline-size: 1.25em;
      block-size: 1.25em;
      vertical-align: -0.25em;
    }
    svg {
      inline-size: 100%;
      block-size: 100%;
    }
    svg.turns:dir(rtl) {
      transform: scaleX(-1);
    }
  `;

  @property() name: IconName = 'info';
  /** What the icon says where no text beside it does. */
  @property() label = '';

  override render() {
    return html`<svg
      class=${turning.has(this.name) ? 'turns' : ''}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      role=${this.label ? 'img' : 'presentation'}
      aria-hidden=${this.label ? 'false' : 'true'}
    >${this.label ? svg`<title>${this.label}</title>` : ''}${icons[this.name]}</svg>`;
  }
}

/** Icons that point along the reading direction. */
const turning: ReadonlySet<IconName> = new Set(['arrow-right', 'chevron-right', 'undo-2', 'log-out']);

declare global {
  interface HTMLElementTagNameMap {
    'lk-icon': LkIcon;
  }
}
