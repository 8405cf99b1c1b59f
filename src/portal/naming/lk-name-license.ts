import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { utf8 } from '../../bytes/bytes.ts';
import { mistypedGroups } from '../../license/license-key.ts';
import type { KeyDetail } from '../../ui/input/lk-key-field.ts';
import { dialogStyles } from '../../ui/layout/dialog-styles.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import type { Typed } from './named-for.ts';
import '../../ui/input/lk-key-field.ts';
import '../../ui/input/lk-password-field.ts';
import '../../ui/layout/lk-icon.ts';

/** What a person named, and for which files. */
export interface NamedDetail {
  typed: Typed;
  /** Also for all others that lack one. */
  isForAll: boolean;
}

/**
 * Takes the license key, or user name and password, that a device did not name, or not rightly.
 *
 * @fires lk-named - Something was named; detail: {@link NamedDetail}.
 */
@customElement('lk-name-license')
@localized()
export class LkNameLicense extends LitElement {
  static override styles = [
    baseStyles,
    dialogStyles,
    css`
      dialog {
        inline-size: min(38rem, calc(100vw - 2 * var(--lk-space-3)));
      }
      form {
        display: grid;
        gap: var(--lk-space-4);
      }
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--lk-space-5);
        padding: 0;
        border: 0;
      }
      .actions {
        justify-content: flex-end;
      }
    `,
  ];

  /** The number of the device that it is for. */
  @property() device = '';
  /** How many other files lack a key or user. */
  @property({ type: Number }) others = 0;

  @state() private by: 'key' | 'user' = 'key';
  @state() private key = '';
  @state() private user = '';
  @state() private password = '';
  @state() private isKeyRight = false;

  /** Opens the dialog, with nothing of the last time in it. */
  async open(): Promise<void> {
    this.#forget();
    await this.updateComplete;
    const dialog = this.#dialog;
    if (dialog && !dialog.open) dialog.showModal();
  }

  override render() {
    return html`
      <dialog aria-labelledby="heading" @close=${this.#forget}>
        <form method="dialog" @submit=${this.#submit}>
          <h2 id="heading">${msg(str`Name the license of device ${this.device}`)}</h2>
          <p>${msg('What you type stays on this page; the portal gets a proof of it that is good for this device alone.')}</p>
          <fieldset>
            <legend class="visually-hidden">${msg('What the vendor sent')}</legend>
            ${this.#choice('key', msg('License key'))} ${this.#choice('user', msg('User name and password'))}
          </fieldset>
          ${this.by === 'key' ? this.#keyField() : this.#userFields()}
          ${this.others > 0 ? this.#forAll() : nothing}
          <div class="row actions">
            <button type="button" @click=${() => this.#dialog?.close()}>${msg('Cancel')}</button>
            <button class="primary" type="submit" ?disabled=${!this.#isReady}>${msg('Ask with this')}</button>
          </div>
        </form>
      </dialog>
      <lk-qr-scanner @lk-scanned=${this.#scanned}></lk-qr-scanner>
    `;
  }

  #choice(by: 'key' | 'user', text: string) {
    return html`
      <label class="choice">
        <input type="radio" name="by" .checked=${by === this.by} @change=${() => this.#nameBy(by)}>
        <span>${text}</span>
      </label>
    `;
  }

  #keyField() {
    return html`
      <lk-key-field
        label=${msg('License key')}
        .value=${this.key}
        .checker=${checker}
        @lk-key-change=${this.#typedKey}
        @lk-key-enter=${this.#submit}
      ></lk-key-field>
      <div>
        <button type="button" @click=${this.#scan}>
          <lk-icon name="camera"></lk-icon>${msg('Scan the key')}
        </button>
      </div>
    `;
  }

  #userFields() {
    return html`
      <label class="field">
        <span>${msg('User name')}</span>
        <input name="user" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" .value=${this.user} @input=${this.#typedUser}>
      </label>
      <lk-password-field
        autocomplete="off"
        .value=${this.password}
        @lk-password-change=${({ detail }: CustomEvent<string>) => {
          this.password = detail;
        }}
      ></lk-password-field>
    `;
  }

  #forAll() {
    const text =
      this.others === 1
        ? msg('Also for the other file that lacks one')
        : msg(str`Also for the ${this.others} other files that lack one`);
    return html`<label class="choice"><input type="checkbox" name="all"><span>${text}</span></label>`;
  }

  get #isReady(): boolean {
    return this.by === 'key' ? this.isKeyRight : this.user.trim() !== '' && this.password !== '';
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  #nameBy(by: 'key' | 'user'): void {
    this.#forget();
    this.by = by;
  }

  #typedKey({ detail }: CustomEvent<KeyDetail>): void {
    this.key = detail.value;
    this.isKeyRight = detail.isComplete && detail.mistyped.length === 0;
  }

  #typedUser({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.user = target.value;
  }

  async #scan(): Promise<void> {
    await import('../../ui/qr/lk-qr-scanner.ts');
    const scanner = this.renderRoot.querySelector('lk-qr-scanner');
    if (!scanner) return;
    // What a vendor prints is the key as text.
    scanner.reader = () => text => (isWholeKey(text) ? { blocks: 1, known: 1, file: utf8(text) } : null);
    await scanner.open();
  }

  #scanned({ detail }: CustomEvent<Uint8Array<ArrayBuffer>>): void {
    this.key = new TextDecoder().decode(detail);
    this.isKeyRight = true;
  }

  #submit(event: Event): void {
    event.preventDefault();
    if (!this.#isReady) return;
    const { key, user, password } = this;
    const isForAll = this.renderRoot.querySelector<HTMLInputElement>('input[name=all]')?.checked ?? false;
    const typed = this.by === 'key' ? { key } : { user, password };
    this.#dialog?.close();
    this.dispatchEvent(new CustomEvent<NamedDetail>('lk-named', { detail: { typed, isForAll } }));
  }

  /** Nothing of a key or password stays behind a closed dialog. */
  #forget(): void {
    this.key = '';
    this.user = '';
    this.password = '';
    this.isKeyRight = false;
  }
}

function isWholeKey(text: string): boolean {
  return text.replaceAll(/[\s-]/g, '').length === 25 && mistypedGroups(text).length === 0;
}

/** The field counts groups from 0, people from 1. */
function checker(text: string): readonly number[] {
  return mistypedGroups(text).map(number => number - 1);
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-name-license': LkNameLicense;
  }
  interface HTMLElementEventMap {
    'lk-named': CustomEvent<NamedDetail>;
  }
}
