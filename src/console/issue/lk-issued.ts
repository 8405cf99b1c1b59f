import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { License, UserOfLicense } from '../../api/licenses.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/layout/lk-icon.ts';
import '../layout/lk-copy.ts';

/**
 * The key of a license that was just issued, large enough to be read over a shoulder.
 *
 * @fires lk-another - The person wants to issue one more.
 */
@customElement('lk-issued')
@localized()
export class LkIssued extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .issued {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        justify-items: center;
        gap: var(--lk-space-4);
        padding: var(--lk-space-6) var(--lk-space-4);
        border: var(--lk-line-width) solid var(--lk-line);
        border-radius: var(--lk-radius-l);
        background: var(--lk-surface);
        box-shadow: var(--lk-shadow-1);
        text-align: center;
      }
      .mark {
        display: grid;
        place-items: center;
        inline-size: 3.5rem;
        block-size: 3.5rem;
        border-radius: var(--lk-radius-round);
        background: var(--lk-ok-soft);
        color: var(--lk-ok);
        font-size: 1.375rem;
      }
      h2 {
        max-inline-size: 100%;
        overflow-wrap: anywhere;
      }
      .key {
        font-family: var(--lk-font-mono);
        font-size: clamp(1.0625rem, 4.2vw, 1.75rem);
        font-weight: 600;
        letter-spacing: 0.02em;
        user-select: all;
        direction: ltr;
      }
      .users {
        color: var(--lk-text);
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      p {
        max-inline-size: 34rem;
        color: var(--lk-text-quiet);
      }
      .row {
        justify-content: center;
        margin-block-start: var(--lk-space-2);
      }
    `,
  ];

  @property({ attribute: false }) license: License | null = null;

  override render() {
    const { license } = this;
    if (!license) return nothing;
    return html`
      <div class="issued">
        <span class="mark"><lk-icon name="check"></lk-icon></span>
        <h2>${license.terms.customer || license.productName}</h2>
        ${license.users ? toUsers(license.users) : keyOf(license)}
        <div class="row">
          <a class="button" href=${addresses.license(license.id)}>${msg('Open the license')}</a>
          <a class="button" href=${addresses.handover('license', license.id)}>${msg('Handover sheet')}</a>
          <button type="button" @click=${this.#another}>${msg('Issue another')}</button>
        </div>
      </div>
    `;
  }

  #another(): void {
    this.dispatchEvent(new CustomEvent('lk-another', { bubbles: true, composed: true }));
  }
}

function keyOf({ key }: License) {
  return html`
    <output class="key" aria-label=${msg('License key')}>${key}</output>
    <lk-copy primary .text=${key} label=${msg('license key')}></lk-copy>
    <p>${msg('The device asks for this key. It stays readable on the page of the license.')}</p>
  `;
}

function toUsers(users: readonly UserOfLicense[]) {
  return html`
    <p class="users">${users.map(({ name }) => name).join(', ')}</p>
    <p>${msg('The device asks for user name and password. A forgotten password is replaced on the page of the user.')}</p>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-issued': LkIssued;
  }
}
