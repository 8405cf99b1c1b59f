import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { renderFailure } from '../client/elements/failure.ts';
import { LicenseController } from '../client/license-context.ts';
import type { LicenseManager } from '../client/license-manager.ts';
import { baseStyles } from '../ui/theme/base-styles.ts';
import { pageStyles } from './page-styles.ts';
import { paths } from './router.ts';
import '../client/recovery/lk-get-back.ts';
import '../ui/feedback/lk-notice.ts';
import '../ui/layout/lk-card.ts';

/** How a machine gets its license back after the browser has lost it, with a recovery file and without. */
@customElement('lk-recover-page')
@localized()
export class LkRecoverPage extends LitElement {
  static override styles = [baseStyles, pageStyles];

  readonly #license = new LicenseController(this);
  readonly #forgetting = new Task(this, {
    autoRun: false,
    task: async () => (await this.#license.manager?.rescue())?.forgetLost(),
  });

  override render() {
    const { manager } = this.#license;
    if (!manager) return nothing;
    return html`
      <h1>${msg('Get my license back')}</h1>
      <p>${msg('The license lies in this browser’s data. When that is cleared, or the browser’s profile is made anew, the machine is a new device to the portal, and its seat is still taken by the old one.')}</p>
      <lk-get-back wide @lk-recovered=${this.#goHome}></lk-get-back>
      <lk-card heading=${msg('Without it')}>
        <p>${msg('Enter the license key, or user name and password, once more and take the request file to the portal. Where the vendor allows it, the portal sees that it is the same machine and gives the seat back at once. Else the portal says that no seat is left: call the vendor and read the number of this device. Then upload the same file again.')}</p>
        <p class="quiet-text">${msg('What was counted and never reported is lost this way.')}</p>
        ${this.#known(manager)}
        <a class="more" href=${paths.home}>${msg('Enter the license')}</a>
      </lk-card>
    `;
  }

  #known({ lost }: LicenseManager) {
    if (!lost) return nothing;
    return html`
      <lk-notice action=${msg('This machine had none')} @lk-action=${() => this.#forgetting.run()}>
        ${
          lost.name
            ? msg(
                str`This browser had the license of ${lost.name}. The request says so, and asks for that seat.`,
              )
            : msg('This browser had a license. The request says so, and asks for that seat.')
        }
      </lk-notice>
      ${this.#forgetting.render({ error: renderFailure, complete: () => nothing })}
    `;
  }

  #goHome(): void {
    this.renderRoot.querySelector<HTMLAnchorElement>(`a[href='${paths.home}']`)?.click();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-recover-page': LkRecoverPage;
  }
}
