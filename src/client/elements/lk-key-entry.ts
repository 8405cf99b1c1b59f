import { localized, msg } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LICENSE_KEY_CHARACTERS } from '../../license/key-check.ts';
import { mistypedGroups } from '../../license/license-key.ts';
import type { KeyDetail } from '../../ui/input/lk-key-field.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { LicenseController } from '../license-context.ts';
import type { Activation, Credentials, Reason } from '../views.ts';
import { renderFailure } from './failure.ts';
import type { TypedUser } from './lk-user-entry.ts';
import '../../ui/input/lk-key-field.ts';
import '../../ui/layout/lk-icon.ts';
import './lk-key-scan.ts';
import './lk-user-entry.ts';

type Way = 'file' | 'online';

/** By what the license is named; `portal`: by whoever carries the request, there. */
export type NamedBy = 'key' | 'user' | 'portal';

const nobody: TypedUser = { user: '', password: '' };

/** A file to carry, and why the network did not do. */
export interface Instead {
  readonly id: string;
  readonly reason: Reason;
}

export interface Requested {
  /** The file that is there because the network did not do, and why; else null. */
  instead: Instead | null;
}

/**
 * The first step of a trip: the license key, told while typing when a group is wrong, or user name and password; and
 * what to do with it.
 *
 * @fires lk-named-by - The person names the license by something else; detail: {@link NamedBy}.
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
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--lk-space-5);
        padding: 0;
        border: 0;
      }
    `,
  ];

  /** By what the license is named. */
  @property({ attribute: false }) by: NamedBy = 'key';
  @state() private isKeyRight = false;
  @state() private typed = nobody;

  readonly #license = new LicenseController(this);
  readonly #making = new Task(this, {
    autoRun: false,
    task: async ([way, credentials, name]: readonly [Way, Credentials, string]) => {
      const { manager } = this.#license;
      if (!manager) return;
      if (name !== manager.deviceName) await manager.rename(name);
      const detail: Requested = { instead: null };
      if (way === 'file') await manager.request(credentials);
      else detail.instead = insteadOf(await manager.activate(credentials));
      this.dispatchEvent(new CustomEvent('lk-requested', { detail, bubbles: true, composed: true }));
    },
  });

  override render() {
    const isBusy = this.#making.status === TaskStatus.PENDING;
    return html`
      <form @submit=${this.#submit}>
        <fieldset ?disabled=${isBusy}>
          <legend class="visually-hidden">${msg('What the vendor sent')}</legend>
          ${this.#choice('key', msg('License key'))} ${this.#choice('user', msg('User name and password'))}
          ${this.#choice('portal', msg('Without a key: name it at the portal'))}
        </fieldset>
        ${this.#fields(isBusy)}
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
          <button class="primary" type="submit" ?disabled=${!this.#isReady || isBusy}>
            <lk-icon name="file-key"></lk-icon>${msg('Make the request file')}
          </button>
          ${this.by === 'portal' ? nothing : this.#online(isBusy)}
        </div>
        <div role="status">${isBusy && this.by === 'user' ? this.#hashing() : nothing}</div>
        ${this.#making.render({ error: renderFailure, complete: () => nothing })}
      </form>
    `;
  }

  #choice(by: NamedBy, text: string) {
    return html`
      <label class="choice">
        <input type="radio" name="by" value=${by} .checked=${by === this.by} @change=${() => this.#nameBy(by)}>
        <span>${text}</span>
      </label>
    `;
  }

  #fields(isBusy: boolean) {
    if (this.by === 'key') return this.#keyField(isBusy);
    if (this.by === 'user') return this.#userFields(isBusy);
    return html`<p>${msg(
      'For a machine without a keyboard: whoever takes the file to the portal types or scans the key there.',
    )}</p>`;
  }

  #online(isBusy: boolean) {
    return html`
      <button type="button" ?disabled=${!this.#isReady || isBusy} @click=${() => this.#make('online')}>
        ${isBusy ? msg('One moment') : msg('Activate over the network')}
      </button>
    `;
  }

  #keyField(isBusy: boolean) {
    return html`
      <lk-key-field
        label=${msg('License key')}
        .checker=${checker}
        keypad=${LICENSE_KEY_CHARACTERS}
        ?disabled=${isBusy}
        @lk-key-change=${this.#typedKey}
        @lk-key-enter=${() => this.#make('file')}
      ></lk-key-field>
      <lk-key-scan ?disabled=${isBusy} @lk-key-scanned=${({ detail }: CustomEvent<string>) => this.#take(detail)}></lk-key-scan>
    `;
  }

  #userFields(isBusy: boolean) {
    return html`
      <lk-user-entry
        .typed=${this.typed}
        ?disabled=${isBusy}
        @lk-user-change=${({ detail }: CustomEvent<TypedUser>) => this.#typedUser(detail)}
        @lk-password-enter=${() => this.#make('file')}
      ></lk-user-entry>
    `;
  }

  #hashing() {
    return html`<small>${msg('The password is being made unreadable. On a small device this takes a few seconds.')}</small>`;
  }

  get #isReady(): boolean {
    if (this.by === 'key') return this.isKeyRight;
    if (this.by === 'portal') return true;
    return this.typed.user.trim() !== '' && this.typed.password !== '';
  }

  #nameBy(by: NamedBy): void {
    this.by = by;
    this.isKeyRight = false;
    this.dispatchEvent(
      new CustomEvent<NamedBy>('lk-named-by', { detail: by, bubbles: true, composed: true }),
    );
  }

  #typedKey({ detail }: CustomEvent<KeyDetail>): void {
    this.isKeyRight = detail.isComplete && detail.mistyped.length === 0;
  }

  #take(key: string): void {
    this.renderRoot.querySelector('lk-key-field')?.set(key);
  }

  #typedUser(typed: TypedUser): void {
    this.typed = typed;
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.#make('file');
  }

  #make(way: Way): void {
    if (this.by === 'user' && !this.#isReady) return;
    const name = this.renderRoot.querySelector<HTMLInputElement>('input[name=device]')?.value ?? '';
    void this.#making.run([way, this.#credentials(), name.trim()]);
  }

  #credentials(): Credentials {
    if (this.by === 'portal') return null;
    if (this.by === 'user') return this.typed;
    return { key: this.renderRoot.querySelector('lk-key-field')?.value ?? '' };
  }
}

function insteadOf(activation: Activation): Instead | null {
  return activation.way === 'file' ? { id: activation.file.id, reason: activation.reason } : null;
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
    'lk-named-by': CustomEvent<NamedBy>;
  }
}
