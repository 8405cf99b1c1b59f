import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { dialogStyles } from '../layout/dialog-styles.ts';
import { baseStyles } from '../theme/base-styles.ts';

/** Questions that wait for their answer now. */
const asking = new Set<Promise<boolean>>();

/** Waits until no question is open: whatever comes meanwhile is not to take it away. */
export async function questionsAnswered(): Promise<void> {
  while (asking.size > 0) {
    await Promise.all(asking);
    // The answer is there before the browser has closed the dialog.
    await new Promise(resolve => setTimeout(resolve));
  }
}

/**
 * Asks before something happens that matters.
 *
 * @slot - What will happen, in plain words.
 */
@customElement('lk-confirm')
@localized()
export class LkConfirm extends LitElement {
  static override styles = [
    baseStyles,
    dialogStyles,
    css`
      form {
        display: grid;
        gap: var(--lk-space-4);
      }
      .actions {
        display: flex;
        flex-wrap: wrap-reverse;
        justify-content: flex-end;
        gap: var(--lk-space-3);
        margin-block-start: var(--lk-space-2);
      }
      .actions button {
        flex: 0 1 auto;
      }
      @media (max-width: 30rem) {
        .actions button {
          flex: 1 1 100%;
        }
      }
    `,
  ];

  /** The question. */
  @property() heading = '';
  /** Text of the button that goes on: what it does. */
  @property() confirm = '';
  /** Text of the button that leaves all as it is. */
  @property() cancel = '';
  /** Whether going on takes something away. */
  @property({ type: Boolean }) danger = false;

  #answer: ((isConfirmed: boolean) => void) | null = null;

  /** Whoever asked is gone: nobody goes on. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#settle(false);
  }

  /** Opens the dialog; true when the person goes on, false for the other button or Escape. */
  async ask(): Promise<boolean> {
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector('dialog');
    if (!dialog || dialog.open) return false;
    dialog.showModal();
    const answer = new Promise<boolean>(resolve => {
      this.#answer = resolve;
    });
    asking.add(answer);
    void answer.then(() => asking.delete(answer));
    return answer;
  }

  override render() {
    return html`
      <dialog aria-labelledby="heading" @cancel=${this.#cancel} @close=${this.#close}>
        <form method="dialog" @submit=${this.#submit}>
          <h2 id="heading">${this.heading}</h2>
          <div><slot></slot></div>
          <div class="actions">
            <button value="" autofocus>${this.cancel || msg('Cancel')}</button>
            <button value="confirm" class=${this.danger ? 'danger' : 'primary'}>${this.confirm || msg('Go on')}</button>
          </div>
        </form>
      </dialog>
    `;
  }

  #submit(event: SubmitEvent): void {
    const { submitter } = event;
    this.#settle(submitter instanceof HTMLButtonElement && submitter.value === 'confirm');
  }

  /** For Escape. */
  #cancel(): void {
    this.#settle(false);
  }

  /** However else it was closed. Chromium fires it with the next frame, by which time the dialog may ask again. */
  #close(event: Event): void {
    const dialog = event.currentTarget;
    if (dialog instanceof HTMLDialogElement && !dialog.open) this.#settle(false);
  }

  #settle(isConfirmed: boolean): void {
    this.#answer?.(isConfirmed);
    this.#answer = null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-confirm': LkConfirm;
  }
}
