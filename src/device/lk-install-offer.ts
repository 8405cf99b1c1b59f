import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LicenseController } from '../client/license-context.ts';
import { acceptInstallOffer, hasInstallOffer, watchInstallOffer } from '../platform/doors/install-offer.ts';
import { baseStyles } from '../ui/theme/base-styles.ts';
import '../ui/feedback/lk-notice.ts';

/**
 * Offers to install the app at a good moment: once a license works here, or when the browser may clear what a request
 * waits for. Never first thing.
 */
@customElement('lk-install-offer')
@localized()
export class LkInstallOffer extends LitElement {
  static override styles = baseStyles;

  /** Whether the browser may clear the app's data. */
  @property({ attribute: false }) isAtRisk = false;

  @state() private hasOffer = hasInstallOffer();

  readonly #license = new LicenseController(this);
  #stopWatching = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopWatching = watchInstallOffer(() => {
      this.hasOffer = hasInstallOffer();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopWatching();
  }

  override render() {
    const { manager } = this.#license;
    const isGoodMoment = manager && (manager.isUnlocked || (this.isAtRisk && manager.deviceNumber !== null));
    if (!this.hasOffer || !isGoodMoment) return nothing;
    return html`
      <lk-notice action=${msg('Install')} @lk-action=${() => void acceptInstallOffer()}>
        ${msg('Install this app: it opens from its own icon, takes license files with a double-click, and the browser keeps its data.')}
      </lk-notice>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-install-offer': LkInstallOffer;
  }
}
