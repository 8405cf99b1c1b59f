import { localized, msg } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { LatchkeyError } from '../../errors.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { renderFailure } from '../elements/failure.ts';
import { LicenseController } from '../license-context.ts';
import '../../ui/feedback/lk-notice.ts';
import '../../ui/input/lk-pin-field.ts';
import '../../ui/layout/lk-card.ts';

type Change = 'set' | 'remove';

/** Sets, changes or takes away the supervisor's PIN of this device. */
@customElement('lk-pin-settings')
@localized()
export class LkPinSettings extends LitElement {
  static override styles = [
    baseStyles,
    css`
      form {
        display: grid;
        gap: var(--lk-space-4);
        justify-items: start;
      }
      lk-pin-field {
        inline-size: 100%;
      }
    `,
  ];

  @state() private isChoosing = false;
  @state() private first = '';
  @state() private second = '';

  readonly #license = new LicenseController(this);
  readonly #changing = new Task(this, {
    autoRun: false,
    task: async ([change]: readonly [Change]): Promise<Change> => {
      const pin = this.#license.manager?.pin;
      if (change === 'remove') await pin?.remove();
      else await this.#set();
      return change;
    },
  });

  override render() {
    const pin = this.#license.manager?.pin;
    if (!pin) return nothing;
    return html`
      <lk-card heading=${msg('PIN of a supervisor')}>
        <p class="quiet-text">
          ${msg('A PIN stands in front of what changes the license: keys, answers, giving the license up, syncing. If nobody knows it any more, a refresh file of the vendor clears it.')}
        </p>
        ${this.isChoosing ? this.#form(pin.isSet) : this.#buttons(pin)}
        <div aria-live="polite">
          ${this.#changing.render({ error: renderFailure, complete: change => this.#changed(change) })}
        </div>
      </lk-card>
    `;
  }

  #buttons({ isSet, isOpen }: { isSet: boolean; isOpen: boolean }) {
    return html`
      <div class="row">
        <button type="button" @click=${this.#choose}>${isSet ? msg('Change the PIN…') : msg('Set a PIN…')}</button>
        ${isSet ? html`<button type="button" @click=${() => this.#changing.run(['remove'])}>${msg('Take the PIN away')}</button>` : nothing}
        ${isSet && isOpen ? html`<button type="button" @click=${() => this.#license.manager?.pin.lock()}>${msg('Ask for it again now')}</button>` : nothing}
      </div>
    `;
  }

  #form(isSet: boolean) {
    const isBusy = this.#changing.status === TaskStatus.PENDING;
    return html`
      <form @submit=${this.#submit}>
        <lk-pin-field
          label=${isSet ? msg('New PIN, 4 to 12 digits') : msg('PIN, 4 to 12 digits')}
          .value=${this.first}
          ?disabled=${isBusy}
          @lk-pin-change=${({ detail }: CustomEvent<string>) => {
            this.first = detail;
          }}
        ></lk-pin-field>
        <lk-pin-field
          label=${msg('The same again')}
          .value=${this.second}
          ?disabled=${isBusy}
          @lk-pin-change=${({ detail }: CustomEvent<string>) => {
            this.second = detail;
          }}
          @lk-pin-enter=${() => this.#changing.run(['set'])}
        ></lk-pin-field>
        ${
          this.second !== '' && !this.first.startsWith(this.second)
            ? html`<lk-notice tone="warn">${msg('The two are not the same.')}</lk-notice>`
            : nothing
        }
        <div class="row">
          <button class="primary" type="submit" ?disabled=${isBusy || this.first === '' || this.first !== this.second}>
            ${msg('Set the PIN')}
          </button>
          <button type="button" @click=${this.#leave}>${msg('Cancel')}</button>
        </div>
      </form>
    `;
  }

  #changed(change: Change) {
    if (this.isChoosing) return nothing;
    const isSet = change === 'set';
    return html`<lk-notice tone="ok">${isSet ? msg('The PIN is set.') : msg('The PIN is taken away.')}</lk-notice>`;
  }

  #choose(): void {
    this.isChoosing = true;
  }

  #leave(): void {
    this.isChoosing = false;
    this.first = '';
    this.second = '';
  }

  #submit(event: Event): void {
    event.preventDefault();
    void this.#changing.run(['set']);
  }

  async #set(): Promise<void> {
    if (this.first !== this.second) throw new LatchkeyError('PIN_FORM', 'the two differ');
    await this.#license.manager?.pin.set(this.first);
    this.#leave();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-pin-settings': LkPinSettings;
  }
}
