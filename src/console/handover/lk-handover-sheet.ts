import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { License, UserOfLicense } from '../../api/licenses.ts';
import type { Profile } from '../../api/profile.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { formatDay } from '../fields/dates.ts';
import { sheetStyles } from './sheet-styles.ts';
import '../../ui/qr/lk-qr-code.ts';

/** What the customer gets of a license on paper: its key or users, the portal, the steps, and how to reach support. */
@customElement('lk-handover-sheet')
@localized()
export class LkHandoverSheet extends LitElement {
  static override styles = [baseStyles, sheetStyles];

  @property({ attribute: false }) license: License | null = null;
  /** Of the product's app. */
  @property({ attribute: false }) profile: Profile | null = null;

  override render() {
    const { license, profile } = this;
    if (!license || !profile) return nothing;
    const { holder, customer } = license.terms;
    const app = profile.productName || license.productName;
    const [portal = ''] = profile.portals;
    return html`
      <article class="sheet" aria-labelledby="title">
        <header>
          <span class="brand">${profile.brand.name}</span>
          <h2 id="title">${msg(str`Your license of ${app}`)}</h2>
          ${holder || customer ? html`<p>${holder || customer}</p>` : nothing}
        </header>
        ${license.users ? usersOf(license.users) : keyOf(license.key)}
        ${factsOf(license)}
        <section>
          <h3>${msg('Portal')}</h3>
          <p class="address">${portal}</p>
        </section>
        <section>
          <h3>${msg('How to activate a machine that is not on a network')}</h3>
          ${steps(app, license.users !== null)}
          <small>${msg('On a machine with a network, the app does the last three steps by itself.')}</small>
        </section>
        <footer>
          <h3>${msg('Help')}</h3>
          <p>${msg('Call us, and read the twelve digits that stand at the foot of the app. They tell us which machine it is.')}</p>
        </footer>
      </article>
    `;
  }
}

function keyOf(key: string) {
  return html`
    <div class="secret">
      <div>
        <h3>${msg('License key')}</h3>
        <p class="key">${key}</p>
        <small>${msg('Whoever has this key can activate a machine. Keep the sheet like a key.')}</small>
      </div>
      <figure>
        <lk-qr-code .codes=${{ isMoving: false, text: () => key }}></lk-qr-code>
        <figcaption>${msg('The license key as a QR code')}</figcaption>
      </figure>
    </div>
  `;
}

function usersOf(users: readonly UserOfLicense[]) {
  return html`
    <section>
      <h3>${users.length === 1 ? msg('User name') : msg('User names')}</h3>
      <p class="key">${users.map(({ name }) => name).join(', ')}</p>
      <small>${msg('The password was told separately, and does not stand on this sheet.')}</small>
    </section>
  `;
}

function factsOf({ terms, users }: License) {
  const { maxActivations, expiresAt } = terms;
  return html`
    <dl>
      <div>
        <dt>${msg('Machines at one time')}</dt>
        <dd>${maxActivations === null ? msg('No limit') : formatNumber(maxActivations)}</dd>
      </div>
      <div>
        <dt>${msg('Good until')}</dt>
        <dd>${expiresAt === null ? msg('No end') : formatDay(expiresAt)}</dd>
      </div>
      ${users ? nothing : html`<div><dt>${msg('Password')}</dt><dd>${msg('None is needed')}</dd></div>`}
    </dl>
  `;
}

function steps(app: string, isForUsers: boolean) {
  return html`
    <ol>
      <li>
        ${isForUsers ? msg(str`Open ${app} and enter user name and password.`) : msg(str`Open ${app} and enter the license key.`)}
      </li>
      <li>${msg('Save the request file to a stick.')}</li>
      <li>${msg('On any computer with a network, open the portal and drop the file there. You need no account.')}</li>
      <li>${msg('Save the answer to the stick, carry it back, and load it in the app.')}</li>
    </ol>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-handover-sheet': LkHandoverSheet;
  }
}
