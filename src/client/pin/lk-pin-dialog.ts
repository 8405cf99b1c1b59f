import { localized, msg } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { dialogStyles } from '../../ui/layout/dialog-styles.ts';
import { refusalOf } from '../../ui/texts/refusal-of.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { renderFailure } from '../elements/failure.ts';
import { LicenseController } from '../license-context.ts';
import '../../ui/input/lk-pin-field.ts';

/** Asks for the supervisor's PIN wherever it is needed on the page. One is enough for a page. */
@customElement('lk-pin-dialog')
@localized()
export class LkPinDialog extends LitElement {
  static override styles = [
    baseStyles,
    dialogStyles,
    css`
      form {
        display: grid;
        gap: var(--lk-space-4);
      }
      .row {
        justify-content: flex-end;
      }
    `,
  ];

  @state() private pin = '';
  /** Whether the question of now was answered before: what an earlier one was told is over. */
  @state() private hasTried = false;

  readonly #license = new LicenseController(this);
  readonly #entering = new Task(this, {
    autoRun: false,
    task: async ([pin]: readonly [string]) => {
      await this.#license.manager?.pin.enter(pin);
      this.#dialog?.close();
    },
    onError: () => {
      this.#failed = { atMs: performance.now(), timer: undefined };
    },
  });
  /** When the last answer was no, and what tells again how long to wait. */
  #failed: { readonly atMs: number; timer: ReturnType<typeof setTimeout> | undefined } | null = null;
  /** Who waits for an answer; several at once are answered together. */
  #asked: { readonly answered: Promise<void>; readonly settle: () => void } | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#failed?.timer);
    this.#settle();
  }

  override render() {
    const pin = this.#license.manager?.pin;
    if (pin) pin.ask = () => this.#ask();
    const isBusy = this.#entering.status === TaskStatus.PENDING;
    return html`
      <dialog aria-labelledby="heading" @close=${this.#settle}>
        <form @submit=${this.#submit}>
          <h2 id="heading">${msg('PIN of the supervisor')}</h2>
          <p>${msg('It stands in front of what changes the license of this device.')}</p>
          <lk-pin-field
            label=${msg('PIN')}
            .value=${this.pin}
            ?disabled=${isBusy}
            @lk-pin-change=${({ detail }: CustomEvent<string>) => this.#typed(detail)}
            @lk-pin-enter=${() => this.#enter()}
          ></lk-pin-field>
          <div role="status">${isBusy ? html`<small>${msg('Checking the PIN')}</small>` : nothing}</div>
          ${this.hasTried ? this.#entering.render({ error: error => this.#failure(error), complete: () => nothing }) : nothing}
          <div class="row">
            <button type="button" @click=${() => this.#dialog?.close()}>${msg('Cancel')}</button>
            <button class="primary" type="submit" ?disabled=${isBusy || this.pin === ''}>${msg('Enter')}</button>
          </div>
        </form>
      </dialog>
    `;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  async #ask(): Promise<void> {
    this.#asked ??= newQuestion();
    const { answered } = this.#asked;
    await this.updateComplete;
    const dialog = this.#dialog;
    if (!dialog?.isConnected) return this.#settle();
    if (!dialog.open) {
      dialog.showModal();
      this.renderRoot.querySelector('lk-pin-field')?.focus();
    }
    return answered;
  }

  /** The wait that is left, told anew each second until it is over. */
  #failure(error: unknown) {
    const { code, data } = refusalOf(error);
    if (code !== 'PIN_WAIT' || this.#failed === null) return renderFailure(error);
    const left = Number(data.seconds ?? 0) - Math.floor((performance.now() - this.#failed.atMs) / 1000);
    if (left <= 0) return nothing;
    clearTimeout(this.#failed.timer);
    this.#failed.timer = setTimeout(() => this.requestUpdate(), 1000);
    return html`<lk-refusal .code=${code} .data=${{ ...data, seconds: left }}></lk-refusal>`;
  }

  #typed(pin: string): void {
    this.pin = pin;
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.#enter();
  }

  #enter(): void {
    if (this.pin === '' || this.#entering.status === TaskStatus.PENDING) return;
    const { pin } = this;
    this.pin = '';
    this.hasTried = true;
    void this.#entering.run([pin]);
  }

  #settle = (): void => {
    this.pin = '';
    this.hasTried = false;
    this.#asked?.settle();
    this.#asked = null;
  };
}

function newQuestion(): { answered: Promise<void>; settle: () => void } {
  let settle = () => {};
  const answered = new Promise<void>(resolve => {
    settle = resolve;
  });
  return { answered, settle };
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-pin-dialog': LkPinDialog;
  }
}
