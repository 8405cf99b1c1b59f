import { localized, msg } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { renderFailure } from '../client/elements/failure.ts';
import { LicenseController } from '../client/license-context.ts';
import { askForPersistence, type Persistence } from '../platform/persistence.ts';
import { engineText } from '../ui/texts/engine-text.ts';
import { baseStyles } from '../ui/theme/base-styles.ts';
import { chooseTextSize, currentTextSize } from '../ui/theme/text-size.ts';
import { paths } from './router.ts';
import { APP_VERSION } from './version.ts';
import '../client/elements/lk-sync-status.ts';
import '../client/pin/lk-pin-settings.ts';
import '../client/recovery/lk-recovery-file.ts';
import '../ui/layout/lk-card.ts';
import './lk-prepare-cloning.ts';

/** What support and the curious ask: names, numbers, the vendor's root, whether it syncs, and how it is kept. */
@customElement('lk-about-page')
@localized()
export class LkAboutPage extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--lk-space-5);
      }
      dl {
        display: grid;
        gap: var(--lk-space-3);
      }
      dt {
        color: var(--lk-text-quiet);
        font-size: var(--lk-text-s);
      }
      dd {
        overflow-wrap: anywhere;
      }
      .code {
        font-family: var(--lk-font-mono);
        font-size: var(--lk-text-s);
      }
      .check {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--lk-target);
      }
      form {
        display: grid;
        gap: var(--lk-space-3);
        justify-items: start;
      }
    `,
  ];

  @state() private isLarge = currentTextSize() === 'large';

  readonly #license = new LicenseController(this);
  readonly #persistence = new Task(this, { args: () => [], task: () => askForPersistence() });
  readonly #renaming = new Task(this, {
    autoRun: false,
    task: ([name]: readonly [string]) => this.#license.manager?.rename(name) ?? Promise.resolve(),
  });

  readonly #switching = new Task(this, {
    autoRun: false,
    task: ([isOn]: readonly [boolean]) => this.#license.manager?.setSync(isOn) ?? Promise.resolve(),
  });

  override render() {
    const { manager } = this.#license;
    if (!manager) return nothing;
    return html`
      <h1>${msg('About this device')}</h1>
      <lk-card>
        <form @submit=${this.#rename}>
          <label class="field">
            <span>${msg('Name of this device')}</span>
            <input type="text" maxlength="32" autocomplete="off" .value=${manager.deviceName}>
          </label>
          <button type="submit">${msg('Save the name')}</button>
          <span aria-live="polite">
            ${this.#renaming.render({ complete: () => msg('Saved.'), error: renderFailure })}
          </span>
        </form>
        <label class="choice">
          <input type="checkbox" .checked=${this.isLarge} @change=${this.#resize}>${msg('Large text')}
        </label>
      </lk-card>
      <lk-card heading=${msg('Sync')}>
        <label class="choice">
          <input type="checkbox" .checked=${manager.sync.isOn} @change=${this.#switchSync}>${msg('Sync with the portal')}
        </label>
        <p class="quiet-text">
          ${msg('Where there is a network, requests, reports and refreshes go to the portal by themselves. When this is off, nothing goes there unless you send it.')}
        </p>
        ${this.#switching.render({ complete: () => nothing, error: renderFailure })}
        <lk-sync-status></lk-sync-status>
      </lk-card>
      <lk-card>
        <dl>
          ${row(msg('Number of this device'), manager.deviceNumber ?? msg('None before the first request'))}
          ${row(msg('Product'), manager.profile.productName || manager.profile.product || msg('Any of the vendor'))}
          ${row(msg('Portal'), manager.portals.join(', '))}
          ${row(msg('Fingerprint of the vendor’s root key'), inGroups(manager.rootFingerprint), 'code')}
          ${row(msg('Storage'), this.#persistence.render({ complete: storageText }) ?? msg('Asking the browser'))}
          ${location.protocol === 'file:' ? row(msg('Kind of app'), oneFileText()) : nothing}
          ${row(msg('Signatures are verified by'), engineText(manager.signatureEngine))}
          ${row(msg('Version of the app'), APP_VERSION)}
        </dl>
      </lk-card>
      <lk-pin-settings></lk-pin-settings>
      <lk-card heading=${msg('Check this machine')}>
        <p>${msg('Whether it keeps a license over a restart, and what files, camera and clock are like.')}</p>
        <a slot="actions" class="check" href=${paths.check}>${msg('Check this machine')}</a>
      </lk-card>
      <lk-recovery-file></lk-recovery-file>
      <lk-card heading=${msg('Get my license back')}>
        <p>${msg('After this browser lost its data, with a recovery file or without.')}</p>
        <a slot="actions" class="check" href=${paths.recover}>${msg('Get my license back')}</a>
      </lk-card>
      <lk-prepare-cloning></lk-prepare-cloning>
    `;
  }

  #rename(event: Event): void {
    event.preventDefault();
    const name = this.renderRoot.querySelector<HTMLInputElement>('input[type=text]')?.value ?? '';
    void this.#renaming.run([name]);
  }

  async #switchSync({ target }: Event): Promise<void> {
    if (!(target instanceof HTMLInputElement)) return;
    await this.#switching.run([target.checked]);
    // It may have been refused, as without the supervisor's PIN.
    target.checked = this.#license.manager?.sync.isOn ?? target.checked;
  }

  #resize(event: Event): void {
    this.isLarge = event.target instanceof HTMLInputElement && event.target.checked;
    chooseTextSize(this.isLarge ? 'large' : 'normal');
  }
}

function row(name: string, value: unknown, style = '') {
  return html`<div><dt>${name}</dt><dd class="number ${style}">${value}</dd></div>`;
}

function storageText(persistence: Persistence): string {
  if (persistence === 'granted') return msg('The browser keeps the data of this app.');
  return msg('The browser may clear the data of this app when space runs out.');
}

function oneFileText(): string {
  return msg(
    'A single file. It shares its storage with every other file that this browser opens, the browser may clear it, and it cannot be installed. Use the installed app where you can.',
  );
}

function inGroups(hex: string): string {
  return hex.match(/.{1,4}/g)?.join(' ') ?? hex;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-about-page': LkAboutPage;
  }
}
