import { localized, msg } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { mistypedGroups } from '../../license/license-key.ts';
import type { KeyDetail } from '../../ui/input/lk-key-field.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { LicenseController } from '../license-context.ts';
import type { Activation } from '../views.ts';
import { renderFailure } from './failure.ts';
import '../../ui/input/lk-key-field.ts';
import '../../ui/layout/lk-icon.ts';

type Way = 'file' | 'online';

export interface Requested {
  /** Id of the file that is there because the network did not do; else null. */
  insteadId: string | null;
}

/**
 * The first step of a trip: the license key, told while typing when a group is wrong, and what to do with it.
 *
 * @fires lk-requested - A request was made or the device was activated; detail: what came of it.
 */
@customElement('lk-key-entry')
@localized()
export class LkKeyEntry extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    baseStyles,
    css`
      form {
        display: grid;
        gap: var(--lk-space-4);
      }
    `,
  ];

  @state() private isReady = false;

  readonly #license = new LicenseController(this);
  readonly #making = new Task(this, {
    autoRun: false,
    task: async ([way, key, name]: readonly [Way, string, string]) => {
      const { manager } = this.#license;
      if (!manager) return;
      if (name !== manager.deviceName) await manager.rename(name);
      const detail: Requested = { insteadId: null };
      if (way === 'file') await manager.request(key);
      else detail.insteadId = fileIdOf(await manager.activate(key));
      this.dispatchEvent(new CustomEvent('lk-requested', { detail, bubbles: true, composed: true }));
    },
  });

  override render() {
    const isBusy = this.#making.status === TaskStatus.PENDING;
    return html`
      <form @submit=${this.#submit}>
        <lk-key-field
          label=${msg('License key')}
          .checker=${checker}
          ?disabled=${isBusy}
          @lk-key-change=${this.#typed}
          @lk-key-enter=${() => this.#make('file')}
        ></lk-key-field>
        <label class="field">
          <span>${msg('Name of this device')}</span>
          <input
            name="device"
            type="text"
            maxlength="32"
            autocomplete="off"
            .value=${this.#license.manager?.deviceName ?? ''}
            ?disabled=${isBusy}
          >
          <small>${msg('So that people know which machine it is, for example Press 7. You may leave it empty.')}</small>
        </label>
        <div class="row">
          <button class="primary" type="submit" ?disabled=${!this.isReady || isBusy}>
            <lk-icon name="file-key"></lk-icon>${msg('Make the request file')}
          </button>
          <button type="button" ?disabled=${!this.isReady || isBusy} @click=${() => this.#make('online')}>
            ${isBusy ? msg('One moment') : msg('Activate over the network')}
          </button>
        </div>
        ${this.#making.render({ error: renderFailure, complete: () => nothing })}
      </form>
    `;
  }

  #typed({ detail }: CustomEvent<KeyDetail>): void {
    this.isReady = detail.isComplete && detail.mistyped.length === 0;
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.#make('file');
  }

  #make(way: Way): void {
    const key = this.renderRoot.querySelector('lk-key-field')?.value ?? '';
    const name = this.renderRoot.querySelector<HTMLInputElement>('input[name=device]')?.value ?? '';
    void this.#making.run([way, key, name.trim()]);
  }
}

function fileIdOf(activation: Activation): string | null {
  return activation.way === 'file' ? activation.file.id : null;
}

/** The field counts groups from 0, people from 1. */
function checker(text: string): readonly number[] {
  return mistypedGroups(text).map(number => number - 1);
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-key-entry': LkKeyEntry;
  }
  interface HTMLElementEventMap {
    'lk-requested': CustomEvent<Requested>;
  }
}
