import { localized, msg } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { renderFailure } from '../client/elements/failure.ts';
import { LicenseController } from '../client/license-context.ts';
import type { LicenseManager } from '../client/license-manager.ts';
import { baseStyles } from '../ui/theme/base-styles.ts';
import { paths } from './router.ts';
import '../ui/feedback/lk-confirm.ts';
import '../ui/feedback/lk-notice.ts';
import '../ui/layout/lk-card.ts';

/** Erases the device's key before an image of this machine is taken, or says what to do first. */
@customElement('lk-prepare-cloning')
@localized()
export class LkPrepareCloning extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .part {
        display: grid;
        gap: var(--lk-space-4);
      }
    `,
  ];

  readonly #license = new LicenseController(this);
  /** A copy of this machine would find the mark of a check that was never made there. */
  readonly #looking = new Task(this, {
    args: () => [],
    task: async () => (await import('./check/mark.ts')).hasMark(),
  });

  readonly #erasing = new Task(this, {
    autoRun: false,
    task: async () => {
      await this.#license.manager?.prepareForCloning();
      const { forgetMark } = await import('./check/mark.ts');
      await forgetMark();
      await this.#looking.run();
    },
  });

  override render() {
    const { manager } = this.#license;
    if (!manager) return nothing;
    return html`
      <lk-card heading=${msg('Prepare for cloning')}>
        <p>${msg('Before an image of this machine is copied to others, erase its number here. Each machine then makes one of its own with its first request.')}</p>
        ${this.#next(manager)}
        <div aria-live="polite">${this.#erasing.render({ error: renderFailure, complete: () => this.#erased() })}</div>
      </lk-card>
      <lk-confirm
        heading=${manager.deviceNumber === null ? msg('Erase what is known of this machine?') : msg('Erase the number of this device?')}
        confirm=${msg('Erase it')}
        danger
      >
        <div class="part">
          <p>${msg('Files that wait for an answer are forgotten: the portal’s answers to them are refused here. The name of this device and the check of this machine are erased as well.')}</p>
          <p>${msg('Then close the app and take the image, before anybody makes a request here.')}</p>
        </div>
      </lk-confirm>
    `;
  }

  #next({ licenses, deactivations, deviceNumber, deviceName }: LicenseManager) {
    if (licenses.length > 0) {
      return html`<lk-notice tone="warn">
        ${msg('A license is on this device.')} <a href=${paths.giveUp}>${msg('Give it up first')}</a>
      </lk-notice>`;
    }
    if (deactivations.some(({ receipt }) => receipt === null)) {
      return html`<lk-notice tone="warn">
        ${msg('A license was given up here, and its receipt is missing.')} <a href=${paths.giveUp}>${msg('Load the receipt first')}</a>
      </lk-notice>`;
    }
    const isKnown = deviceName !== '' || this.#looking.value === true;
    if (deviceNumber === null && !isKnown) return this.#none();
    const isBusy = this.#erasing.status === TaskStatus.PENDING;
    return html`
      <button slot="actions" type="button" ?disabled=${isBusy} @click=${this.#ask}>
        ${deviceNumber === null ? msg('Erase what is known of this machine…') : msg('Erase the number of this device…')}
      </button>
    `;
  }

  #none() {
    if (this.#erasing.status === TaskStatus.COMPLETE) return nothing;
    return html`<p>${msg('This device has no number yet: nothing to erase.')}</p>`;
  }

  #erased() {
    return html`<lk-notice tone="ok">${msg('Erased. Close the app now and take the image.')}</lk-notice>`;
  }

  async #ask(): Promise<void> {
    const isConfirmed = await this.renderRoot.querySelector('lk-confirm')?.ask();
    if (isConfirmed) await this.#erasing.run();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-prepare-cloning': LkPrepareCloning;
  }
}
