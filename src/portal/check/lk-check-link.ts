import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { CHECK } from './route.ts';
import '../../ui/layout/lk-icon.ts';

/** The way to the page where files are checked. */
@customElement('lk-check-link')
@localized()
export class LkCheckLink extends LitElement {
  static override styles = [
    baseStyles,
    css`
      a {
        display: inline-flex;
        gap: var(--lk-space-2);
        align-items: center;
        min-block-size: var(--lk-target);
      }
    `,
  ];

  override render() {
    return html`<a href=${CHECK}><lk-icon name="shield-check"></lk-icon>${msg('Check a license, receipt or refusal')}</a>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-check-link': LkCheckLink;
  }
}
