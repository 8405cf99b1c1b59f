import { localized, msg, str } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LatchkeyError } from '../../errors.ts';
import { RECOVERY_FILE_ENDING } from '../../format/file-name.ts';
import { MAX_ANSWER_BYTES } from '../../platform/files.ts';
import type { FilesDetail } from '../../ui/files/lk-file-drop.ts';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { renderFailure } from '../elements/failure.ts';
import { LicenseController } from '../license-context.ts';
import type { OpenedRecovery, ReadRecovery } from './rescue.ts';
import '../../ui/feedback/lk-notice.ts';
import '../../ui/files/lk-file-drop.ts';
import '../../ui/input/lk-password-field.ts';
import '../../ui/layout/lk-card.ts';
import '../../ui/layout/lk-icon.ts';

/**
 * Gets the licenses of a recovery file back: reads it, asks for its passphrase, says whose it is, and makes the requests.
 *
 * @fires lk-recovered - The requests are made, to be taken to the portal; detail: their ids.
 */
@customElement('lk-get-back')
@localized()
export class LkGetBack extends LitElement {
  static override styles = [
    baseStyles,
    css`
      form, .part {
        display: grid;
        gap: var(--lk-space-4);
      }
    `,
  ];

  /** Whether the file may be dropped anywhere on the page. */
  @property({ type: Boolean }) wide = false;
  @state() private read: ReadRecovery | null = null;
  @state() private opened: OpenedRecovery | null = null;
  @state() private passphrase = '';

  readonly #license = new LicenseController(this);
  readonly #reading = new Task(this, {
    autoRun: false,
    task: async ([{ files }]: readonly [FilesDetail]) => {
      this.read = null;
      this.opened = null;
      const [file] = files;
      if (!file) return;
      if (file.bytes === null) throw new LatchkeyError(file.code, 'not read', { data: file.data });
      const read = (await this.#rescue()).read(file.bytes);
      if (!read.isLocked) this.opened = await (await this.#rescue()).open(read);
      this.read = read;
    },
  });
  readonly #opening = new Task(this, {
    autoRun: false,
    task: async ([read, passphrase]: readonly [ReadRecovery, string]) => {
      this.opened = await (await this.#rescue()).open(read, passphrase);
      this.passphrase = '';
    },
  });
  readonly #recovering = new Task(this, {
    autoRun: false,
    task: async ([opened]: readonly [OpenedRecovery]) => {
      const ids = await (await this.#rescue()).recover(opened);
      this.dispatchEvent(
        new CustomEvent<string[]>('lk-recovered', { detail: ids, bubbles: true, composed: true }),
      );
    },
  });

  override render() {
    if (!this.#license.manager) return nothing;
    const isOpen = this.opened !== null;
    return html`
      <lk-card heading=${msg('With the recovery file')}>
        <p>${msg('It brings license and consumption back in one trip. No license key is needed.')}</p>
        <lk-file-drop
          ?wide=${this.wide}
          compact
          icon="file-key"
          accept=${RECOVERY_FILE_ENDING}
          max-bytes=${MAX_ANSWER_BYTES}
          label=${isOpen ? msg('Choose another recovery file') : msg('Choose the recovery file')}
          hint=${msg('Its name ends in .lkr.')}
          @lk-files=${({ detail }: CustomEvent<FilesDetail>) => this.#reading.run([detail])}
        ></lk-file-drop>
        ${this.#reading.render({ error: renderFailure, complete: () => nothing })}
        ${this.read?.isLocked && !isOpen ? this.#locked(this.read) : nothing}
        ${this.opened ? this.#found(this.opened) : nothing}
      </lk-card>
    `;
  }

  #locked(read: ReadRecovery) {
    const isBusy = this.#opening.status === TaskStatus.PENDING;
    const open = (event?: Event) => {
      event?.preventDefault();
      if (this.passphrase) void this.#opening.run([read, this.passphrase]);
    };
    return html`
      <form @submit=${open}>
        <p>${msg(str`This is the recovery file of the device ${read.deviceNumber}. It needs its passphrase.`)}</p>
        <lk-password-field
          label=${msg('Passphrase of the recovery file')}
          .value=${this.passphrase}
          ?disabled=${isBusy}
          @lk-password-change=${({ detail }: CustomEvent<string>) => this.#typed(detail)}
          @lk-password-enter=${() => open()}
        ></lk-password-field>
        <div class="row">
          <button class="primary" type="submit" ?disabled=${isBusy || !this.passphrase}>
            ${isBusy ? msg('One moment') : msg('Open the file')}
          </button>
        </div>
        ${this.#opening.render({ error: renderFailure, complete: () => nothing })}
      </form>
    `;
  }

  #found(opened: OpenedRecovery) {
    const { licenses, isSameMachine, deviceNumber, madeAtMs } = opened;
    const isBusy = this.#recovering.status === TaskStatus.PENDING;
    const products = licenses.map(({ claims }) => claims.productName ?? claims.product).join(', ');
    const name = licenses[0]?.claims.deviceName;
    const device = name ? `${name} (${deviceNumber})` : deviceNumber;
    return html`
      <div class="part" role="status">
        <lk-notice tone="ok">${msg(str`${products}, of the device ${device}. Saved on ${formatDateTime(madeAtMs)}.`)}</lk-notice>
        ${
          isSameMachine
            ? nothing
            : html`<lk-notice tone="warn">${msg(str`This machine does not look like ${device}. Going on moves the license from there to this machine, as far as the license allows it: there it ends.`)}</lk-notice>`
        }
      </div>
      <div class="row">
        <button class="primary" type="button" ?disabled=${isBusy} @click=${() => this.#recovering.run([opened])}>
          <lk-icon name="undo-2"></lk-icon>${isSameMachine ? msg('Get my license back') : msg('Move the license here')}
        </button>
      </div>
      ${this.#recovering.render({ error: renderFailure, complete: () => nothing })}
    `;
  }

  #typed(passphrase: string): void {
    this.passphrase = passphrase;
  }

  async #rescue() {
    const { manager } = this.#license;
    if (!manager) throw new TypeError('expected an open device');
    return manager.rescue();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-get-back': LkGetBack;
  }
  interface HTMLElementEventMap {
    'lk-recovered': CustomEvent<string[]>;
  }
}
