import { localized, msg, str } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { saveFile } from '../../ui/files/save-file.ts';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { renderFailure } from '../elements/failure.ts';
import { LicenseController } from '../license-context.ts';
import type { RecoveryView } from '../views.ts';
import '../../ui/feedback/lk-notice.ts';
import '../../ui/input/lk-password-field.ts';
import '../../ui/layout/lk-card.ts';
import '../../ui/layout/lk-icon.ts';

/** Saves a recovery file, with a passphrase if a person wants one. Nothing while no license is here. */
@customElement('lk-recovery-file')
@localized()
export class LkRecoveryFile extends LitElement {
  static override styles = [
    baseStyles,
    css`
      form {
        display: grid;
        gap: var(--lk-space-4);
      }
    `,
  ];

  /** Shown once after an activation, with a way to do without; else it is always here. */
  @property({ type: Boolean }) offer = false;
  @state() private passphrase = '';

  readonly #license = new LicenseController(this);
  readonly #saving = new Task(this, {
    autoRun: false,
    task: async ([passphrase]: readonly [string]) => {
      const rescue = await this.#license.manager?.rescue();
      if (!rescue) return;
      const { name, bytes } = await rescue.makeFile(passphrase);
      saveFile(name, bytes);
      this.passphrase = '';
      await rescue.note('saved');
    },
  });
  readonly #declining = new Task(this, {
    autoRun: false,
    task: async () => (await this.#license.manager?.rescue())?.note('declined'),
  });

  override render() {
    const { manager } = this.#license;
    if (!manager || manager.licenses.length === 0) return nothing;
    const isBusy = this.#saving.status === TaskStatus.PENDING;
    return html`
      <lk-card heading=${msg('Recovery file')}>
        <p>${msg('If this browser ever loses its data, a recovery file brings license and consumption back in one trip to the portal. Keep it on a stick or another machine, not here.')}</p>
        ${this.#standing(manager.recovery)}
        <form @submit=${this.#submit}>
          <lk-password-field
            label=${msg('Passphrase (you may leave it empty)')}
            hint=${msg('With a passphrase, nobody else can use the file. Nobody can tell it to you again either.')}
            autocomplete="new-password"
            .value=${this.passphrase}
            ?disabled=${isBusy}
            @lk-password-change=${({ detail }: CustomEvent<string>) => this.#typed(detail)}
            @lk-password-enter=${this.#save}
          ></lk-password-field>
          <div class="row">
            <button class=${this.offer ? 'primary' : ''} type="submit" ?disabled=${isBusy}>
              <lk-icon name="download"></lk-icon>${msg('Save the recovery file')}
            </button>
            ${this.offer && !manager.recovery.isCurrent ? html`<button class="quiet" type="button" @click=${() => this.#declining.run()}>${msg('Not now')}</button>` : nothing}
          </div>
        </form>
        <div role="status">${isBusy ? html`<small>${msg('The file is being closed. With a passphrase this takes a moment.')}</small>` : nothing}</div>
        ${this.#saving.render({ error: renderFailure, complete: () => nothing })}
        ${this.#declining.render({ error: renderFailure, complete: () => nothing })}
      </lk-card>
    `;
  }

  #standing({ savedAtMs, isCurrent }: RecoveryView) {
    if (savedAtMs === null) return nothing;
    const when = formatDateTime(savedAtMs);
    return isCurrent
      ? html`<lk-notice tone="ok">${msg(str`Saved on ${when}. What was counted since then and not reported would be lost: save it again now and then.`)}</lk-notice>`
      : html`<lk-notice tone="warn">${msg(str`The one saved on ${when} does not have every license of this device. Save it again.`)}</lk-notice>`;
  }

  #typed(passphrase: string): void {
    this.passphrase = passphrase;
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.#save();
  }

  #save = (): void => void this.#saving.run([this.passphrase]);
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-recovery-file': LkRecoveryFile;
  }
}
