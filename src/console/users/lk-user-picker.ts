import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { UserList, UserSummary } from '../../api/users.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { formStyles } from '../fields/form-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { TypedSearch } from '../lists/typed-search.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/layout/lk-icon.ts';

/** Somebody to license. */
export interface PickedUser {
  readonly id: string;
  readonly name: string;
}

const mostShown = 8;

/**
 * Finds a user by a part of the name.
 *
 * @fires lk-user-picked - A user was chosen; detail: {@link PickedUser}.
 */
@customElement('lk-user-picker')
@localized()
export class LkUserPicker extends LitElement {
  static override styles = [
    baseStyles,
    formStyles,
    css`
      :host {
        display: grid;
        gap: var(--lk-space-3);
      }
      .waiting {
        padding: 0;
      }
    `,
  ];

  /** Ids of those who are chosen already. */
  @property({ attribute: false }) chosen: readonly string[] = [];
  @state() private text = '';

  readonly #console = new UseConsole(this);
  readonly #users = new Task(this, {
    task: ([q]) => {
      const pageSize = String(mostShown + this.chosen.length);
      return this.#console.api.users.list(new URLSearchParams({ ...(q ? { q } : {}), pageSize }));
    },
    args: () => [this.text] as const,
  });
  readonly #search = new TypedSearch(this, text => {
    this.text = text;
  });

  override render() {
    return html`
      <div class="field">
        <label for="find">${msg('Find a user')}</label>
        <input id="find" type="search" autocomplete="off" spellcheck="false" @input=${this.#search.typed} @keydown=${this.#keyDown}>
      </div>
      ${taskView(this.#users, list => this.#found(list))}
    `;
  }

  #found({ items }: UserList) {
    const others = items.filter(({ id }) => !this.chosen.includes(id)).slice(0, mostShown);
    if (others.length === 0) {
      return html`
        <p class="quiet-text" role="status">
          ${msg('No other user of this name.')} <a href=${addresses.newUser}>${msg('Create user')}</a>
        </p>
      `;
    }
    return html`<div class="row" role="group" aria-label=${msg('Users found')}>${others.map(user => this.#button(user))}</div>`;
  }

  #button({ id, name }: UserSummary) {
    return html`
      <button type="button" aria-label=${msg(str`Add ${name}`)} @click=${() => this.#pick({ id, name })}>
        <lk-icon name="plus"></lk-icon>${name}
      </button>
    `;
  }

  /** Enter in a search must not send the form around it. */
  #keyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') event.preventDefault();
  }

  #pick(detail: PickedUser): void {
    this.dispatchEvent(
      new CustomEvent<PickedUser>('lk-user-picked', { detail, bubbles: true, composed: true }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-user-picker': LkUserPicker;
  }
  interface HTMLElementEventMap {
    'lk-user-picked': CustomEvent<PickedUser>;
  }
}
