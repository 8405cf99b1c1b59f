import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Ed25519Engine } from '../../crypto/crypto.ts';
import type { IconName } from '../../ui/layout/icons.ts';
import { engineText } from '../../ui/texts/engine-text.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { addresses } from '../services/routes.ts';
import { frameStyles } from './frame-styles.ts';
import '../../ui/layout/lk-icon.ts';

/** A page of the navigation. */
interface Entry {
  address: string;
  icon: IconName;
  text: string;
}

/**
 * The console around its pages: navigation, who is signed in, the page. On a phone the navigation folds away.
 *
 * @slot - The page.
 * @fires lk-sign-out - The person wants to sign out.
 */
@customElement('lk-frame')
@localized()
export class LkFrame extends LitElement {
  static override styles = [baseStyles, frameStyles];

  /** Path of the page that is shown. */
  @property() path = '/';
  /** E-mail address of who is signed in. */
  @property() account = '';
  /** Who verified last. */
  @property({ attribute: false }) engine: Ed25519Engine | null = null;
  @state() private isOpen = false;

  override render() {
    return html`
      <a class="skip button primary" href="#main" @click=${this.#skip}>${msg('Skip to the content')}</a>
      <header>
        <a class="brand" href=${addresses.overview}>
          <span class="logo"><lk-icon name="key-round"></lk-icon></span>
          <span>Latchkey</span>
        </a>
        <button
          type="button"
          class="icon-only quiet menu"
          aria-expanded=${this.isOpen ? 'true' : 'false'}
          aria-controls="navigation"
          @click=${this.#toggle}
          @keydown=${this.#keyDown}
        >
          <lk-icon .name=${this.isOpen ? 'x' : 'menu'} label=${msg('Menu')}></lk-icon>
        </button>
        <div id="navigation" class=${this.isOpen ? 'open' : ''} @keydown=${this.#keyDown}>
          <nav aria-label=${msg('Console')}>
            <ul>
              ${entries().map(entry => this.#entry(entry))}
            </ul>
          </nav>
          <div class="account">
            <span class="who" title=${this.account}>${this.account}</span>
            <button type="button" class="quiet" @click=${this.#signOut}>
              <lk-icon name="log-out"></lk-icon>${msg('Sign out')}
            </button>
            <dl class="engine">
              <dt>${msg('Signatures are verified by')}</dt>
              <dd>${engineText(this.engine)}</dd>
            </dl>
          </div>
        </div>
      </header>
      <main id="main" tabindex="-1"><div class="column"><slot></slot></div></main>
    `;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('path')) this.isOpen = false;
  }

  #entry({ address, icon, text }: Entry) {
    const isInside = address === '/' ? this.path === '/' : `${this.path}/`.startsWith(`${address}/`);
    const current = this.path === address ? 'page' : isInside ? 'true' : nothing;
    return html`
      <li><a href=${address} aria-current=${current}><lk-icon .name=${icon}></lk-icon>${text}</a></li>
    `;
  }

  #toggle(): void {
    this.isOpen = !this.isOpen;
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.isOpen) return;
    this.isOpen = false;
    this.renderRoot.querySelector<HTMLElement>('.menu')?.focus();
  }

  #skip(event: Event): void {
    event.preventDefault();
    this.renderRoot.querySelector('main')?.focus();
  }

  #signOut(): void {
    this.dispatchEvent(new CustomEvent('lk-sign-out', { bubbles: true, composed: true }));
  }
}

function entries(): Entry[] {
  return [
    { address: addresses.overview, icon: 'layout-dashboard', text: msg('Overview') },
    { address: addresses.support, icon: 'headset', text: msg('Support') },
    { address: addresses.licenses, icon: 'key-round', text: msg('Licenses') },
    { address: addresses.refreshFiles, icon: 'refresh-cw', text: msg('Refresh files') },
    { address: addresses.orders, icon: 'receipt-text', text: msg('Orders') },
    { address: addresses.customers, icon: 'building-2', text: msg('Customers') },
    { address: addresses.users, icon: 'users', text: msg('Users') },
    { address: addresses.devices, icon: 'monitor', text: msg('Devices') },
    { address: addresses.exchanges, icon: 'file', text: msg('Exchanges') },
    { address: addresses.products, icon: 'package', text: msg('Products') },
    { address: addresses.audit, icon: 'shield-check', text: msg('Audit log') },
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-frame': LkFrame;
  }
}
